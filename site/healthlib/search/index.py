"""The index of a generation: written once by a build, then evaluated exhaustively, so that scores and counts are exact.

`arrays/` holds the posting lists in the form that is searched, and what hits show. Whoosh itself reads them through
`codec.py`, and is opened only for a tree that arrays cannot evaluate.
"""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
from whoosh import query as engine

from healthlib.search.arrays.evaluate import Evaluator, UnsupportedError
from healthlib.search.arrays.files import mapped
from healthlib.search.arrays.matches import Docs, Matches
from healthlib.search.arrays.postings import Postings
from healthlib.search.arrays.stored import Stored, StoredFields, StoredWriter
from healthlib.search.bulk import BulkWriter
from healthlib.search.codec import ARRAYS
from healthlib.search.documents import NOT_A_PAGE, Document
from healthlib.search.lexicon import Lexicon
from healthlib.search.schema import make_schema
from healthlib.search.whoosh_index import K1, B, WhooshIndex

COLUMNS = "columns.npy"
_COLUMN_TYPE = np.dtype([("type", "i1"), ("updated", "i4"), ("review_due", "i4"), ("title", "i4")])


def write_index(path: Path, documents: Iterable[Document], lexicon: Lexicon | None = None) -> int:
    """Write a new index into an empty directory.

    Args:
        path: the directory, made here.
        documents: each page, followed by its sections.
        lexicon: cuts texts into words; given where other parts of a build need their words too.

    Returns:
        The number of documents.
    """
    path.mkdir()
    schema = make_schema()
    writer = BulkWriter(schema, lexicon or Lexicon())
    rows = []
    titles = []
    with StoredWriter(path) as stored:
        for document in documents:
            writer.add_document(document.values)
            stored.add(document.stored)
            rows.append((document.type, document.updated, document.review_due, 0))
            titles.append(document.title.casefold())
    writer.commit(path, K1, B)
    columns = np.array(rows, dtype=_COLUMN_TYPE)
    columns["title"] = np.unique(np.array(titles, dtype=object), return_inverse=True)[1] if titles else 0
    np.save(path / COLUMNS, columns)
    return len(rows)


class Index:
    """An opened index; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Open the index.

        Raises:
            OSError: when it cannot be opened.
        """
        self._columns = mapped(path / COLUMNS)
        self._evaluator = Evaluator(Postings(path / ARRAYS))
        self._stored = StoredFields(path)
        self._whoosh = WhooshIndex(path)

    def close(self) -> None:
        """Close all files; call it when no request uses the index any more."""
        self._stored.close()
        self._whoosh.close()

    @property
    def documents(self) -> int:
        """How many documents there are, pages and sections."""
        return len(self._columns)

    @cached_property
    def page_docs(self) -> Docs:
        """The documents that are pages, ascending: shape (pages,)."""
        return np.flatnonzero(self.types != NOT_A_PAGE).astype(np.int32)

    @cached_property
    def places(self) -> npt.NDArray[np.intp]:
        """For each document the place of its page among the pages: shape (documents,)."""
        return np.cumsum(self.types != NOT_A_PAGE) - 1

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

    def evaluate(self, tree: engine.Query) -> Matches:
        """Return every document that matches, with its BM25F score."""
        try:
            return self._evaluator.evaluate(tree)
        except UnsupportedError:
            return self._whoosh.evaluate(tree)

    def evaluate_among(self, tree: engine.Query, docs: Docs) -> Matches:
        """Return those of some documents, ascending, that match, with their scores."""
        try:
            return self._evaluator.among(tree, docs)
        except UnsupportedError:
            found = self._whoosh.evaluate(tree)
            kept = np.isin(found.docs, docs)
            return Matches(found.docs[kept], found.scores[kept])

    def sections_of(self, pages: Docs) -> Docs:
        """Return the sections of some pages, which stand behind each: ascending."""
        places = np.searchsorted(self.page_docs, pages)
        ends = np.append(self.page_docs, self.documents)[places + 1]
        ranges = [np.arange(page + 1, end, dtype=np.int32) for page, end in zip(pages, ends, strict=True)]
        return np.sort(np.concatenate(ranges)) if ranges else np.empty(0, np.int32)

    def page_of(self, section: int) -> int:
        """Return the page that a section belongs to; a page is its own."""
        return int(self.page_docs[np.searchsorted(self.page_docs, section, side="right") - 1])

    def stored(self, doc: int) -> Stored:
        """Return what a hit shows of a document."""
        return self._stored.get(doc)
