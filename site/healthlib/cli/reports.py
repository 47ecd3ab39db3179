"""`flask content coverage` and `review`: what the library lacks, and what must be looked at again."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta

import click
from flask import current_app
from flask.cli import with_appcontext

from healthlib.content.coverage import Coverage, Due, coverage, due
from healthlib.content.faults import ContentError
from healthlib.content.library import Library, read_library
from healthlib.content.published import Card
from healthlib.content.vocabulary import load_vocabulary
from healthlib.search.generation.layout import GenerationError
from healthlib.web.context import live_of, settings_of

# Names without a page that the text form prints; JSON has all of them.
_NAMES = 30


class Days(click.ParamType[timedelta]):
    """A number of days, written 60d or 60."""

    name = "days"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Return the span of time."""
        if isinstance(value, timedelta):
            return value
        number = str(value).removesuffix("d")
        if not number.isdigit():
            self.fail(f"{value!r} is no number of days: write 60d.", param, ctx)
        return timedelta(days=min(int(number), 36_500))


_shape = click.option(
    "--format", "shape", type=click.Choice(["text", "json"]), default="text", help="How it is printed."
)


@click.command("coverage")
@click.option("--due", "within", type=Days(), default="60d", show_default=True, help="How soon a review counts as due.")
@_shape
@with_appcontext
def coverage_command(within: timedelta, shape: str) -> None:
    """Print pages by kind, orphans, names without a page, pages with few related ones, reviews due, reading grades."""
    library = _library()
    vocabulary = load_vocabulary(settings_of(current_app).content_dir / "vocabulary")
    report = coverage(library, vocabulary, date.today(), within, _built(library))
    if shape == "json":
        click.echo(json.dumps(asdict(report), default=str, ensure_ascii=False, indent=1))
    else:
        for line in _lines(report):
            click.echo(line)


@click.command("review")
@click.option("--due", "within", type=Days(), default="60d", show_default=True, help="How far ahead to look.")
@_shape
@with_appcontext
def review_command(within: timedelta, shape: str) -> None:
    """List pages whose review is due, the most urgent first."""
    found = due(_library(), date.today(), within)
    if shape == "json":
        click.echo(json.dumps([asdict(one) for one in found], default=str, indent=1))
        return
    for line in _due_lines(found):
        click.echo(line)
    click.echo(
        f"{len(found)} pages are due within {within.days} days, {sum(one.days < 0 for one in found)} of them late."
    )


def _library() -> Library:
    library, faults = read_library(settings_of(current_app).content_dir)
    if faults:
        raise click.ClickException(str(ContentError(faults)))
    return library


def _built(library: Library) -> dict[str, Sequence[Card]]:
    """Return the related pages of the live generation by address; none where nothing is built."""
    live = live_of(current_app)
    try:
        generation = live.borrow()
    except GenerationError:
        return {}
    try:
        pages = ((page.url, generation.store.page(page.url)) for page in library.live())
        return {url: page.related for url, page in pages if page}
    finally:
        live.give_back(generation)


def _lines(report: Coverage) -> Iterator[str]:
    yield f"Pages: {sum(report.pages.values())}"
    yield from _counted(report.pages)
    yield f"Orphans, which no other page leads to: {len(report.orphans)}"
    yield from (f"  {path}" for path in report.orphans)
    yield f"Names in texts that have no page (with the number of pages that print them): {len(report.without_page)}"
    yield from _counted(dict(list(report.without_page.items())[:_NAMES]))
    yield f"Pages with fewer than three related pages: {len(report.few_related)}"
    yield from _counted(report.few_related)
    yield f"Reviews due: {len(report.due)}"
    yield from _due_lines(report.due)
    yield "Reading grade by kind: median, highest, pages above 8"
    yield from (
        f"  {kind}: {grades.median}, {grades.highest}, {grades.above}" for kind, grades in report.grades.items()
    )


def _counted(counts: Mapping[str, int]) -> Iterator[str]:
    return (f"  {name}: {count}" for name, count in counts.items())


def _due_lines(found: Iterable[Due]) -> Iterator[str]:
    for one in found:
        when = f"in {one.days} days" if one.days >= 0 else f"{-one.days} days late"
        yield f"  {one.review_due} {one.path}: {when}"
