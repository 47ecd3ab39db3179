"""Latent semantic indexing: pages and queries as points in a small space learned from the site's own texts.

Words that occur in the same pages come to lie close together, so "heart attack" finds a page that only says
"myocardial infarction". Deerwester et al. 1990, "Indexing by latent semantic analysis". The matrix of BM25 weights,
each page scaled to length 1, is factorised by a randomised method: Halko, Martinsson and Tropp 2011, "Finding structure
with randomness".

Chosen on the development sets only (NFCorpus, MED, LiveQA; see docs/how-search-works.md): 200 dimensions.
"""

import math
from collections.abc import Iterable
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import linalg, sparse

from healthlib.search.arrays.files import mapped_arrays, write_arrays
from healthlib.search.arrays.invert import changes
from healthlib.search.lexicon import BREAK, Texts

Vector = npt.NDArray[np.float32]

DIMENSIONS = 200
# Extra columns and rounds of the randomised factorisation; more change nothing that ranking would notice.
_OVERSAMPLING, _ROUNDS = 20, 4
_K1, _B = 0.9, 0.4
# Pages whose words are counted at once.
_AT_ONCE = 4096
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
    def learn(cls, texts: Texts) -> "Meaning":
        """Learn the space from the words of each page, in the order of the pages."""
        counts, terms = _count(texts)
        documents, vocabulary = counts.shape
        dimensions = min(DIMENSIONS, documents // 2, vocabulary // 2)
        idf = _weigh(counts)
        if dimensions < 1:
            empty = np.zeros((vocabulary, 1), np.float32)
            return cls(terms, empty, np.zeros((documents, 1), np.float32))
        left, strengths, right = _factorise(_unit_rows_sparse(counts), dimensions)
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


def _count(texts: Texts) -> tuple[sparse.csr_matrix, npt.NDArray[np.bytes_]]:
    """Return how often each stem occurs on each page, shape (n, t), and the stems in byte order."""
    stems = texts.lexicon.stems()
    size = max(1, len(stems.texts))
    columns, counts = [np.empty(0, np.int32)], [np.empty(0, np.float32)]
    lengths = [np.zeros(1, np.int64)]
    for first in range(0, len(texts), _AT_ONCE):
        starts = texts.starts[first : first + _AT_ONCE + 1]
        words = texts.numbers[starts[0] : starts[-1]]
        pages = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        found = (pages * size + stems.places[words])[words != BREAK]
        found.sort()
        heads = np.flatnonzero(changes(found))
        columns.append((found[heads] % size).astype(np.int32))
        counts.append(np.diff(np.append(heads, len(found))).astype(np.float32))
        lengths.append(np.bincount(found[heads] // size, minlength=len(starts) - 1))
    places = np.concatenate(columns)
    used = np.flatnonzero(np.bincount(places, minlength=size))
    renumbered = np.zeros(size, np.int32)
    renumbered[used] = np.arange(len(used))
    cells = (np.concatenate(counts), renumbered[places], np.cumsum(np.concatenate(lengths)))
    terms = np.array([stems.texts[place] for place in used.tolist()], dtype=np.bytes_)
    return sparse.csr_matrix(cells, shape=(len(texts), len(used))), terms


def _weigh(counts: sparse.csr_matrix) -> Vector:
    """Put BM25 weights (Robertson and Zaragoza 2009) in place of counts; return inverse document frequencies."""
    documents = counts.shape[0]
    found = np.bincount(counts.indices, minlength=counts.shape[1])
    idf: Vector = np.log1p((documents - found + 0.5) / (found + 0.5)).astype(np.float32)
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    damping = _K1 * (1 - _B + _B * lengths / max(1.0, float(lengths.mean() if documents else 1.0)))
    rows = np.repeat(np.arange(documents), np.diff(counts.indptr))
    counts.data = counts.data * (_K1 + 1) / (counts.data + damping[rows]).astype(np.float32) * idf[counts.indices]
    return idf


def _factorise(matrix: sparse.csr_matrix, dimensions: int) -> tuple[Vector, Vector, Vector]:
    """Return the leading singular vectors and values: shapes (n, k), (k,), (k, t)."""
    width = min(dimensions + _OVERSAMPLING, *matrix.shape)
    random = np.random.default_rng(0)
    basis = matrix @ random.standard_normal((matrix.shape[1], width), dtype=np.float32)
    for _ in range(_ROUNDS):
        basis = matrix @ (matrix.T @ _orthonormal(basis))
    basis = _orthonormal(basis)
    projected = matrix.T @ basis
    # The directions of so few columns are those of their products with each other, which is a small matrix.
    squares, inner = np.linalg.eigh(projected.T.astype(np.float64) @ projected)
    best = np.argsort(-squares, kind="stable")[:dimensions]
    strengths = np.sqrt(np.maximum(squares[best], 0)).astype(np.float32)
    chosen = inner[:, best].astype(np.float32)
    return basis @ chosen, strengths, (projected @ chosen / np.maximum(strengths, 1e-9)).T


def _orthonormal(columns: Vector) -> Vector:
    """Return directions at right angles that span the same space; numpy's own would work in twice the precision."""
    basis: Vector = linalg.qr(columns, overwrite_a=True, mode="economic", check_finite=False)[0]
    return basis


def _unit_rows(matrix: Vector) -> Vector:
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.ascontiguousarray(matrix / np.maximum(lengths, 1e-9), dtype=np.float32)


def _unit_rows_sparse(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(lengths, 1e-9)).astype(np.float32) @ matrix)
