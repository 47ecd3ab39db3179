"""Writes the posting lists of an index as arrays.

What each posting is worth is folded in: the BM25F of Whoosh, so that a sum of impacts equals Whoosh's own score of a
document. The arrays of a directory, where T is the number of terms, P of postings, W of words, N of documents:

    starts     (T + 1,) int64    where each term's postings begin
    docs       (P,)     int32    the document of each posting, ascending in a term
    impacts    (P,)     float32  its score
    word_starts (T + 1,) int64   where each term's words begin
    words      (W,)     uint32 or uint64  each occurrence of a term as a place in the whole library
    bases      (N + 1,) as words the place of the first word of each document
    lengths    (F, N)   uint8    how long each field is in each document, as Whoosh rounds it; 0 where it is not there
"""

import json
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt
from whoosh.util.numeric import byte_to_length, length_to_byte

from healthlib.search.arrays.files import Growing
from healthlib.search.arrays.invert import FieldWords, Lists, inverted
from healthlib.search.arrays.terms import key_of, write_terms
from healthlib.search.lexicon import Forms

FIELDS = "fields.json"
ARRAYS = ("starts", "docs", "impacts", "word_starts", "words", "bases")
LENGTHS = "lengths"
LENGTH_OF_BYTE = np.array([byte_to_length(byte) for byte in range(256)], np.float64)

Array = npt.NDArray[Any]


class Field(NamedTuple):
    """A field that is written.

    Attributes:
        words: its words in all documents.
        forms: what they are searched by.
        positional: whether it can be searched for phrases.
        scorable: whether rare words and short texts count for more.
    """

    words: FieldWords
    forms: Forms
    positional: bool
    scorable: bool


def write_postings(directory: Path, fields: dict[str, Field], documents: int, k1: float, b: float) -> None:
    """Write the posting lists of some fields into a new directory.

    Args:
        directory: where the arrays go.
        fields: each field by its name; one that is written is taken out, because its words take much memory.
        documents: how many there are.
        k1: how late a word's repeats stop counting.
        b: how much long texts are held back.
    """
    directory.mkdir()
    names = sorted(fields)
    lengths = _lengths([fields[name] for name in names], documents)
    np.save(directory / f"{LENGTHS}.npy", lengths)
    known = {name: [fields[name].positional, _total(fields[name])] for name in names}
    (directory / FIELDS).write_text(json.dumps(known), encoding="ascii")
    with _Files(directory, _bases([fields[name] for name in names], documents)) as files:
        for number, name in enumerate(names):
            field = fields.pop(name)
            for lists in inverted(field.words, field.forms):
                keys = [key_of(number, field.forms.texts[term]) for term in lists.terms.tolist()]
                files.add(keys, lists, _impacts(field, lists, lengths[number], k1, b))


class _Files:
    """The arrays that grow with each field."""

    def __init__(self, directory: Path, bases: Array) -> None:
        self._directory = directory
        self._bases = bases
        self._keys: list[bytes] = []
        self._starts = [np.zeros(1, np.int64)]
        self._word_starts = [np.zeros(1, np.int64)]
        self._docs = Growing(directory / "docs.npy", np.int32)
        self._impacts = Growing(directory / "impacts.npy", np.float32)
        self._words = Growing(directory / "words.npy", bases.dtype)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for file in (self._docs, self._impacts, self._words):
            file.close()
        write_terms(self._directory, self._keys)
        np.save(self._directory / "starts.npy", np.concatenate(self._starts))
        np.save(self._directory / "word_starts.npy", np.concatenate(self._word_starts))
        np.save(self._directory / "bases.npy", self._bases)

    def add(self, keys: list[bytes], lists: Lists, impacts: Array) -> None:
        """Write the next lists."""
        self._keys += keys
        ends = np.cumsum(lists.counts)
        self._starts.append(lists.starts[1:] + self._docs.length)
        self._word_starts.append(ends[lists.starts[1:] - 1] + self._words.length)
        self._docs.add(lists.docs)
        self._impacts.add(impacts)
        self._words.add(np.repeat(self._bases[lists.docs], lists.counts) + lists.places.astype(self._bases.dtype))


def _lengths(fields: list[Field], documents: int) -> npt.NDArray[np.uint8]:
    """Return how long each field is in each document, in Whoosh's bytes, shape (fields, documents)."""
    lengths = np.zeros((len(fields), documents), np.uint8)
    for row, field in zip(lengths, fields, strict=True):
        if field.scorable:
            different, places = np.unique(field.words.lengths, return_inverse=True)
            row[field.words.docs] = np.array(list(map(length_to_byte, different.tolist())), np.uint8)[places]
    return lengths


def _total(field: Field) -> int:
    return int(field.words.lengths.sum()) if field.scorable else 0


def _bases(fields: list[Field], documents: int) -> Array:
    """Return where each document's words begin, if all documents stood one after the other with a gap between."""
    room = np.ones(documents, np.int64)
    for field in fields:
        np.maximum.at(room, field.words.docs, field.words.lengths.astype(np.int64) + 1)
    bases = np.append(0, np.cumsum(room))
    return bases.astype(np.uint32 if bases[-1] < 2**32 else np.uint64)


def _impacts(field: Field, lists: Lists, lengths: npt.NDArray[np.uint8], k1: float, b: float) -> Array:
    """Return the score of each posting as Whoosh counts it; a field without lengths scores its weights."""
    weights = lists.counts.astype(np.float64)
    if not field.scorable:
        return weights
    found = np.diff(lists.starts)
    idf = np.repeat(np.log(len(lengths) / (found + 1)) + 1, found)
    relative = LENGTH_OF_BYTE[lengths[lists.docs]] / (_total(field) / len(lengths))
    return idf * (weights * (k1 + 1) / (weights + k1 * (1 - b + b * relative)))
