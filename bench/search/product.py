"""The product's own engine: words, trees, arrays."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from whoosh import fields
from whoosh import query as engine

from bench.corpus import FACETS, Record
from bench.search.contest import TOP, Answer
from healthlib.search.analysis import stem, words
from healthlib.search.arrays.evaluate import Evaluator
from healthlib.search.arrays.matches import best
from healthlib.search.arrays.postings import Postings
from healthlib.search.arrays.sums import Sums, write_sums
from healthlib.search.bulk import BulkWriter
from healthlib.search.codec import ARRAYS
from healthlib.search.lexicon import Lexicon
from healthlib.search.positions import StemField
from healthlib.search.schema import Weight
from healthlib.search.whoosh_index import K1, B
from healthlib.search.words import make_word

PAGE = "benchmark"
FIELDS = (Weight("title", 2.0, ""), Weight("body", 1.0, ""))
_SUMS = "sums"


def write_index(records: Sequence[Record], directory: Path) -> None:
    """Write an index into a new directory, and the facets as codes."""
    directory.mkdir()
    writer = BulkWriter(fields.Schema(title=StemField(), body=StemField()), Lexicon())
    for record in records:
        writer.add_document({"title": record.title, "body": record.body})
    writer.commit(directory, K1, B)
    postings = Postings(directory / ARRAYS)
    boosts = {weight.field: weight.boost for weight in FIELDS}
    write_sums(directory / _SUMS, postings, boosts, np.arange(postings.documents))
    for place, facet in enumerate(FACETS):
        values, codes = np.unique([record.facets[place] for record in records], return_inverse=True)
        np.save(directory / f"facet_{facet}.npy", codes.astype(np.int16))
        np.save(directory / f"facet_{facet}_values.npy", values)


class Product:
    """What a worker of the site does with a query, up to the counted and ordered matches."""

    def __init__(self, directory: Path) -> None:
        self._evaluator = Evaluator(Postings(directory / ARRAYS), {PAGE: Sums(directory / _SUMS)})
        self._facets = [
            (np.load(directory / f"facet_{facet}.npy"), np.load(directory / f"facet_{facet}_values.npy").tolist())
            for facet in FACETS
        ]

    def any_word(self, text: str) -> Answer:
        """See `Engine`."""
        return self._answer(engine.Or, text)

    def all_words(self, text: str) -> Answer:
        """See `Engine`."""
        return self._answer(engine.And, text)

    def faceted(self, text: str) -> Answer:
        """See `Engine`."""
        return self._answer(engine.Or, text, facets=True)

    def _answer(
        self, together: Callable[[list[engine.Query]], engine.Query], text: str, facets: bool = False
    ) -> Answer:
        matches = self._evaluator.evaluate(together([make_word(stem(word.text), PAGE, FIELDS) for word in words(text)]))
        top = best(matches, TOP)
        counted = [_counted(codes[matches.docs], values) for codes, values in self._facets] if facets else []
        return Answer(list(zip(top.docs.tolist(), top.scores.tolist(), strict=True)), len(matches.docs), counted)


def _counted(codes: np.ndarray, values: list[str]) -> dict[str, int]:
    counts = np.bincount(codes, minlength=len(values)).tolist()
    return {value: count for value, count in zip(values, counts, strict=True) if count}
