"""Whoosh itself, on an index of the same words: exhaustively, and as it comes."""

from collections.abc import Sequence
from pathlib import Path

from whoosh import fields, sorting
from whoosh import index as stock
from whoosh.filedb.filestore import FileStorage
from whoosh.qparser import AndGroup, MultifieldParser, OrGroup
from whoosh.qparser.plugins import WhitespacePlugin
from whoosh.scoring import BM25F

from bench.corpus import FACETS, Record
from bench.search.contest import TOP, Answer
from healthlib.search.analysis import LineAnalyzer, words
from healthlib.search.positions import StemField
from healthlib.search.whoosh_index import K1, B


def write_stock(path: Path, records: Sequence[Record], segments: int = 1) -> None:
    """Write a Whoosh index of some records into a new directory.

    Args:
        path: the directory.
        records: the pages.
        segments: how many segments they stand in.
    """
    path.mkdir()
    schema = fields.Schema(title=StemField(), body=StemField())
    for facet in FACETS:
        schema.add(facet, fields.TEXT(analyzer=LineAnalyzer(), phrase=False, sortable=True))
    index = FileStorage(str(path)).create_index(schema)
    size = -(-len(records) // segments) or 1
    for start in range(0, len(records), size):
        writer = index.writer(limitmb=256)
        for record in records[start : start + size]:
            facets = dict(zip(FACETS, record.facets, strict=True))
            writer.add_document(title=record.title, body=record.body, **facets)
        writer.commit(optimize=segments == 1, merge=segments == 1)


class Stock:
    """A searcher of Whoosh and its parser; other plugins are left out, they would only cost time."""

    def __init__(self, path: Path, exhaustive: bool) -> None:
        index = stock.open_dir(str(path), readonly=True)
        self._searcher = index.searcher(weighting=BM25F(B=B, K1=K1))
        self._limit = None if exhaustive else TOP
        self._parsers = {
            group: MultifieldParser(
                ["title", "body"], index.schema, {"title": 2.0}, group=group, plugins=[WhitespacePlugin()]
            )
            for group in (OrGroup, AndGroup)
        }

    def any_word(self, text: str) -> Answer:
        """See `Engine`."""
        return self._answer(OrGroup, text)

    def all_words(self, text: str) -> Answer:
        """See `Engine`."""
        return self._answer(AndGroup, text)

    def faceted(self, text: str) -> Answer:
        """See `Engine`."""
        return self._answer(OrGroup, text, facets=True)

    def _answer(self, group: type, text: str, facets: bool = False) -> Answer:
        tree = self._parsers[group].parse(" ".join(word.text for word in words(text)))
        grouped = {facet: sorting.FieldFacet(facet, maptype=sorting.Count) for facet in FACETS} if facets else None
        results = self._searcher.search(tree, limit=self._limit, groupedby=grouped)
        top = [(hit.docnum, hit.score) for hit in results[:TOP]]
        counted = [dict(results.groups(facet)) for facet in FACETS] if facets else []
        return Answer(top, len(results), counted)
