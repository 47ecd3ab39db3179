"""The names under which a label may speak of a side effect, and whether a text holds one of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from healthlib.content.labels.label import Row, Statement
from healthlib.content.library import Library
from healthlib.content.model import SideEffect
from healthlib.content.names import fold
from healthlib.content.vocabulary import Vocabulary

_WORD = re.compile(r"[^\W_]+")
# "Contusion, ecchymosis" and "fatigue / asthenia" are two names each.
_SEVERAL = re.compile(r"\s*[,;/()]\s*")
# A row about more words than these has footnotes among them, whose words in any order would say anything.
_FEW = 12
Words = tuple[str, ...]


class Namer:
    """Knows other names of a side effect: those of its page, everyday and medical words, both spellings."""

    def __init__(self, library: Library, vocabulary: Vocabulary) -> None:
        self._american = {fold(pair.term): fold(pair.meaning) for pair in vocabulary.spellings}
        self._also: dict[str, set[str]] = defaultdict(set)
        for pair in vocabulary.lay:
            self._also[fold(pair.term)].add(fold(pair.meaning))
            self._also[fold(pair.meaning)].add(fold(pair.term))
        self._library = library
        self._known: dict[str, Words] = {}

    def names(self, effect: str) -> frozenset[Words]:
        """Return every name of the side effect with a slug, as comparable words."""
        page = self._library.find("side-effects", effect)
        if page is None or not isinstance(page.meta, SideEffect):
            return frozenset({self.words(effect)})
        medical = _SEVERAL.split(page.meta.medical_name or "")
        own = {fold(name) for name in (*page.meta.names, *medical, *page.meta.aliases, *page.meta.label_terms)}
        found = own.union(*(self._also.get(name, set()) for name in own))
        return frozenset(words for name in found if (words := self.words(name)))

    def words(self, text: str) -> Words:
        """Return the words of a text in one spelling, without plural endings."""
        # Every row of a product looks through the same statements.
        if (known := self._known.get(text)) is None:
            known = tuple(_singular(self._american.get(word, word)) for word in _WORD.findall(fold(text)))
            self._known[text] = known
        return known

    def speaks_of(self, statement: Statement, names: Iterable[Words]) -> bool:
        """Whether a sentence holds a name, or a table row all its words in any order ("Pain, abdominal")."""
        words = self.words(statement.subject if isinstance(statement, Row) else statement.text)
        if isinstance(statement, Row) and 0 < len(words) <= _FEW:
            # The mark of a footnote is glued to the last word: "bleedingb".
            held = {*words, _singular(words[-1][:-1])}
            return any(held.issuperset(name) for name in names)
        return any(_within(name, words) for name in names)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "is", "us")) else word


def _within(name: Sequence[str], words: Sequence[str]) -> bool:
    return any(tuple(words[at : at + len(name)]) == tuple(name) for at in range(len(words) - len(name) + 1))
