"""Whether our answers are Whoosh's: on an index of one segment, and on one of several with pages deleted."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from whoosh import index as stock

from bench.corpus import Record
from bench.goals import equality
from bench.search.contest import Engine, same
from bench.search.product import Product, write_arrays
from bench.search.stock import Stock, write_stock

# Segments, and of how many pages one is deleted (0: none is).
SHAPES = ((1, 0), (4, 20))


def equality_lines(records: Sequence[Record], typed: Sequence[str], tasks: dict[str, str]) -> Iterator[str]:
    """Yield for each shape of an index on how many queries the answers are the same.

    Args:
        records: the pages.
        typed: the queries.
        tasks: names of tasks, and the method of an engine that does each.
    """
    for segments, spared in SHAPES:
        deleted = range(0, len(records), spared) if spared else range(0)
        with tempfile.TemporaryDirectory() as name:
            root = Path(name)
            write_stock(root / "whoosh", records, segments, deleted)
            with stock.open_dir(str(root / "whoosh"), readonly=True).reader() as reader:
                write_arrays(reader, records, root / "arrays")
            ours, theirs = Product(root / "arrays"), Stock(root / "whoosh", exhaustive=True)
            equal = {task: count_equal(ours, theirs, method, typed) for task, method in tasks.items()}
        where = f"{len(records):,} pages, segments: {segments}, deleted: {len(deleted):,}"
        yield equality(len(typed), equal, where)


def count_equal(ours: Engine, theirs: Engine, method: str, typed: Sequence[str]) -> int:
    """Return how many answers are the same."""
    return sum(same(getattr(ours, method)(text), getattr(theirs, method)(text)) for text in typed)
