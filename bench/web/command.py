"""`script/bench web`: requests per second and CPU time per request, with ratios to the least that can be done."""

import json
import re
import secrets
import statistics
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import click

from bench.report import machine, table, write_between
from bench.search.contest import SkippedError
from bench.web.apps import SAVED
from bench.web.load import WRK, load
from bench.web.servers import COMMANDS, Server, running
from healthlib.config import ROOT
from healthlib.search.generation.layout import Layout

DOCUMENT = ROOT / "docs" / "performance.md"
QUERIES = ROOT / "tests" / "relevance" / "queries.jsonl"
BARE, SAME, OK = "bare WSGI", "bare WSGI, that article", 'Flask "ok"'
# What readers' browsers send.
BROWSER = {"Accept-Encoding": "gzip"}
# The applications that are served; the site once with ready answers and once without.
APPLICATIONS = {"bare": "bench.web.apps:bare", "ok": "bench.web.apps:ok", "ready": "wsgi:app", "made": "wsgi:app"}
_OF_THE_SERVER = ("date", "server", "connection")
REPEATED = 20
# What is aimed at: requests per CPU second as a share of the bare server's, and CPU time as times of Flask's "ok".
SHARE = 0.8
TIMES = {"article, rendered": 2, "search, made": 6}


@dataclass(frozen=True)
class Case:
    """What is asked of an application.

    Attributes:
        application: a key of APPLICATIONS.
        paths: the addresses, asked for in turn.
        headers: what each request carries.
    """

    application: str
    paths: Sequence[str] = ("/",)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Figure:
    """The best of all rounds: what else the machine does only makes it worse.

    Attributes:
        per_second: answered requests per second.
        cpu: CPU microseconds that the server took for each.
    """

    per_second: float = 0.0
    cpu: float = float("inf")


@click.command()
@click.option("--quick", is_flag=True, help="One round of a second each: under a minute.")
@click.option("--seconds", type=int, default=4, show_default=True, help="How long each round of a case takes.")
@click.option("--rounds", type=int, default=3, show_default=True, help="How often each case is measured.")
@click.option("--index", type=click.Path(path_type=Path), default=ROOT / "index", help="The library, built.")
@click.option("--json", "json_path", type=click.Path(path_type=Path), help="Write the figures to this file too.")
@click.option("--write", is_flag=True, help="Put the tables into docs/performance.md.")
def web(quick: bool, seconds: int, rounds: int, index: Path, json_path: Path | None, write: bool) -> None:  # noqa: PLR0913, PLR0917, one parameter an option
    """Measure pages and searches on each server, with one worker."""
    if Layout(index).live() is None:
        raise click.ClickException(f"There is no library in {index}: run `flask index build`.")
    seconds, rounds = (1, 1) if quick else (seconds, rounds)
    by = "wrk" if WRK else "our own readers, who are slower than a server"
    lines = [f"{datetime.now(UTC):%d %B %Y}, {machine()}, one worker, best of {rounds} rounds of {seconds} s by {by}."]
    click.echo(lines[0])
    found: dict[str, Any] = {}
    for server in COMMANDS:
        try:
            figures = run(server, index, seconds, rounds)
        except SkippedError as reason:
            text = f"\n{server}: skipped, {reason}"
        else:
            found[server] = {name: asdict(figure) for name, figure in figures.items()}
            text = "\n" + table(*_rows(server, figures)) + "\n\n" + "\n".join(verdicts(server, figures))
        lines.append(text)
        click.echo(text)
    if json_path:
        json_path.write_text(json.dumps({"web": found}, indent=1), encoding="utf-8")
    if write:
        write_between(DOCUMENT, "web", "\n".join(lines))


def run(server: str, index: Path, seconds: float, rounds: int) -> dict[str, Figure]:
    """Measure all cases on one server; they take turns, so that a busy machine is as slow for one as for the others.

    Raises:
        SkippedError: when the server is not installed.
    """
    settings = {"HEALTHLIB_SECRET_KEY": secrets.token_hex(32), "HEALTHLIB_INDEX_DIR": str(index.resolve())}
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(running(server, application, settings | _memory(name)))
            for name, application in APPLICATIONS.items()
        }
        article, headers, body = usual_article(servers["ready"].port)
        saved = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "answer.json"
        text = json.dumps({"headers": headers, "body": body.decode("latin-1")})
        saved.write_text(text, encoding="latin-1")
        servers["same"] = stack.enter_context(running(server, "bench.web.apps:same", {SAVED: str(saved)}))
        cases = _cases(article, next(value for name, value in headers if name.lower() == "etag"))
        figures = {name: Figure() for name in cases}
        for case in cases.values():
            _measure(servers[case.application], case, min(1, seconds))
        for _ in range(rounds):
            for name, case in cases.items():
                rate, cpu = _measure(servers[case.application], case, seconds)
                figures[name].per_second = max(figures[name].per_second, rate)
                figures[name].cpu = min(figures[name].cpu, cpu)
    return figures


def _memory(name: str) -> dict[str, str]:
    return {"HEALTHLIB_PAGE_CACHE_MB": "32" if name == "ready" else "0"}


def _cases(article: str, tag: str) -> dict[str, Case]:
    searches = [f"/search?{urlencode({'q': query})}" for query in _queries()]
    return {
        BARE: Case("bare"),
        SAME: Case("same"),
        OK: Case("ok"),
        "article, ready": Case("ready", [article], BROWSER),
        "article, 304": Case("ready", [article], {**BROWSER, "If-None-Match": tag}),
        "search, ready": Case("ready", searches[:REPEATED], BROWSER),
        "article, rendered": Case("made", [article], BROWSER),
        "search, made": Case("made", searches, BROWSER),
    }


def _queries() -> Iterator[str]:
    with QUERIES.open(encoding="utf-8") as file:
        yield from (json.loads(line)["text"] for line in file)


def usual_article(port: int) -> tuple[str, list[tuple[str, str]], bytes]:
    """Return the address of the article with the middle length of all, and the headers and bytes that browsers get."""
    home = f"http://127.0.0.1:{port}"
    paths = re.findall(r"<loc>[^<]*?(/articles/[^<]+)</loc>", _get(f"{home}/sitemap.xml", {})[1].decode())
    lengths = {path: len(_get(home + path, {})[1]) for path in paths}
    middle = statistics.median_low(lengths.values())
    path = next(path for path, length in lengths.items() if length == middle)
    headers, body = _get(home + path, BROWSER)
    return path, [(name, value) for name, value in headers if name.lower() not in _OF_THE_SERVER], body


def _get(url: str, headers: Mapping[str, str]) -> tuple[list[tuple[str, str]], bytes]:
    request = urllib.request.Request(url, headers=dict(headers))  # noqa: S310, our own server
    with urllib.request.urlopen(request) as answer:  # noqa: S310, our own server
        return answer.headers.items(), answer.read()


def _measure(server: Server, case: Case, seconds: float) -> tuple[float, float]:
    """Return requests per second and CPU microseconds for each."""
    before = server.cpu_seconds()
    done = load(server.port, case.paths, case.headers, seconds)
    cpu = (server.cpu_seconds() - before) / done.requests * 1e6 if done.requests else float("inf")
    return done.requests / done.seconds, cpu


def verdicts(server: str, figures: Mapping[str, Figure]) -> list[str]:
    """Return, for each goal, what was reached on a server and whether that is enough."""
    bare, ok = figures[BARE].cpu, figures[OK].cpu
    shares = [(name, bare / figures[name].cpu) for name in ("article, ready", "search, ready")]
    lines = [
        f"- {server}: {name}: {share:.2f} of bare WSGI's requests per CPU second; goal {SHARE}: {_met(share >= SHARE)}"
        for name, share in shares
    ]
    for name, goal in TIMES.items():
        times = figures[name].cpu / ok
        lines.append(f'- {server}: {name}: {times:.1f} times Flask "ok"; goal {goal}: {_met(times <= goal)}')
    return lines


def _met(reached: bool) -> str:
    return "met" if reached else "missed"


def _rows(server: str, figures: Mapping[str, Figure]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    bare, ok = figures[BARE].cpu, figures[OK].cpu
    rows: list[tuple[str, ...]] = [
        (
            name,
            f"{figure.per_second:,.0f}",
            f"{figure.cpu:,.0f}",
            f"{bare / figure.cpu:.2f}",
            f"{figure.cpu / ok:.2f}",
        )
        for name, figure in figures.items()
    ]
    head = (server, "requests/s", "CPU µs", "requests per CPU second, of bare", 'CPU, times Flask "ok"')
    return head, rows
