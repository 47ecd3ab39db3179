"""`script/bench build` and `script/bench scale`: what building, opening and searching cost as a library grows."""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from bench.corpus import queries, read_medquad
from bench.goals import of_search
from bench.growth import Built, Served, build_generation, in_a_process, one_thread, serve
from bench.report import machine, table, write_between
from healthlib.config import ROOT

MEDQUAD = ROOT.parent / "shared" / "data" / "originals" / "medquad_answered.jsonl.gz"
DOCUMENT = ROOT / "docs" / "performance.md"
QUICK, BUILD, SCALE = (500,), (16_411, 50_000), (5_000, 16_411, 50_000, 100_000, 200_000)

F = TypeVar("F", bound=Callable[..., object])


def _options(command: F) -> F:
    """Give a command the options that both have."""
    for option in (
        click.option("--write", is_flag=True, help="Put the tables into docs/performance.md."),
        click.option(
            "--json", "json_path", type=click.Path(path_type=Path), help="Write the figures to this file too."
        ),
        click.option(
            "--corpus", type=click.Path(path_type=Path), default=MEDQUAD, help="MedQuAD, JSON lines with gzip."
        ),
        click.option("--pages", "sizes", type=int, multiple=True, help="Other numbers of pages, such as 16411."),
        click.option("--quick", is_flag=True, help="500 pages: under a minute."),
    ):
        command = option(command)
    return command


@click.command()
@_options
def build(quick: bool, sizes: tuple[int, ...], corpus: Path, json_path: Path | None, write: bool) -> None:
    """Measure building: pages per CPU second, where the time goes, memory, size."""
    _require(corpus)
    results = []
    for size in sizes or (QUICK if quick else BUILD):
        with tempfile.TemporaryDirectory() as name, one_thread():
            results.append(in_a_process(build_generation, corpus, size, Path(name) / "generation"))
        click.echo("\n".join(build_lines(results[-1:])))
    _keep("build", results, build_lines(results), json_path, write)


@click.command()
@_options
@click.option("--asked", type=int, default=150, show_default=True, help="How many queries.")
def scale(  # noqa: PLR0913, PLR0917, one parameter an option
    quick: bool, sizes: tuple[int, ...], corpus: Path, json_path: Path | None, write: bool, asked: int
) -> None:
    """Measure opening and searching generations of growing size: whole searches, facets and snippets included."""
    _require(corpus)
    typed = queries(read_medquad(corpus), 30 if quick else asked)
    results = []
    for size in sizes or (QUICK if quick else SCALE):
        with tempfile.TemporaryDirectory() as name, one_thread():
            directory = Path(name) / "generation"
            built = in_a_process(build_generation, corpus, size, directory)
            results.append(Grown(size, built, in_a_process(serve, directory, typed, 3)))
        click.echo("\n".join(scale_lines(results)))
    _keep("scale", results, scale_lines(results), json_path, write)


def build_lines(results: Sequence[Built]) -> list[str]:
    """Return the tables of builds."""
    head = ("pages", "pages per CPU s", "peak memory, MB", "index, MB", "nearest pages found")
    figures = [
        (
            f"{one.pages:,}",
            f"{one.pages_per_second:.0f}",
            f"{one.peak_mb:.0f}",
            f"{one.index_mb:.0f}",
            f"{one.neighbours:.1%}",
        )
        for one in results
    ]
    steps = [
        (step, *(f"{one.seconds[step]:.1f}" for one in results), *(f"{_each(one, step):.2f}" for one in results))
        for step in results[0].seconds
    ]
    columns = [f"{one.pages:,} pages: {unit}" for unit in ("CPU s", "ms a page") for one in results]
    return [table(head, figures), "", table(("step", *columns), steps)]


def _each(built: Built, step: str) -> float:
    return 1e3 * built.seconds[step] / built.pages


@dataclass(frozen=True)
class Grown:
    """A library of one size, built and served; `asked` is its size without the pages of topics."""

    asked: int
    built: Built
    served: Served

    def named(self) -> dict[str, Any]:
        """Return all figures by name."""
        return {"built": self.built.named(), "served": self.served.named()}


def scale_lines(results: Sequence[Grown]) -> list[str]:
    """Return the tables of sizes."""
    searches = ("pages", "search p50", "p95", "p99", "without hits p50", "p95", "p99", "suggest p99")
    around = ("pages", "open", "first search", "private, MB", "pages built per CPU s", "peak memory, MB", "index, MB")
    return [
        table(searches, [tuple(_searches(one.served)) for one in results]),
        "",
        table(around, [tuple(_around(one)) for one in results]),
        "",
        *of_search([(one.asked, one.served.without_hits.p99) for one in results]),
    ]


def _searches(one: Served) -> Iterator[str]:
    yield f"{one.pages:,}"
    for spread in (one.search, one.without_hits):
        yield from (f"{value:.2f}" for value in spread.named().values())
    yield f"{one.suggest.p99:.2f}"


def _around(one: Grown) -> Iterator[str]:
    yield f"{one.served.pages:,}"
    yield from (f"{value:.0f}" for value in (one.served.open_ms, one.served.first_ms, one.served.private_mb))
    yield f"{one.built.pages_per_second:.0f}"
    yield from (f"{value:.0f}" for value in (one.built.peak_mb, one.built.index_mb))


def _require(corpus: Path) -> None:
    if not corpus.exists():
        raise click.ClickException(f"{corpus} is not here: give MedQuAD with --corpus.")


def _keep(mode: str, results: Sequence[Any], lines: list[str], json_path: Path | None, write: bool) -> None:
    if json_path:
        json_path.write_text(json.dumps({mode: [one.named() for one in results]}, indent=1), encoding="utf-8")
    if write:
        head = f"{datetime.now(UTC):%d %B %Y}, {machine()}, one thread, CPU milliseconds unless said otherwise."
        write_between(DOCUMENT, mode, "\n".join((head, "", *lines)))
