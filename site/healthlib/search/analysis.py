"""Words and stems: one way of cutting text, for indexing, for queries and for highlighting."""

import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import snowballstemmer
from whoosh.analysis import Analyzer, Token

from healthlib.content.names import fold

# Letters, digits and the combining marks of Indian scripts (Devanagari to Malayalam), which \w alone would split at.
_WORD = re.compile(r"[\w\u0900-\u0d7f]+(?:['’][\w]+)?")
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")

# Words that a query can lose without losing its meaning; they are indexed, so that phrases with them work.
STOP_WORDS = frozenset(
    """
    a about after all am an and any are as at be because been being but by can could did do does doing for from get
    had has have having he her him his how i if in into is it its me my of on or our she should so some than that the
    their them then there these they this to was we were what when where which while who why will with would you your
    """.split()  # noqa: SIM905, a quoted list of 90 words would hide the words
)

# A stemmer keeps the word it works on in itself: two threads at once make wrong stems, which the cache would keep.
_stemming = threading.Lock()
_stemmers = {"english": snowballstemmer.stemmer("english"), "hindi": snowballstemmer.stemmer("hindi")}


class Word(NamedTuple):
    """A word of a text, folded, and where it stands."""

    text: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text."""
    for match in _WORD.finditer(text):
        yield Word(folded(match[0]), match.start(), match.end())


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """Return a written word in the form in which words are compared."""
    return fold(word).removesuffix("'s")


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the words of a text begin and end."""
    return (match.span() for match in _WORD.finditer(text))


def raw_words(text: str) -> list[str]:
    """Return the words of a text as they are written: what is worked out once for each of them is fast."""
    return _WORD.findall(text)


@lru_cache(maxsize=65536)
def stem_of(raw: str) -> str:
    """Return the stem of a word as it is written."""
    return stem(folded(raw))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of a folded word, by the language its script tells."""
    with _stemming:
        return str(_stemmers["hindi" if _DEVANAGARI.search(word) else "english"].stemWord(word))


class StemAnalyzer(Analyzer):  # type: ignore[misc]  # whoosh has no types
    """Cuts text into stems for fields that readers search by word."""

    def stems(self, value: str) -> Iterator[str]:
        """Return the stems of a text in their order; a build needs nothing else of it."""
        return map(stem_of, raw_words(value))

    def __call__(self, value: str, positions: bool = False, chars: bool = False, **_options: Any) -> Iterator[Token]:
        """Yield one token a word, in the form that Whoosh asks for."""
        token = Token(positions, chars)
        for position, word in enumerate(words(value)):
            token.text = token.original = stem(word.text)
            token.pos, token.startchar, token.endchar = position, word.start, word.end
            token.boost, token.stopped = 1.0, False
            yield token


class LineAnalyzer(Analyzer):  # type: ignore[misc]  # whoosh has no types
    """Takes each line as one token, folded: for names that must match as a whole."""

    def __call__(self, value: str, positions: bool = False, chars: bool = False, **_options: Any) -> Iterator[Token]:
        """Yield one token a line."""
        token = Token(positions, chars)
        for position, line in enumerate(value.splitlines()):
            token.text = token.original = name_key(line)
            token.pos, token.startchar, token.endchar = position, 0, 0
            token.boost, token.stopped = 1.0, False
            yield token


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Return a name as it is compared as a whole: its folded words with single spaces."""
    return " ".join(map(folded, raw_words(name)))
