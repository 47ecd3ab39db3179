"""Builds engine queries from a reader's query. Pure: nothing here opens an index."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from whoosh import query as engine

from healthlib.search.analysis import stem
from healthlib.search.query import FieldTerm, Query, Synonym
from healthlib.search.schema import ABOUT_FIELDS, PAGE, SECTION
from healthlib.search.words import anywhere, word_tree


@dataclass(frozen=True)
class Alternative:
    """Another way to say some words of a query: `words` are their places among the query's words."""

    words: tuple[int, ...]
    tree: engine.Query


@dataclass(frozen=True)
class PageTrees:
    """The parts of a query over page documents.

    Attributes:
        exact_name: pages whose name is the whole query.
        exact_alias: pages of which the whole query is another name.
        words: one tree for each word; a page may have some of them.
        alternatives: synonyms; a page that has one counts as having the words it stands for.
        required: phrases and fields; a page must have all of them.
        excluded: what a page must not have.
        stems: what the query's meaning is made of.
        added_stems: what it is made of where the library has none of the words typed: its synonyms.
    """

    exact_name: engine.Query
    exact_alias: engine.Query
    words: tuple[engine.Query, ...]
    alternatives: tuple[Alternative, ...]
    required: tuple[engine.Query, ...]
    excluded: tuple[engine.Query, ...]
    stems: tuple[str, ...]
    added_stems: tuple[str, ...] = ()


def page_trees(query: Query, synonyms: Sequence[Synonym] = (), names: Sequence[str] = ()) -> PageTrees:
    """Return the trees that find pages.

    Args:
        query: what was asked.
        synonyms: what was added to it.
        names: other names of the whole query.
    """
    phrase_words = [word for phrase in query.phrases for word in phrase]
    return PageTrees(
        exact_name=engine.Term("exact_name", query.name),
        exact_alias=engine.Or(
            [engine.Term("exact_alias", query.name)]
            + [engine.Term(field, name) for name in names for field in ("exact_name", "exact_alias")]
        ),
        words=tuple(word_tree(word, PAGE) for word in query.words),
        alternatives=tuple(_alternative(query, synonym) for synonym in synonyms),
        required=(
            *(anywhere(phrase) for phrase in query.phrases),
            *(_about(term) for term in query.fields),
        ),
        excluded=tuple(anywhere(phrase) for phrase in query.excluded),
        stems=tuple(stem(word) for word in (*query.words, *phrase_words)),
        added_stems=tuple(stem(word) for synonym in synonyms for word in synonym.added),
    )


def _alternative(query: Query, synonym: Synonym) -> Alternative:
    places = tuple(place for place, word in enumerate(query.words) if word in synonym.typed)
    return Alternative(places, anywhere(synonym.added))


def section_tree(sought: Iterable[str]) -> engine.Query:
    """Return the tree that finds sections with any of the words."""
    return engine.Or([word_tree(word, SECTION) for word in sorted(sought)])


def _about(term: FieldTerm) -> engine.Query:
    field = ABOUT_FIELDS[term.field]
    stems = [stem(word) for word in term.words]
    return engine.Term(field, stems[0]) if len(stems) == 1 else engine.Phrase(field, stems)
