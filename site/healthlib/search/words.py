"""Words and phrases of a query as the engine sees them: looked up in every field of a kind of document."""

from collections.abc import Iterable
from functools import lru_cache

from whoosh import query as engine

from healthlib.search.analysis import stem
from healthlib.search.schema import FIELDS_OF, PAGE, PAGE_FIELDS, Weight


class Word(engine.Or):  # type: ignore[misc]  # whoosh has no types
    """A word in any field of a kind of document: to Whoosh an Or of terms, to the arrays one list.

    Attributes:
        kind: the kind of document, a key of `FIELDS_OF`.
        stem: what is looked up.
    """

    kind = ""
    stem = ""


class AnyPhrase(engine.Or):  # type: ignore[misc]  # as above
    """A phrase in any field of a page.

    Attributes:
        stems: its words.
    """

    stems: tuple[str, ...] = ()


def make_word(stem: str, kind: str, weights: Iterable[Weight]) -> Word:
    """Return the tree of a word in some fields."""
    tree = Word([engine.Term(weight.field, stem, boost=weight.boost) for weight in weights])
    tree.kind, tree.stem = kind, stem
    return tree


@lru_cache(maxsize=8192)
def word_tree(word: str, kind: str) -> Word:
    """Return a tree that finds a word in any field of a kind of document; nobody may change it."""
    return make_word(stem(word), kind, FIELDS_OF[kind])


@lru_cache(maxsize=8192)
def anywhere(phrase: tuple[str, ...]) -> engine.Query:
    """Return a tree that finds a word, or words that stand together, in any field of a page; as above."""
    if len(phrase) == 1:
        return word_tree(phrase[0], PAGE)
    return phrase_tree(tuple(map(stem, phrase)))


def phrase_tree(stems: tuple[str, ...]) -> AnyPhrase:
    """Return the tree of stems that stand together."""
    tree = AnyPhrase([engine.Phrase(weight.field, list(stems), boost=weight.boost) for weight in PAGE_FIELDS])
    tree.stems = stems
    return tree
