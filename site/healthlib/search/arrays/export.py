"""Writes the posting lists of a finished Whoosh index as arrays.

What each posting is worth is folded in: the BM25F of Whoosh, so that a sum of impacts equals Whoosh's own score of a
document. The arrays of a directory, where T is the number of terms, P of postings, W of positions, N of documents:

    starts     (T + 1,) int64    where each term's postings begin
    docs       (P,)     int32    the document of each posting, ascending in a term
    impacts    (P,)     float32  its score
    word_starts (T + 1,) int64   where each term's words begin
    words      (W,)     uint32 or uint64  each occurrence of a term as a place in the whole library
    bases      (N + 1,) as words the place of the first word of each document
    live       (L,)     int32    the documents that are not deleted
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib.format import open_memmap
from whoosh import fields
from whoosh.reading import IndexReader

from healthlib.search.arrays.blocks import Segment, read_segment
from healthlib.search.arrays.terms import key_of, write_terms
from healthlib.search.positions import PlainPositions

FIELDS = "fields.json"
WORDS = "words"
# Postings whose words are worked out at once.
_AT_ONCE = 1 << 20
ARRAYS = ("starts", "docs", "impacts", "word_starts", WORDS, "bases", "live")

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class _Lists:
    """The posting lists of all segments, in the order of their keys."""

    keys: list[bytes]
    frequencies: Array
    starts: Array
    docs: Array
    weights: Array
    lengths: Array
    word_starts: Array
    positions: Array


def export(reader: IndexReader, directory: Path, k1: float, b: float) -> None:
    """Write the arrays of an index into a new directory.

    Args:
        reader: a reader of the whole index.
        directory: where the arrays go.
        k1: how late a word's repeats stop counting.
        b: how much long texts are held back.
    """
    directory.mkdir()
    names = [name for name, kind in sorted(reader.schema.items()) if kind.indexed and not _encoded(kind)]
    positional = {name: isinstance(reader.schema[name].format, PlainPositions) for name in names}
    lists = _joined([read_segment(leaf, positional, offset) for leaf, offset in reader.leaf_readers()], names)
    documents = reader.doc_count_all()
    bases = _bases(lists, documents)
    values = (
        lists.starts,
        lists.docs,
        _impacts(reader, names, lists, k1, b),
        lists.word_starts,
        bases,
        np.fromiter(reader.all_doc_ids(), np.int32),
    )
    write_terms(directory, lists.keys)
    for name, value in zip((name for name in ARRAYS if name != WORDS), values, strict=True):
        np.save(directory / f"{name}.npy", value)
    _write_words(directory, lists, bases)
    (directory / FIELDS).write_text(json.dumps(positional), encoding="ascii")


def _encoded(kind: fields.FieldType) -> bool:
    """Whether a field's terms are something other than its words: numbers and dates have terms for whole ranges."""
    return isinstance(kind, fields.NUMERIC | fields.BOOLEAN)


def _joined(segments: list[Segment], names: list[str]) -> _Lists:
    """Return the lists of some segments as one: a term's postings stay in the order of their documents."""
    numbers = {name: number for number, name in enumerate(names)}
    keys_of = [[key_of(numbers[name], text) for name, text in segment.terms] for segment in segments]
    keys = sorted({key for keys in keys_of for key in keys})
    places = {key: place for place, key in enumerate(keys)}
    own = [np.array([places[key] for key in keys], np.int32) for keys in keys_of]
    terms = _chain([np.repeat(places, _view(segment.counts)) for places, segment in zip(own, segments, strict=True)])
    docs = _chain([_view(segment.docs) for segment in segments])
    lengths = _chain([_view(segment.lengths) for segment in segments])
    order = _order(terms)
    starts, positions = _starts(terms, len(keys)), _chain([np.frombuffer(s.positions, np.uint32) for s in segments])
    if isinstance(order, np.ndarray):
        positions = positions[_order(np.repeat(terms, lengths))]
    lengths = lengths[order]
    return _Lists(
        keys,
        np.bincount(_chain(own), _chain([_view(segment.frequencies) for segment in segments]), len(keys)),
        starts,
        docs[order],
        _chain([_view(segment.weights) for segment in segments])[order],
        lengths,
        _after(lengths)[starts],
        positions,
    )


def _view(values: Any) -> Array:
    """Return an `array.array` as numpy's, without a copy; numpy cannot take an empty one."""
    return np.frombuffer(values, values.typecode) if len(values) else np.empty(0, values.typecode)


def _chain(arrays: list[Array]) -> Array:
    """Return some arrays as one; a single one, as a build has, is not copied."""
    if len(arrays) == 1:
        return arrays[0]
    return np.concatenate(arrays) if arrays else np.empty(0, np.int64)


def _after(lengths: Array) -> Array:
    """Return where each of some runs begins, and where the last one ends: one more than there are runs."""
    ends = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=ends[1:])
    return ends


def _order(terms: Array) -> Array | slice:
    """Return what puts postings in the order of their terms; those of a single segment are in order."""
    return slice(None) if (terms[1:] >= terms[:-1]).all() else np.argsort(terms, kind="stable")


def _starts(terms: Array, count: int) -> Array:
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(terms, minlength=count), out=starts[1:])
    return starts


def _bases(lists: _Lists, documents: int) -> Array:
    """Return where each document's words begin, if all documents stood one after the other with a gap between."""
    room = np.ones(documents, np.int64)
    # The positions of a posting ascend.
    some = lists.lengths > 0
    last = lists.positions[np.cumsum(lists.lengths)[some] - 1].astype(np.int64)
    np.maximum.at(room, lists.docs[some], last + 2)
    bases = _after(room)
    return bases.astype(np.uint32 if bases[-1] < 2**32 else np.uint64)


def _write_words(directory: Path, lists: _Lists, bases: Array) -> None:
    """Write the place of each word, some postings at a time: all at once would take most of the memory of a build."""
    shape = (len(lists.positions),)
    places = open_memmap(directory / f"{WORDS}.npy", mode="w+", dtype=bases.dtype, shape=shape)
    ends = _after(lists.lengths)
    for start in range(0, len(lists.docs), _AT_ONCE):
        postings = slice(start, start + _AT_ONCE)
        words = slice(ends[start], ends[min(start + _AT_ONCE, len(lists.docs))])
        places[words] = np.repeat(bases[lists.docs[postings]], lists.lengths[postings]) + lists.positions[words]
    places.flush()


def _impacts(reader: IndexReader, names: list[str], lists: _Lists, k1: float, b: float) -> Array:
    """Return the score of each posting as Whoosh counts it; a field without lengths scores its weights."""
    documents = max(reader.doc_count_all(), 1)
    impacts = lists.weights.astype(np.float64)
    idf = np.log(documents / (lists.frequencies + 1)) + 1
    for number, name in enumerate(names):
        if reader.schema[name].scorable:
            first, last = np.searchsorted(_field_numbers(lists.keys), (number, number + 1))
            postings = slice(lists.starts[first], lists.starts[last])
            lengths = _lengths(reader, name)[lists.docs[postings]] / (reader.field_length(name) / documents or 1)
            factors = np.repeat(idf[first:last], np.diff(lists.starts[first : last + 1]))
            weights = impacts[postings]
            impacts[postings] = factors * (weights * (k1 + 1) / (weights + k1 * (1 - b + b * lengths)))
    return impacts.astype(np.float32)


def _field_numbers(keys: list[bytes]) -> Array:
    return np.fromiter((key[0] for key in keys), np.uint8, len(keys))


def _lengths(reader: IndexReader, name: str) -> Array:
    """Return the length of a field in each document, rounded as Whoosh keeps it; 1 where it keeps none."""
    count = reader.doc_count_all()
    return np.fromiter((reader.doc_field_length(doc, name, 1) or 1 for doc in range(count)), np.float64, count)
