"""Inverts the words of a field: sorting plain numbers gives the posting lists."""

from array import array
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from healthlib.search.lexicon import Forms

# The upper half of a key is a term, the lower half the place of one of its words.
_HALF = 32
_LOWER = (1 << _HALF) - 1
# Words that are inverted at once.
_AT_ONCE = 1 << 21

Numbers = npt.NDArray[np.int32]


class FieldWords:
    """The words of one field as numbers, of all documents in turn."""

    def __init__(self) -> None:
        self._numbers = array("i")
        self._docs = array("i")
        self._lengths = array("i")

    def add(self, doc: int, texts: Iterable["array[int]"]) -> None:
        """Add the words of the next document."""
        before = len(self._numbers)
        for numbers in texts:
            self._numbers += numbers
        if len(self._numbers) > before:
            self._docs.append(doc)
            self._lengths.append(len(self._numbers) - before)

    @property
    def numbers(self) -> Numbers:
        """The words, shape (words,)."""
        return _viewed(self._numbers)

    @property
    def docs(self) -> Numbers:
        """The documents that have any, ascending."""
        return _viewed(self._docs)

    @property
    def lengths(self) -> Numbers:
        """How many each of these has."""
        return _viewed(self._lengths)


class Lists(NamedTuple):
    """The posting lists of a field, one after the other.

    Attributes:
        terms: the terms that there are, ascending, as places among the forms, shape (t,).
        starts: where the postings of each begin, and the last one's end, shape (t + 1,), int64.
        docs: the document of each posting, shape (p,), int32.
        counts: how many words each posting is of, shape (p,), int64.
        places: the place of each word in its document, shape (words,), int64.
    """

    terms: Numbers
    starts: npt.NDArray[np.int64]
    docs: Numbers
    counts: npt.NDArray[np.int64]
    places: npt.NDArray[np.int64]


def inverted(words: FieldWords, forms: Forms) -> Iterator[Lists]:
    """Yield the posting lists of a field, some terms at a time: all at once would take most of a build's memory."""
    terms = forms.places[words.numbers]
    rows = np.repeat(np.arange(len(words.lengths), dtype=np.int32), words.lengths)
    ends = np.cumsum(np.bincount(terms, minlength=len(forms.texts)))
    first, before = 0, 0
    while first < len(ends):
        last = max(first + 1, int(np.searchsorted(ends, before + _AT_ONCE, side="right")))
        chosen = np.flatnonzero((terms >= first) & (terms < last))
        if len(chosen):
            yield _lists(words, terms, rows, chosen)
        first, before = last, int(ends[last - 1])


def _lists(words: FieldWords, terms: Numbers, rows: Numbers, chosen: npt.NDArray[np.int64]) -> Lists:
    """Return the lists of some terms.

    Args:
        words: the words of the field.
        terms: the term of each word.
        rows: the document of each word, as a place among those of the field.
        chosen: the places of these terms' words, ascending.
    """
    # Documents, and the places in each, stay in their order: they are the lower half.
    keys = (terms[chosen].astype(np.int64) << _HALF) + chosen
    keys.sort()
    own = (keys >> _HALF).astype(np.int32)
    order = keys & _LOWER
    found = rows[order]
    order -= (np.cumsum(words.lengths) - words.lengths)[found]
    heads = np.flatnonzero(changes(own) | changes(found))
    own = own[heads]
    starts = np.flatnonzero(changes(own))
    return Lists(
        own[starts],
        np.append(starts, len(own)),
        words.docs[found[heads]],
        np.diff(np.append(heads, len(found))),
        order,
    )


def changes(values: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Return where a value is another than the one before: true for the first, shape as given."""
    found = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=found[1:])
    return found


def _viewed(values: "array[int]") -> Numbers:
    """Return the values without a copy; numpy cannot take an empty array."""
    return np.frombuffer(values, np.int32) if values else np.empty(0, np.int32)
