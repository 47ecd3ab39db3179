"""Engines that are installed for benchmarks only: tantivy (Rust) and bm25s (numpy). Each is skipped where it is not."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.corpus import FACETS, Record
from bench.search.contest import TOP, Answer, SkippedError
from healthlib.search.analysis import stem, words

try:
    import tantivy
except ImportError:
    tantivy = None
try:
    import bm25s
except ImportError:
    bm25s = None

_INSTALL = "not installed: script/setup requirements-bench.txt"
_TITLE_TWICE = {"title": 2.0}
_AGGREGATIONS = {facet: {"terms": {"field": facet, "size": 1000}} for facet in FACETS}


class Tantivy:
    """An index of one segment, its English stemmer, facets as fast fields."""

    def __init__(self, directory: Path, records: Iterable[Record]) -> None:
        """Write and open the index.

        Raises:
            SkippedError: when tantivy is not installed.
        """
        if tantivy is None:
            raise SkippedError(_INSTALL)
        directory.mkdir()
        schema = tantivy.SchemaBuilder()
        for name in ("title", "body"):
            schema.add_text_field(name, tokenizer_name="en_stem")
        for facet in FACETS:
            schema.add_text_field(facet, fast=True, tokenizer_name="raw")
        self._index = tantivy.Index(schema.build(), path=str(directory))
        writer = self._index.writer(256_000_000, 1)
        for record in records:
            facets = dict(zip(FACETS, record.facets, strict=True))
            writer.add_document(tantivy.Document(title=record.title, body=record.body, **facets))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def any_word(self, text: str) -> Answer:
        """See `Engine`."""
        return self._answer(self._query(text))

    def all_words(self, text: str) -> Answer:
        """See `Engine`."""
        return self._answer(self._query(text, every=True))

    def faceted(self, text: str) -> Answer:
        """See `Engine`."""
        query = self._query(text)
        groups = self._searcher.aggregate(query, _AGGREGATIONS)
        counts = [{one["key"]: one["doc_count"] for one in groups[facet]["buckets"]} for facet in FACETS]
        answer = self._answer(query)
        return Answer(answer.top, answer.count, counts)

    def _query(self, text: str, every: bool = False) -> Any:
        plain = " ".join(word.text for word in words(text))
        return self._index.parse_query(plain, ["title", "body"], _TITLE_TWICE, conjunction_by_default=every)

    def _answer(self, query: Any) -> Answer:
        found = self._searcher.search(query, TOP, count=True)
        return Answer([(address.doc, score) for score, address in found.hits], found.count)


class Bm25s:
    """BM25 in numpy over one field that has the title twice; it knows neither counts, AND nor facets."""

    def __init__(self, records: Iterable[Record]) -> None:
        """Index the records.

        Raises:
            SkippedError: when bm25s is not installed.
        """
        if bm25s is None:
            raise SkippedError(_INSTALL)
        texts = (f"{record.title} {record.title} {record.body}" for record in records)
        self._index = bm25s.BM25(method="lucene")
        self._index.index([[stem(word.text) for word in words(text)] for text in texts], show_progress=False)

    def any_word(self, text: str) -> Answer:
        """See `Engine`."""
        tokens = [[stem(word.text) for word in words(text)]]
        docs, scores = self._index.retrieve(tokens, k=TOP, show_progress=False, n_threads=0)
        return Answer(list(zip(docs[0].tolist(), scores[0].tolist(), strict=True)))
