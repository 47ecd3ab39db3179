"""Latent semantic indexing: pages and queries as points in a small space learned from the site's own texts.

Words that occur in the same pages come to lie close together, so "heart attack" finds a page that only says
"myocardial infarction". Deerwester et al. 1990, "Indexing by latent semantic analysis". The matrix of BM25 weights,
each page scaled to length 1, is factorised by a randomised method: Halko, Martinsson and Tropp 2011, "Finding structure
with randomness".

Chosen on the development sets only (NFCorpus, MED, LiveQA; see docs/how-search-works.md): 200 dimensions.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse

from healthlib.search.arrays.files import mapped_arrays, write_arrays

Vector = npt.NDArray[np.float32]

DIMENSIONS = 200
# Extra columns and rounds of the randomised factorisation; more change nothing that ranking would notice.
_OVERSAMPLING, _ROUNDS = 20, 4
_K1, _B = 0.9, 0.4
# Stems whose places are kept in a worker's own memory.
_KEPT = 8192


class Meaning:
    """The learned space.

    Attributes:
        terms: stems in byte order, shape (t,), UTF-8.
        term_vectors: a vector for each stem, weighted by its inverse document frequency, shape (t, k), float32.
        page_vectors: a vector of length 1 for each page, shape (n, k), float32.
    """

    def __init__(self, terms: npt.NDArray[np.bytes_], term_vectors: Vector, page_vectors: Vector) -> None:
        self.terms = terms
        self.term_vectors = term_vectors
        # Made of the terms alone: it would hold this object and its files otherwise.
        self._place = lru_cache(_KEPT)(partial(_find, terms))
        # By columns: a product with a direction then adds up long runs of memory, in half the time.
        self.page_vectors: Vector = np.asfortranarray(page_vectors)

    @classmethod
    def learn(cls, pages: Iterable[Sequence[str]]) -> "Meaning":
        """Learn the space from the stems of each page, in the order of the pages."""
        counts, terms = _count(pages)
        documents, vocabulary = counts.shape
        dimensions = min(DIMENSIONS, documents // 2, vocabulary // 2)
        weights, idf = _bm25(counts)
        if dimensions < 1:
            empty = np.zeros((vocabulary, 1), np.float32)
            return cls(terms, empty, np.zeros((documents, 1), np.float32))
        left, strengths, right = _factorise(_unit_rows_sparse(weights), dimensions)
        return cls(terms, np.ascontiguousarray(right.T * idf[:, None]), _unit_rows(left * strengths))

    def save(self, directory: Path) -> None:
        """Write the arrays into a new directory."""
        write_arrays(directory, terms=self.terms, term_vectors=self.term_vectors, page_vectors=self.page_vectors)

    @classmethod
    def load(cls, directory: Path) -> "Meaning":
        """Memory-map what `save` wrote.

        Raises:
            OSError: when a file is missing.
        """
        return cls(*mapped_arrays(directory, "terms", "term_vectors", "page_vectors"))

    def vector(self, stems: Iterable[str]) -> Vector | None:
        """Return the direction of some stems, a vector of length 1, or None when none of them is known."""
        places = [place for place in map(self._place, stems) if place is not None]
        if not places:
            return None
        total: Vector = self.term_vectors[places].sum(axis=0)
        length = math.sqrt(total @ total)
        return total / np.float32(length) if length > 0 else None

    def similarity(self, vector: Vector) -> Vector:
        """Return the cosine of each page with a direction, shape (n,), from -1 to 1."""
        return self.page_vectors @ vector


def _find(terms: npt.NDArray[np.bytes_], stem: str) -> int | None:
    """Return the place of a stem, or None for one that is not known."""
    wanted = stem.encode("utf-8", "surrogatepass")
    place = int(np.searchsorted(terms, np.bytes_(wanted)))
    return place if place < len(terms) and terms[place] == wanted else None


def _count(pages: Iterable[Sequence[str]]) -> tuple[sparse.csr_matrix, npt.NDArray[np.bytes_]]:
    """Return how often each stem occurs on each page, shape (n, t), and the stems in byte order."""
    columns: dict[str, int] = {}
    indices: list[int] = []
    values: list[int] = []
    starts = [0]
    for stems in pages:
        for stem, number in Counter(stems).items():
            indices.append(columns.setdefault(stem, len(columns)))
            values.append(number)
        starts.append(len(indices))
    shape = (len(starts) - 1, len(columns))
    terms = np.array([stem.encode() for stem in columns], dtype=np.bytes_)
    order = np.argsort(terms, kind="stable")
    counts = sparse.csr_matrix((np.array(values, np.float32), indices, starts), shape=shape)
    return counts[:, order], terms[order]


def _bm25(counts: sparse.csr_matrix) -> tuple[sparse.csr_matrix, Vector]:
    """Return BM25 weights (Robertson and Zaragoza 2009) and inverse document frequencies."""
    documents = counts.shape[0]
    found = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = np.log1p((documents - found + 0.5) / (found + 0.5)).astype(np.float32)
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    damping = _K1 * (1 - _B + _B * lengths / max(1.0, float(lengths.mean() if documents else 1.0)))
    weights = counts.copy()
    rows = np.repeat(np.arange(documents), np.diff(counts.indptr))
    weights.data = counts.data * (_K1 + 1) / (counts.data + damping[rows]).astype(np.float32) * idf[counts.indices]
    return weights, idf


def _factorise(matrix: sparse.csr_matrix, dimensions: int) -> tuple[Vector, Vector, Vector]:
    """Return the leading singular vectors and values: shapes (n, k), (k,), (k, t)."""
    width = min(dimensions + _OVERSAMPLING, *matrix.shape)
    random = np.random.default_rng(0)
    basis = matrix @ random.standard_normal((matrix.shape[1], width), dtype=np.float32)
    for _ in range(_ROUNDS):
        basis = matrix @ (matrix.T @ np.linalg.qr(basis)[0])
    basis = np.linalg.qr(basis)[0]
    inner, strengths, right = np.linalg.svd((matrix.T @ basis).T, full_matrices=False)
    return (basis @ inner)[:, :dimensions], strengths[:dimensions], right[:dimensions]


def _unit_rows(matrix: Vector) -> Vector:
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.ascontiguousarray(matrix / np.maximum(lengths, 1e-9), dtype=np.float32)


def _unit_rows_sparse(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(lengths, 1e-9)).astype(np.float32) @ matrix)
