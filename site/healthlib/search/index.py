"""The Whoosh index of a generation: written once, then evaluated exhaustively, so that scores and counts are exact.

Whoosh's own collectors can drop right hits from a limited search (`collector.replace` swaps the matcher while it
ranks), so none is used: a matcher is walked to its end and ranking is done on arrays.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
from whoosh import index as engine_index
from whoosh import query as engine
from whoosh.filedb.filestore import FileStorage
from whoosh.scoring import BM25F
from whoosh.searching import SearchContext, Searcher

from healthlib.search.documents import NOT_A_PAGE, Document
from healthlib.search.schema import make_schema

Docs = npt.NDArray[np.int32]
Scores = npt.NDArray[np.float64]

# How soon a word's repeats stop counting, and how much long texts are held back; chosen on the development sets.
K1, B = 0.9, 0.4

COLUMNS = "columns.npy"
_COLUMN_TYPE = np.dtype([("type", "i1"), ("updated", "i4"), ("review_due", "i4"), ("title", "i4")])


@dataclass(frozen=True)
class Matches:
    """Documents that match a tree, in ascending order (int32), and their scores (float64), both of shape (n,)."""

    docs: Docs
    scores: Scores


def write_index(path: Path, documents: Iterable[Document]) -> int:
    """Write a new index into an empty directory.

    Returns:
        The number of documents.
    """
    path.mkdir()
    writer = FileStorage(str(path)).create_index(make_schema()).writer(limitmb=256)
    rows = []
    titles = []
    for document in documents:
        writer.add_document(**document.values)
        rows.append((document.type, document.updated, document.review_due, 0))
        titles.append(document.title.casefold())
    writer.commit(optimize=True)
    columns = np.array(rows, dtype=_COLUMN_TYPE)
    columns["title"] = np.unique(np.array(titles, dtype=object), return_inverse=True)[1] if titles else 0
    np.save(path / COLUMNS, columns)
    return len(rows)


class Index:
    """An opened index; safe to share between threads, because each gets a Whoosh searcher of its own."""

    def __init__(self, path: Path) -> None:
        """Open the index.

        Raises:
            OSError: when it cannot be opened.
        """
        try:
            self._index = engine_index.open_dir(str(path), readonly=True)
        except engine_index.IndexError as error:
            raise OSError(f"{path}: {error}") from error
        self._columns = np.load(path / COLUMNS, mmap_mode="r")
        self._local = threading.local()
        self._searchers: list[Searcher] = []
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close every searcher; call it when no request uses the index any more."""
        with self._lock:
            for searcher in self._searchers:
                searcher.close()
            self._searchers.clear()
            self._index.close()

    @property
    def documents(self) -> int:
        """How many documents there are, pages and sections."""
        return len(self._columns)

    @cached_property
    def page_docs(self) -> Docs:
        """The documents that are pages, ascending: shape (pages,)."""
        return np.flatnonzero(self.types != NOT_A_PAGE).astype(np.int32)

    @property
    def types(self) -> npt.NDArray[np.int8]:
        """For each document the rank of its page type, or NOT_A_PAGE: shape (documents,)."""
        column: npt.NDArray[np.int8] = self._columns["type"]
        return column

    @property
    def updated(self) -> Docs:
        """For each document the day its page was updated, as an ordinal: shape (documents,)."""
        column: Docs = self._columns["updated"]
        return column

    @property
    def review_due(self) -> Docs:
        """For each document the day its page must be reviewed, as an ordinal: shape (documents,)."""
        column: Docs = self._columns["review_due"]
        return column

    @property
    def titles(self) -> Docs:
        """For each document its page's place in the A to Z: shape (documents,)."""
        column: Docs = self._columns["title"]
        return column

    def _searcher(self) -> Searcher:
        searcher = getattr(self._local, "searcher", None)
        if searcher is None:
            searcher = self._local.searcher = self._index.searcher(weighting=BM25F(B=B, K1=K1))
            with self._lock:
                self._searchers.append(searcher)
        return searcher

    def evaluate(self, tree: engine.Query) -> Matches:
        """Return every document that matches, with its BM25F score."""
        searcher = self._searcher()
        docs: list[int] = []
        scores: list[float] = []
        tree = tree.normalize()
        for leaf, offset in searcher.leaf_searchers():
            matcher = tree.matcher(leaf, SearchContext(weighting=searcher.weighting))
            while matcher.is_active():
                docs.append(matcher.id() + offset)
                scores.append(matcher.score())
                matcher.next()
        return Matches(np.array(docs, dtype=np.int32), np.array(scores, dtype=np.float64))

    def stored(self, doc: int) -> dict[str, object]:
        """Return the stored fields of a document."""
        fields: dict[str, object] = self._searcher().stored_fields(doc)
        return fields
