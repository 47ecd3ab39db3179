"""`script/bench search`: one table, ratios to the product, and whether its answers are Whoosh's."""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from bench.corpus import Record, grown, queries, read_medquad
from bench.goals import beside_rivals
from bench.report import machine, table, write_between
from bench.search.contest import Engine, SkippedError
from bench.search.equality import count_equal, equality_lines
from bench.search.others import Bm25s, Tantivy
from bench.search.product import Product, write_index
from bench.search.sqlite import Sqlite, write_sqlite
from bench.search.stock import Stock, write_stock
from bench.timing import Spread, measure
from healthlib.config import ROOT

MEDQUAD = ROOT.parent / "shared" / "data" / "originals" / "medquad_answered.jsonl.gz"
DOCUMENT = ROOT / "docs" / "performance.md"
OURS, EXHAUSTIVE, SHIPPED = "ours", "Whoosh exhaustive", "Whoosh as shipped"
TASKS = {"OR + count": "any_word", "AND + count": "all_words", "OR + 3 facets": "faceted"}
QUICK, FULL = (1_000,), (16_411, 50_000)


@dataclass(frozen=True)
class Result:
    """What was measured at one size.

    Attributes:
        pages: how many pages there were.
        spreads: by task and engine.
        checked, equal: for each task how many answers were compared with Whoosh's, and how many are the same.
        skipped: engines that did not take part, each with the reason.
    """

    pages: int
    spreads: Mapping[str, Mapping[str, Spread]]
    checked: int
    equal: Mapping[str, int]
    skipped: Mapping[str, str]

    def named(self) -> dict[str, Any]:
        """Return all figures by name."""
        spreads = {
            task: {name: spread.named() for name, spread in engines.items()} for task, engines in self.spreads.items()
        }
        return {
            "pages": self.pages,
            "milliseconds": spreads,
            "checked": self.checked,
            "equal": dict(self.equal),
            "skipped": dict(self.skipped),
        }


@click.command()
@click.option("--quick", is_flag=True, help="1,000 pages and few queries: under a minute.")
@click.option("--pages", "sizes", type=int, multiple=True, help="Other numbers of pages, such as 16411.")
@click.option("--asked", type=int, default=150, show_default=True, help="How many queries.")
@click.option("--corpus", type=click.Path(path_type=Path), default=MEDQUAD, help="MedQuAD, as JSON lines with gzip.")
@click.option("--json", "json_path", type=click.Path(path_type=Path), help="Write the figures to this file too.")
@click.option("--rivals-only", is_flag=True, help="Leave Whoosh out: it takes most of the time, and checks answers.")
@click.option("--checked", type=int, default=40, show_default=True, help="Queries compared on several segments too.")
@click.option("--equal-only", is_flag=True, help="Compare answers with Whoosh's and leave times out.")
@click.option("--write", is_flag=True, help="Put the tables into docs/performance.md.")
def search(  # noqa: PLR0913, PLR0917, one parameter an option
    quick: bool,
    sizes: tuple[int, ...],
    asked: int,
    corpus: Path,
    json_path: Path | None,
    rivals_only: bool,
    checked: int,
    equal_only: bool,
    write: bool,
) -> None:
    """Measure queries: CPU milliseconds, reading the query included."""
    if not corpus.exists():
        raise click.ClickException(f"{corpus} is not here: give MedQuAD with --corpus.")
    records = read_medquad(corpus)
    typed = queries(records, 40 if quick else asked)
    lines = [f"{datetime.now(UTC):%d %B %Y}, {machine()}, {len(typed)} queries, CPU milliseconds."]
    click.echo(lines[0])
    results = []
    for size in sizes or (QUICK if quick else FULL):
        pages = list(grown(records, size))
        if not equal_only:
            results.append(run(pages, typed, rounds=1 if quick else 2, whoosh=not rivals_only))
            lines += _say(_lines(results[-1]))
        if not rivals_only:
            lines += _say(equality_lines(pages, typed[:checked], TASKS))
    if json_path:
        json_path.write_text(json.dumps({"search": [result.named() for result in results]}, indent=1), encoding="utf-8")
    if write:
        write_between(DOCUMENT, "search", "\n".join(lines))


def _say(lines: Iterable[str]) -> list[str]:
    """Print lines as they come and return them."""
    said = []
    for line in lines:
        click.echo(line)
        said.append(line)
    return said


def run(records: list[Record], typed: list[str], rounds: int, whoosh: bool = True) -> Result:
    """Give some pages to every engine and measure all of them."""
    skipped: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as name, _engines(Path(name), records, skipped) as engines:
        if not whoosh:
            skipped |= {name: "left out" for name in (EXHAUSTIVE, SHIPPED) if engines.pop(name)}
        spreads = {}
        for task, method in TASKS.items():
            able = {name: getattr(engine, method) for name, engine in engines.items() if hasattr(engine, method)}
            spreads[task] = measure(able, typed, rounds)
        equal = {
            task: count_equal(engines[OURS], engines[EXHAUSTIVE], method, typed)
            for task, method in TASKS.items()
            if whoosh
        }
    return Result(len(records), spreads, len(typed), equal, skipped)


@contextmanager
def _engines(root: Path, records: list[Record], skipped: dict[str, str]) -> Iterator[dict[str, Engine]]:
    """Give the engines that can take part, with the pages in them."""
    write_stock(root / "whoosh", records)
    write_index(records, root / "product")
    write_sqlite(root / "fts5.sqlite", records)
    makers: dict[str, Callable[[], Any]] = {
        OURS: lambda: Product(root / "product"),
        EXHAUSTIVE: lambda: Stock(root / "whoosh", exhaustive=True),
        SHIPPED: lambda: Stock(root / "whoosh", exhaustive=False),
        "SQLite FTS5": lambda: Sqlite(root / "fts5.sqlite"),
        "tantivy": lambda: Tantivy(root / "tantivy", records),
        "bm25s (no count)": lambda: Bm25s(records),
    }
    engines = {}
    for name, make in makers.items():
        try:
            engines[name] = make()
        except SkippedError as reason:
            skipped[name] = str(reason)
    yield engines


def _lines(result: Result) -> Iterator[str]:
    yield f"\n### {result.pages:,} pages\n"
    for task, spreads in result.spreads.items():
        ours = spreads[OURS]
        rows = [
            (
                name,
                *(f"{value:.3f}" for value in spread.named().values()),
                f"{spread.p50 / ours.p50:.2f}",
                f"{spread.p95 / ours.p95:.2f}",
            )
            for name, spread in spreads.items()
        ]
        yield table((task, "p50", "p95", "p99", "p50 to ours", "p95 to ours"), rows)
        if task in result.equal:
            yield f"\nOurs equals Whoosh's exhaustive scoring on {result.equal[task]} of {result.checked} queries.\n"
    yield ""
    yield from beside_rivals(OURS, result.spreads)
    yield from (f"{name}: skipped, {reason}" for name, reason in result.skipped.items())
