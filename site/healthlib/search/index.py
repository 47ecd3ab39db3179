"""The index of a generation: written once by a build, then evaluated exhaustively, so that scores and counts are exact.

`arrays/` holds the posting lists in the form that is searched, and what hits show. Whoosh itself reads them through
`codec.py`, and is opened only for a tree that arrays cannot evaluate.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt
from whoosh import query as engine

from healthlib.search.arrays.evaluate import Evaluator, UnsupportedError
from healthlib.search.arrays.files import mapped
from healthlib.search.arrays.matches import Docs, Matches, Part
from healthlib.search.arrays.postings import Postings
from healthlib.search.arrays.stored import StoredFields, StoredWriter
from healthlib.search.arrays.sums import Sums, write_sums
from healthlib.search.bulk import BulkWriter
from healthlib.search.codec import ARRAYS
from healthlib.search.documents import NOT_A_PAGE, Document
from healthlib.search.entries import Entries
from healthlib.search.lexicon import Lexicon
from healthlib.search.passages import Passages, PassageWriter
from healthlib.search.schema import FIELDS_OF, PAGE, SECTION, make_schema
from healthlib.search.whoosh_index import K1, B, WhooshIndex
from healthlib.search.words import AnyPhrase, Word, phrase_tree

COLUMNS = "columns.npy"
SUMS = "sums"
PASSAGES = "passages"
_NOWHERE = Part(np.empty(0, np.int32), np.empty(0, np.float32), 1.0)
# Phrases of the vocabulary whose pages are kept in a worker's own memory: 12 bytes a page that has them.
_KEPT = 512
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
    with StoredWriter(path) as stored, PassageWriter(path / PASSAGES) as passages:
        for document in documents:
            writer.add_document(document.values)
            stored.add(document.stored)
            passages.add(document.shown)
            rows.append((document.type, document.updated, document.review_due, 0))
            titles.append(document.title.casefold())
    writer.commit(path, K1, B)
    columns = np.array(rows, dtype=_COLUMN_TYPE)
    columns["title"] = np.unique(np.array(titles, dtype=object), return_inverse=True)[1] if titles else 0
    np.save(path / COLUMNS, columns)
    _write_sums(path, columns["type"] != NOT_A_PAGE)
    return len(rows)


def _write_sums(path: Path, is_page: npt.NDArray[np.bool_]) -> None:
    """Add up the lists of the fields of pages, numbered by page, and those of sections."""
    postings = Postings(path / ARRAYS)
    for kind, places in ((PAGE, np.cumsum(is_page) - 1), (SECTION, np.arange(len(is_page)))):
        boosts = {weight.field: weight.boost for weight in FIELDS_OF[kind]}
        write_sums(path / f"{SUMS}-{kind}", postings, boosts, places)


def _phrase(evaluator: Evaluator, words: Sums, page_docs: Docs, tree: AnyPhrase) -> Part:
    """Return the pages that have a phrase, as places; most phrases have a word that is on none of the pages."""
    if not words.together(tree.stems):
        return _NOWHERE
    found = evaluator.evaluate(tree)
    return Part(page_docs.searchsorted(found.docs).astype(np.int32), found.scores, 1.0)


class Index:
    """An opened index; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Open the index.

        Raises:
            OSError: when it cannot be opened.
        """
        self._columns = mapped(path / COLUMNS)
        self.page_docs = page_docs = np.flatnonzero(self.types != NOT_A_PAGE).astype(np.int32)
        self._ends = np.append(self.page_docs, np.int32(len(self._columns))).data
        self._words = words = Sums(path / f"{SUMS}-{PAGE}", page_docs)
        sums = {PAGE: words, SECTION: Sums(path / f"{SUMS}-{SECTION}")}
        self._evaluator = evaluator = Evaluator(Postings(path / ARRAYS), sums)
        # Made of what does not know this index, which would hold itself otherwise.
        self._known = lru_cache(_KEPT)(lambda stems: _phrase(evaluator, words, page_docs, phrase_tree(stems)))
        self._stored = StoredFields(path)
        self.entries = Entries(self._stored)
        self.passages = Passages(path / PASSAGES)
        self._whoosh = WhooshIndex(path)

    def close(self) -> None:
        """Close all files; call it when no request uses the index any more."""
        self._stored.close()
        self._whoosh.close()

    @property
    def documents(self) -> int:
        """How many documents there are, pages and sections."""
        return len(self._columns)

    @property
    def types(self) -> npt.NDArray[np.int8]:
        """For each document the rank of its page type, or NOT_A_PAGE: shape (documents,)."""
        column: npt.NDArray[np.int8] = self._columns["type"]
        return column

    @cached_property
    def page_types(self) -> npt.NDArray[np.int8]:
        """For each page the rank of its type: shape (pages,), as those below."""
        return self.types[self.page_docs]

    @cached_property
    def updated(self) -> Docs:
        """For each page the day it was updated, as an ordinal."""
        return self._of_pages("updated")

    @cached_property
    def review_due(self) -> Docs:
        """For each page the day it must be reviewed, as an ordinal."""
        return self._of_pages("review_due")

    @cached_property
    def first_due(self) -> int:
        """The day on which the first page must be reviewed, as an ordinal."""
        return int(self.review_due.min(initial=np.iinfo(np.int32).max))

    @cached_property
    def titles(self) -> Docs:
        """For each page its place in the A to Z."""
        return self._of_pages("title")

    def _of_pages(self, column: str) -> Docs:
        values: Docs = self._columns[column][self.page_docs]
        return values

    def evaluate(self, tree: engine.Query) -> Matches:
        """Return every document that matches, with its BM25F score."""
        try:
            return self._evaluator.evaluate(tree)
        except UnsupportedError:
            return self._whoosh.evaluate(tree)

    def placed(self, tree: engine.Query) -> Part:
        """Return every page that matches, as places among the pages, ascending, with its score.

        Most trees are words, whose lists need nothing done, or phrases of which no page has all words.
        """
        if isinstance(tree, Word) and tree.kind == PAGE:
            word = self._words.find(tree.stem)
            return _NOWHERE if word is None else self._words.part(word)
        if isinstance(tree, AnyPhrase):
            return _phrase(self._evaluator, self._words, self.page_docs, tree)
        found = self.evaluate(tree)
        if not len(found.docs):
            return _NOWHERE
        return Part(self.page_docs.searchsorted(found.docs).astype(np.int32), found.scores, 1.0)

    def known(self, tree: engine.Query) -> Part:
        """Return the same as `placed` for a phrase of our vocabulary, never for what a reader typed: it is kept."""
        return self._known(tree.stems) if isinstance(tree, AnyPhrase) else self.placed(tree)

    def evaluate_among(self, tree: engine.Query, docs: Docs) -> Matches:
        """Return those of some documents, ascending, that match, with their scores."""
        try:
            return self._evaluator.among(tree, docs)
        except UnsupportedError:
            found = self._whoosh.evaluate(tree)
            kept = np.isin(found.docs, docs)
            return Matches(found.docs[kept], found.scores[kept])

    def sections_of(self, pages: Sequence[int]) -> Docs:
        """Return the sections of some page documents, which stand behind each: ascending."""
        places = self.page_docs.searchsorted(pages).tolist()
        ranges = [range(page + 1, self._ends[place + 1]) for page, place in zip(pages, places, strict=True)]
        return np.array(sorted(chain.from_iterable(ranges)), np.int32)

    def pages_of(self, docs: Docs) -> list[int]:
        """Return for each of some documents the page that it belongs to; a page is its own."""
        pages: list[int] = self.page_docs[self.page_docs.searchsorted(docs, side="right") - 1].tolist()
        return pages
