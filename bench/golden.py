"""`script/bench golden`: whole searches of the shipped library, beside what Flask takes to answer "ok"."""

from collections.abc import Callable

import click
from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.report import machine, table
from bench.timing import Spread, measure
from healthlib.config import ROOT, Settings
from healthlib.search.evaluation import read_queries
from healthlib.search.generation.generation import Generation
from healthlib.search.generation.layout import Layout
from healthlib.search.query import read_query
from healthlib.search.results import Options

SEARCH, WITHOUT_HITS, OK = "search", "without hits", 'Flask "ok"'


@click.command()
@click.option("--rounds", default=4, show_default=True, help="How often each query is asked; its least time counts.")
def golden(rounds: int) -> None:
    """Measure whole searches of the live generation with the golden queries."""
    layout = Layout(Settings().index_dir)
    live = layout.live()
    if live is None:
        raise click.ClickException("There is no generation: run `flask index build`.")
    queries = [query.text for query in read_queries(ROOT / "tests" / "relevance" / "queries.jsonl")]
    with Generation.open(layout.path(live)) as generation:
        search = generation.searcher.search
        operations: dict[str, Callable[[str], object]] = {
            SEARCH: lambda text: search(read_query(text), Options()),
            WITHOUT_HITS: lambda text: search(read_query(text), Options(per_page=0)),
            OK: _ok(),
        }
        spreads = measure(operations, queries, rounds)
        click.echo(f"{machine()}, {generation.store.pages} pages, {len(queries)} queries, CPU microseconds.\n")
    click.echo("\n".join(lines(spreads)))


def lines(spreads: dict[str, Spread]) -> list[str]:
    """Return the table of figures, each median also as a multiple of Flask's."""
    rows = [
        (name, *(f"{1e3 * value:.0f}" for value in spread.named().values()), f"{spread.p50 / spreads[OK].p50:.2f}")
        for name, spread in spreads.items()
    ]
    return [table(("", "p50", "p95", "p99", 'p50, times Flask "ok"'), rows)]


def _ok() -> Callable[[str], object]:
    """Return what has a bare application answer a request, without a server."""
    app = Flask("ok")
    app.add_url_rule("/", "ok", lambda: "ok")
    environ = EnvironBuilder("/").get_environ()
    return lambda _text: run_wsgi_app(app, dict(environ), buffered=True)
