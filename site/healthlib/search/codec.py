"""Has Whoosh read the posting lists from the arrays: a codec, the place where Whoosh lets others keep its index.

The table of contents is Whoosh's own, and so is everything that evaluates queries; only where terms, postings and
lengths are kept is ours. Nothing of it is written by Whoosh: `bulk.py` does that for the whole index at once.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Segment
from whoosh.formats import Frequency, Positions
from whoosh.matching.mcore import LeafMatcher, ListMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.system import pack_uint
from whoosh.util.numeric import byte_to_length

from healthlib.search.arrays.files import mapped
from healthlib.search.arrays.postings import Postings
from healthlib.search.arrays.stored import StoredFields
from healthlib.search.arrays.write import LENGTH_OF_BYTE, LENGTHS

ARRAYS = "arrays"

_Term = tuple[str, bytes]


class ArrayCodec(base.Codec):  # type: ignore[misc]  # whoosh has no types
    """Opens the arrays beside Whoosh's table of contents."""

    def terms_reader(self, storage: Any, _segment: Any) -> "_Terms":
        """Return what reads terms and postings."""
        return _Terms(Path(storage.folder))

    def per_document_reader(self, storage: Any, segment: Any) -> "_Documents":
        """Return what reads lengths and stored fields."""
        return _Documents(Path(storage.folder), segment)


def segment_of(index_name: str, documents: int) -> W3Segment:
    """Return the one segment of an index whose lists are arrays."""
    return W3Segment(ArrayCodec(), index_name, documents)


class _Lengths:
    """How long each field is in each document."""

    def __init__(self, directory: Path, postings: Postings) -> None:
        self.rows = dict(zip(postings.lengths_of_all, mapped(directory / ARRAYS / f"{LENGTHS}.npy"), strict=True))


class _Matcher(ListMatcher, LeafMatcher):  # type: ignore[misc]  # whoosh has no types
    """Walks one posting list."""

    @property
    def format(self) -> Any:
        """What the values of postings mean."""
        return self._format


class _Terms(base.TermsReader):  # type: ignore[misc]  # whoosh has no types
    """The terms of all fields with their postings."""

    def __init__(self, directory: Path) -> None:
        self._postings = Postings(directory / ARRAYS)
        self._lengths = _Lengths(directory, self._postings).rows
        self._names = list(self._lengths)

    def __contains__(self, term: _Term) -> bool:
        return term[0] in self._lengths and self._postings.find(*term) is not None

    def indexed_field_names(self) -> list[str]:
        """Return the names of the fields that have any term."""
        return [name for name in self._names if len(self._postings.terms.starting(self._postings.key(name, "")))]

    def cursor(self, name: str, field: Any) -> "_Cursor":
        """Return what walks the terms of a field."""
        return _Cursor(self, self._postings, name, field)

    def terms(self) -> Iterator[_Term]:
        """Yield all terms in order."""
        return self._named(range(len(self._postings.terms)))

    def terms_from(self, name: str, prefix: bytes) -> Iterator[_Term]:
        """Yield the terms from a text of a field on."""
        first = self._postings.terms.starting(self._postings.key(name, prefix)).start
        return self._named(range(first, len(self._postings.terms)))

    def items(self) -> Iterator[tuple[_Term, TermInfo]]:
        """Yield all terms in order, with what is known of each."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, name: str, prefix: bytes) -> Iterator[tuple[_Term, TermInfo]]:
        """Yield the terms from a text of a field on, with what is known of each."""
        return ((term, self.term_info(*term)) for term in self.terms_from(name, prefix))

    def term_info(self, name: str, text: bytes) -> TermInfo:
        """Return what is known of a term.

        Raises:
            TermNotFound: when there is none.
        """
        place = self._place(name, text)
        docs = self._postings.part(place).docs
        counts = [len(places) for places in self._postings.places(place)]
        lengths = LENGTH_OF_BYTE[self._lengths[name][docs]].astype(int)
        shortest, longest = int(lengths.min()), int(lengths.max())
        return TermInfo(sum(counts), len(docs), shortest, longest, max(counts), int(docs[0]), int(docs[-1]))

    def frequency(self, name: str, text: bytes) -> int:
        """Return how often a term is in all documents."""
        place = self._postings.find(name, text)
        return 0 if place is None else len(self._postings.words(place))

    def doc_frequency(self, name: str, text: bytes) -> int:
        """Return how many documents have a term."""
        place = self._postings.find(name, text)
        return 0 if place is None else len(self._postings.part(place).docs)

    def matcher(self, name: str, text: bytes, format_: Any, scorer: Any = None) -> _Matcher:
        """Return what walks the postings of a term."""
        place = self._place(name, text)
        docs, places = self._postings.part(place).docs.tolist(), self._postings.places(place)
        weights = [float(len(own)) for own in places]
        values = [_value(format_, own.tolist()) for own in places]
        term = (name, text)
        return _Matcher(docs, weights, values, format_, scorer, term=term, terminfo=self.term_info(*term))

    def _named(self, places: range) -> Iterator[_Term]:
        keys = map(self._postings.terms.key, places)
        return ((self._names[key[0]], key[1:]) for key in keys)

    def _place(self, name: str, text: bytes) -> int:
        place = self._postings.find(name, text)
        if place is None:
            raise TermNotFound(f"No term {name}:{text!r}")
        return place


def _value(format_: Any, places: list[int]) -> bytes:
    """Return the value of a posting, as a field's format encodes it."""
    if isinstance(format_, Positions):
        return bytes(format_.encode(places))
    return bytes(pack_uint(len(places))) if isinstance(format_, Frequency) else b""


class _Cursor(base.FieldCursor):  # type: ignore[misc]  # whoosh has no types
    """Walks the terms of one field."""

    def __init__(self, terms: _Terms, postings: Postings, name: str, field: Any) -> None:
        self._terms, self._table, self._field, self._name = terms, postings.terms, field, name
        self._key = postings.key(name, "")
        self._range = self._table.starting(self._key)
        self._place = self._range.start

    def first(self) -> Any:
        """Go to the first term and return it."""
        self._place = self._range.start
        return self.text()

    def find(self, text: Any) -> Any:
        """Go to a term, or the one behind where it would be, and return it."""
        text = text if isinstance(text, bytes) else self._field.to_bytes(text)
        self._place = self._table.starting(self._key + text).start
        return self.text()

    def next(self) -> Any:
        """Go to the next term and return it; None at the end."""
        self._place += 1
        return self.text()

    def text(self) -> Any:
        """Return the term."""
        return self._field.from_bytes(self._table.key(self._place)[1:]) if self.is_valid() else None

    def term_info(self) -> TermInfo | None:
        """Return what is known of the term."""
        return self._terms.term_info(self._name, self._table.key(self._place)[1:]) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether there is a term here."""
        return self._place in self._range


class _Documents(base.PerDocumentReader):  # type: ignore[misc]  # whoosh has no types
    """What is known of each document; none is ever deleted."""

    def __init__(self, directory: Path, segment: Any) -> None:
        postings = Postings(directory / ARRAYS)
        self._totals = postings.lengths_of_all
        self._lengths = _Lengths(directory, postings).rows
        self._stored = StoredFields(directory)
        self._count = segment.doc_count_all()

    def close(self) -> None:
        """Close the stored fields."""
        self._stored.close()

    def doc_count(self) -> int:
        """Return how many documents there are."""
        return int(self._count)

    doc_count_all = doc_count

    def has_deletions(self) -> bool:
        """Return that nothing is deleted."""
        return False

    def is_deleted(self, _doc: int) -> bool:
        """Return that a document is not deleted."""
        return False

    def deleted_docs(self) -> tuple[int, ...]:
        """Return no document."""
        return ()

    def doc_field_length(self, doc: int, name: str, default: int = 0) -> int | None:
        """Return how long a field is in a document, rounded; None where it is empty, as Whoosh has it."""
        if not self._totals.get(name):
            return default
        return int(byte_to_length(int(self._lengths[name][doc]))) or None

    def field_length(self, name: str) -> int:
        """Return how long a field is in all documents."""
        return self._totals.get(name, 0)

    def min_field_length(self, name: str) -> int:
        """Return how long a field is where it is shortest."""
        return int(byte_to_length(int(np.min(self._lengths[name], initial=255))))

    def max_field_length(self, name: str) -> int:
        """Return how long a field is where it is longest."""
        return int(byte_to_length(int(np.max(self._lengths[name], initial=0))))

    def stored_fields(self, doc: int) -> dict[str, object]:
        """Return what is kept of a document to be shown."""
        return self._stored.get(doc)
