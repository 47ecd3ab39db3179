"""What a word is worth in a document over all fields together, added up at build time.

A word of a query is looked up in eight fields of a page. Their posting lists are joined here, each with its field's
factor, so that a search reads one list for a word and adds nothing up. The arrays of a directory, beside its terms:

    starts   (T + 1,) int64    where each word's documents begin
    numbers  (P,)     int32    the documents of a word, ascending, as they are numbered here
    scores   (P,)     float32  what the word is worth in each: the sum over fields
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse

from healthlib.search.arrays.files import mapped_arrays, write_arrays
from healthlib.search.arrays.matches import Docs, Part
from healthlib.search.arrays.postings import Postings
from healthlib.search.arrays.terms import TermTable, write_terms

_ARRAYS = ("starts", "numbers", "scores")


def write_sums(directory: Path, postings: Postings, boosts: Mapping[str, float], places: npt.NDArray[np.intp]) -> None:
    """Write the lists of some fields as one into a new directory.

    Args:
        directory: made here.
        postings: the posting lists of the fields.
        boosts: the fields, and the factor of each.
        places: for each document of the index how it is numbered here; ascending, as posting lists are.
    """
    texts = sorted({text for field in boosts for text in _texts(postings, field)})
    rows = {text: row for row, text in enumerate(texts)}
    shape = (len(texts), int(places.max(initial=-1)) + 1)
    total = sparse.csr_matrix(shape)
    for field, boost in boosts.items():
        terms = postings.terms.starting(postings.key(field, ""))
        lengths = np.zeros(len(texts), np.int64)
        lengths[[rows[text] for text in _texts(postings, field)]] = np.diff(postings.bounds(terms))
        part = postings.run(terms, boost)
        scores = part.impacts * np.float64(part.boost)
        total = total + sparse.csr_matrix((scores, places[part.docs], np.append(0, lengths.cumsum())), shape)
    write_arrays(
        directory,
        starts=total.indptr.astype(np.int64),
        numbers=total.indices.astype(np.int32),
        scores=total.data.astype(np.float32),
    )
    write_terms(directory, texts)


def _texts(postings: Postings, field: str) -> Iterator[bytes]:
    return (postings.terms.key(term)[1:] for term in postings.terms.starting(postings.key(field, "")))


class Sums:
    """The lists that `write_sums` wrote; safe to share between threads and processes.

    Attributes:
        docs: the document of each number, or None where documents have their own numbers.
    """

    def __init__(self, directory: Path, docs: Docs | None = None) -> None:
        """Map the arrays.

        Raises:
            OSError: when a file is missing.
        """
        self._terms = TermTable(directory)
        starts, self._numbers, self._scores = mapped_arrays(directory, *_ARRAYS)
        self._starts = starts.data
        self.docs = docs

    def find(self, stem: str) -> int | None:
        """Return the place of a word, or None when no document has it."""
        # A lone surrogate can be typed, but stands in no page.
        return self._terms.find(stem.encode("utf-8", "surrogatepass"))

    def part(self, word: int, boost: float = 1.0) -> Part:
        """Return a word's list; its documents are numbered as here."""
        start, end = self._starts[word], self._starts[word + 1]
        return Part(self._numbers[start:end], self._scores[start:end], boost)

    def together(self, stems: Sequence[str]) -> bool:
        """Whether any document has all of some words."""
        words = [self.find(stem) for stem in stems]
        known = [self.part(word).docs for word in words if word is not None]
        if len(known) < len(words):
            return False
        known.sort(key=len)
        left = known[0]
        for docs in known[1:]:
            left = left[docs.take(docs.searchsorted(left), mode="clip") == left]
        return len(left) > 0

    def of_docs(self, word: int, boost: float) -> Part:
        """Return a word's list with the numbers that documents have in the index."""
        part = self.part(word, boost)
        return part if self.docs is None else part._replace(docs=self.docs[part.docs])
