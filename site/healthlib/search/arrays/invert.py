"""Inverts the words of a field: one sort of plain numbers gives the posting lists."""

from array import array
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from healthlib.search.lexicon import Forms

# The upper half of a key is a term, the lower half the place of one of its words.
_HALF = 32


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
    def numbers(self) -> npt.NDArray[np.int32]:
        """The words, shape (words,)."""
        return _viewed(self._numbers)

    @property
    def docs(self) -> npt.NDArray[np.int32]:
        """The documents that have any, ascending."""
        return _viewed(self._docs)

    @property
    def lengths(self) -> npt.NDArray[np.int32]:
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

    terms: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]
    docs: npt.NDArray[np.int32]
    counts: npt.NDArray[np.int64]
    places: npt.NDArray[np.uint32]


def inverted(words: FieldWords, forms: Forms) -> Lists:
    """Return the posting lists of a field."""
    keys = (forms.places.astype(np.uint64) << np.uint64(_HALF))[words.numbers]
    keys += np.arange(len(keys), dtype=np.uint64)
    # Documents, and the places in each, stay in their order: they are the lower half.
    keys.sort()
    terms = (keys >> np.uint64(_HALF)).astype(np.int32)
    order = keys.astype(np.uint32)
    del keys
    lengths = words.lengths
    rows = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)[order]
    order -= (np.cumsum(lengths) - lengths).astype(np.uint32)[rows]
    first = np.flatnonzero(changes(terms) | changes(rows))
    terms = terms[first]
    heads = np.flatnonzero(changes(terms))
    return Lists(
        terms[heads],
        np.append(heads, len(terms)),
        words.docs[rows[first]],
        np.diff(np.append(first, len(rows))),
        order,
    )


def changes(values: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Return where a value is another than the one before: true for the first, shape as given."""
    found = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=found[1:])
    return found


def _viewed(values: "array[int]") -> npt.NDArray[np.int32]:
    """Return the values without a copy; numpy cannot take an empty array."""
    return np.frombuffer(values, np.int32) if values else np.empty(0, np.int32)
