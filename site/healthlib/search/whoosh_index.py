"""The Whoosh index of a generation: what the posting lists come from, and what evaluates the trees that arrays cannot.

Whoosh's own collectors can drop right hits from a limited search (`collector.replace` swaps the matcher while it
ranks), so none is used: a matcher is walked to its end.
"""

import threading
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import index as engine_index
from whoosh import query as engine
from whoosh.scoring import BM25F
from whoosh.searching import SearchContext, Searcher

from healthlib.search.arrays.matches import Matches

# How soon a word's repeats stop counting, and how much long texts are held back; chosen on the development sets.
K1, B = 0.9, 0.4


class WhooshIndex:
    """An index that is opened when it is first asked; each thread gets a searcher of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._index: Any = None
        self._local = threading.local()
        self._searchers: list[Searcher] = []
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close every searcher; call it when no request uses the index any more."""
        with self._lock:
            for searcher in self._searchers:
                searcher.close()
            self._searchers.clear()
            if self._index is not None:
                self._index.close()

    def evaluate(self, tree: engine.Query) -> Matches:
        """Return every document that matches, with its BM25F score.

        Raises:
            OSError: when the index cannot be opened.
        """
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

    def _searcher(self) -> Searcher:
        searcher = getattr(self._local, "searcher", None)
        if searcher is None:
            with self._lock:
                searcher = self._local.searcher = self._opened().searcher(weighting=BM25F(B=B, K1=K1))
                self._searchers.append(searcher)
        return searcher

    def _opened(self) -> Any:
        if self._index is None:
            try:
                self._index = engine_index.open_dir(str(self._path), readonly=True)
            except engine_index.IndexError as error:
                raise OSError(f"{self._path}: {error}") from error
        return self._index
