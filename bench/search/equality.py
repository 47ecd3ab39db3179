"""Whether our answers are Whoosh's, in however many segments its index stands.

Deleted pages are left out of this: a generation is written anew from the pages that there are. Whoosh weighs words by
deleted pages too and rounds the lengths of texts when it merges segments, so its own scores change with each.
"""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.corpus import Record
from bench.goals import equality
from bench.search.contest import Engine, same
from bench.search.product import Product, write_index
from bench.search.stock import Stock, write_stock

# Of Whoosh's index.
SEGMENTS = (1, 4)


def equality_lines(records: Sequence[Record], typed: Sequence[str], tasks: dict[str, str]) -> Iterator[str]:
    """Yield for each number of segments on how many queries the answers are the same.

    Args:
        records: the pages.
        typed: the queries.
        tasks: names of tasks, and the method of an engine that does each.
    """
    for segments in SEGMENTS:
        with tempfile.TemporaryDirectory() as name:
            root = Path(name)
            write_stock(root / "whoosh", records, segments)
            write_index(records, root / "product")
            ours, theirs = Product(root / "product"), Stock(root / "whoosh", exhaustive=True)
            equal = {task: count_equal(ours, theirs, method, typed) for task, method in tasks.items()}
        where = f"{len(records):,} pages, segments: {segments}"
        yield equality(len(typed), equal, where)


def count_equal(ours: Engine, theirs: Engine, method: str, typed: Sequence[str]) -> int:
    """Return how many answers are the same."""
    return sum(same(getattr(ours, method)(text), getattr(theirs, method)(text)) for text in typed)
