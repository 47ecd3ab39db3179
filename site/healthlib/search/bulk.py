"""Writes a Whoosh index many times as fast as Whoosh's own writer: the same files, inverted a field at a time.

Whoosh makes a tuple of every posting, sorts them all and hands them on one by one. Here the words of a field are
numbers, one after another; one sort of these gives the posting lists, which are written block by block. The segment,
its columns and its table of contents are Whoosh's own.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3PostingsWriter
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from healthlib.search.analysis import raw_words, stem_of
from healthlib.search.positions import StemField


class TermList(NamedTuple):
    """The posting list of a term.

    Attributes:
        text: the term.
        docs, weights, values: one for each posting; a value is the positions, as they are encoded.
        shortest, longest: how long its documents are; None and 0 in a field that keeps no lengths.
    """

    text: bytes
    docs: "array[int]"
    weights: "array[float]"
    values: list[bytes]
    shortest: int | None
    longest: int


class _Lexicon(dict[str, int]):
    """The number of the stem of each word as it is written."""

    def __init__(self) -> None:
        super().__init__()
        self.stems: dict[str, int] = {}

    def __missing__(self, raw: str) -> int:
        number = self[raw] = self.stems.setdefault(stem_of(raw), len(self.stems))
        return number


class _Words:
    """The words of one field, of all documents in turn."""

    def __init__(self) -> None:
        self.numbers = array("i")
        self.docs = array("i")
        self.lengths = array("i")


class Inverter:
    """Takes the place of Whoosh's pool of postings."""

    def __init__(self) -> None:
        self._lexicon = _Lexicon()
        self._words: defaultdict[str, _Words] = defaultdict(_Words)
        self._others: defaultdict[str, list[tuple[bytes, int, float, bytes, int]]] = defaultdict(list)

    def add_text(self, field: str, doc: int, text: str) -> int:
        """Add the stems of a text; return how many there are."""
        words = self._words[field]
        before = len(words.numbers)
        words.numbers.extend(map(self._lexicon.__getitem__, raw_words(text)))
        length = len(words.numbers) - before
        words.docs.append(doc)
        words.lengths.append(length)
        return length

    def add_items(self, field: str, doc: int, items: Iterable[tuple[bytes, int, float, bytes]], scorable: bool) -> int:
        """Add what Whoosh made of the value of another field; return its length, 0 for one that keeps none."""
        found = list(items)
        length = sum(frequency for _, frequency, _, _ in found) if scorable else 0
        self._others[field].extend((text, doc, weight, value, length) for text, _, weight, value in found)
        return length

    def iter_postings(self) -> Iterator[tuple[str, Iterator[TermList]]]:
        """Yield each field, in order, with its terms, in order; what has been written is forgotten."""
        for name in sorted((*self._words, *self._others)):
            if name in self._words:
                yield name, _inverted(self._words.pop(name), self._lexicon.stems)
            else:
                yield name, _grouped(self._others.pop(name))

    def cleanup(self) -> None:
        """Do nothing: there are no temporary files; the writer asks for it."""


def _grouped(items: list[tuple[bytes, int, float, bytes, int]]) -> Iterator[TermList]:
    """Yield the terms of a field that Whoosh has cut."""
    lists: defaultdict[bytes, list[tuple[int, float, bytes, int]]] = defaultdict(list)
    for text, doc, weight, value, length in items:
        lists[text].append((doc, weight, value, length))
    for text in sorted(lists):
        docs, weights, values, lengths = zip(*lists[text], strict=True)
        yield TermList(text, array("I", docs), array("f", weights), list(values), min(lengths) or None, max(lengths))


def _inverted(words: _Words, stems: dict[str, int]) -> Iterator[TermList]:
    """Yield the terms of a field whose words are numbers."""
    lengths = np.frombuffer(words.lengths, np.int32) if words.lengths else np.empty(0, np.int32)
    numbers = np.frombuffer(words.numbers, np.int32) if words.numbers else np.empty(0, np.int32)
    if not len(numbers):
        return
    texts = sorted(stem.encode() for stem in stems)
    ranks = np.empty(len(texts), np.int32)
    ranks[[stems[text.decode()] for text in texts]] = np.arange(len(texts), dtype=np.int32)
    terms = ranks[numbers]
    # Stable: documents, and the places in each, stay in their order.
    order = np.argsort(terms, kind="stable")
    terms = terms[order]
    rows = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)[order]
    starts = (np.cumsum(lengths) - lengths)[rows]
    positions = (order - starts).astype(np.uint32).tobytes()
    del order, starts
    first = np.flatnonzero(_changes(terms) | _changes(rows))
    rows, terms = rows[first], terms[first]
    bounds = np.append(first, len(numbers))
    docs = np.frombuffer(words.docs, np.int32)[rows].astype(np.uint32)
    heads = np.flatnonzero(_changes(terms))
    shortest, longest = (pick.reduceat(lengths[rows], heads).tolist() for pick in (np.minimum, np.maximum))
    frequencies = np.diff(bounds).astype(np.float32)
    for place, (start, end) in enumerate(zip(heads.tolist(), [*heads[1:].tolist(), len(terms)], strict=True)):
        cuts = (bounds[start : end + 1] * 4).tolist()
        yield TermList(
            texts[terms[start]],
            array("I", docs[start:end].tobytes()),
            array("f", frequencies[start:end].tobytes()),
            [positions[cut:after] for cut, after in pairwise(cuts)],
            shortest[place],
            longest[place],
        )


def _changes(values: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Return where a value is another than the one before: true for the first, shape as given; not for empty ones."""
    changes = np.empty(len(values), np.bool_)
    changes[0] = True
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes


class _PostingsWriter(W3PostingsWriter):  # type: ignore[misc]  # whoosh has no types
    """Writes a whole posting list, a block at a time."""

    def add_list(self, term: TermList) -> None:
        for start in range(0, len(term.docs), self._blocklimit):
            if start:
                self._write_block()
            block = slice(start, start + self._blocklimit)
            self._ids, self._weights, self._values = term.docs[block], term.weights[block], term.values[block]
            # Bounds that hold for the whole list hold for each block.
            self._minlength, self._maxlength, self._maxweight = term.shortest, term.longest, max(self._weights)


class _FieldWriter(W3FieldWriter):  # type: ignore[misc]  # whoosh has no types
    """Writes fields from the lists of an `Inverter`."""

    def add_postings(self, schema: Any, _lengths: Any, items: Iterable[tuple[str, Iterable[TermList]]]) -> None:
        for name, terms in items:
            self.start_field(name, schema[name])
            for term in terms:
                self.start_term(term.text)
                self._postwriter.add_list(term)
                self.finish_term()
            self.finish_field()


class _BulkCodec(W3Codec):  # type: ignore[misc]  # whoosh has no types
    """Whoosh's format, written in bulk."""

    def field_writer(self, storage: Any, segment: Any) -> _FieldWriter:
        return _FieldWriter(self, storage, segment)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> _PostingsWriter:
        return _PostingsWriter(dbfile, self._blocklimit, byteids, self._compression, self._inlinelimit)


class BulkWriter(SegmentWriter):  # type: ignore[misc]  # whoosh has no types
    """Writes one segment of documents that nobody deletes or updates."""

    def __init__(self, index: FileIndex) -> None:
        # Packing would take a tenth of the build; what is read often is in the arrays.
        super().__init__(index, codec=_BulkCodec(compression=0))
        self.pool = Inverter()

    def add_document(self, **values: object) -> None:
        """Add a document; see Whoosh's own method, without boosts, vectors, columns and spelling."""
        self.perdocwriter.start_doc(self.docnum)
        for name in sorted(values):
            field, value = self.schema[name], values[name]
            if isinstance(field, StemField):
                length = self.pool.add_text(name, self.docnum, str(value))
            else:
                length = self.pool.add_items(name, self.docnum, field.index(value), field.scorable)
            self.perdocwriter.add_field(name, field, value if field.stored else None, length)
        self.perdocwriter.finish_doc()
        self._added = True
        self.docnum += 1
