"""The posting lists, opened."""

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt

from healthlib.search.arrays.files import mapped
from healthlib.search.arrays.matches import Docs, Part
from healthlib.search.arrays.memory import keep_freed_blocks
from healthlib.search.arrays.terms import TermTable, key_of
from healthlib.search.arrays.write import ARRAYS, FIELDS

Words = npt.NDArray[np.uint32] | npt.NDArray[np.uint64]


class Postings:
    """Posting lists by field and text; safe to share between threads and processes.

    Attributes:
        documents: how many documents the index has.
        lengths_of_all: for each field by name how many words all documents have in it; 0 for one without lengths.
        terms: the table of terms.
    """

    def __init__(self, directory: Path) -> None:
        """Map the arrays.

        Raises:
            OSError: when a file is missing.
        """
        keep_freed_blocks()
        self.terms = TermTable(directory)
        self._all_starts, self._docs, self._impacts, word_starts, self._words, self._bases = (
            mapped(directory / f"{name}.npy") for name in ARRAYS
        )
        self._starts, self._word_starts = self._all_starts.data, word_starts.data
        fields = json.loads((directory / FIELDS).read_text(encoding="ascii"))
        self._positional: dict[str, bool] = {name: positional for name, (positional, _) in fields.items()}
        self._prefixes = {name: key_of(number, b"") for number, name in enumerate(fields)}
        self.lengths_of_all: dict[str, int] = {name: total for name, (_, total) in fields.items()}
        self.documents = len(self._bases) - 1

    @property
    def live(self) -> Docs:
        """Every document, ascending: nothing is ever deleted from a generation."""
        return np.arange(self.documents, dtype=np.int32)

    def has_positions(self, name: str) -> bool:
        """Whether a field can be searched for phrases."""
        return self._positional.get(name, False)

    def key(self, field: str, text: str | bytes) -> bytes:
        """Return the key of a term, or of the terms that start with a text.

        Raises:
            KeyError: when the field's lists are not here, as those of numbers and dates are not.
        """
        # A lone surrogate can be typed, but stands in no page.
        return self._prefixes[field] + (text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)

    def find(self, field: str, text: str | bytes) -> int | None:
        """Return the place of a term, or None when no document has it; raises as `key` does."""
        return self.terms.find(self.key(field, text))

    def part(self, term: int, boost: float = 1.0) -> Part:
        """Return a term's posting list."""
        start, end = self._starts[term], self._starts[term + 1]
        return Part(self._docs[start:end], self._impacts[start:end], boost)

    def bounds(self, terms: range) -> npt.NDArray[np.int64]:
        """Return where the lists of some neighbouring terms begin and the last one ends: one more than there are."""
        return self._all_starts[terms.start : terms.stop + 1]

    def run(self, terms: range, boost: float = 1.0) -> Part:
        """Return the lists of some neighbouring terms, one after the other."""
        start, end = self._starts[terms.start], self._starts[terms.stop]
        return Part(self._docs[start:end], self._impacts[start:end], boost)

    def docs_of(self, terms: range) -> Docs:
        """Return every document that has any of some neighbouring terms, ascending."""
        docs = self._docs[self._starts[terms.start] : self._starts[terms.stop]]
        return np.unique(docs)

    def words(self, term: int) -> Words:
        """Return every occurrence of a term as a place in the whole library, ascending."""
        return self._words[self._word_starts[term] : self._word_starts[term + 1]]

    def places(self, term: int) -> list[npt.NDArray[np.uint32]]:
        """Return the places of a term's words in each of its documents, whose number is that of its postings."""
        docs, words = self.part(term).docs, self.words(term)
        owners = np.searchsorted(docs, np.searchsorted(self._bases, words, side="right") - 1)
        inside = (words - self._bases[docs[owners]]).astype(np.uint32)
        return np.split(inside, np.flatnonzero(np.diff(owners)) + 1)

    def docs_at(self, places: npt.NDArray[np.int64]) -> Docs:
        """Return the documents that some places of the library lie in, ascending, each once."""
        docs = np.searchsorted(self._bases, places.astype(self._bases.dtype), side="right") - 1
        return np.unique(docs).astype(np.int32)
