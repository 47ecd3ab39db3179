"""`flask content verify`: side-effect figures held against the texts of labels."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from healthlib.content.faults import ContentError
from healthlib.content.labels.naming import Namer
from healthlib.content.labels.read import Collection, LabelError, read_collection
from healthlib.content.labels.verify import CheckedRow, tally, verify
from healthlib.content.library import Library, read_library
from healthlib.content.vocabulary import load_vocabulary
from healthlib.web.context import settings_of


@click.command("verify")
@click.argument("labels", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--page", "pages", multiple=True, help="Only medicines whose file name has this; may be repeated.")
@click.option("--all", "every", is_flag=True, help="Print every row with what became of it.")
@with_appcontext
def verify_command(labels: tuple[Path, ...], pages: tuple[str, ...], every: bool) -> None:
    """Hold side-effect rows against the labels that they cite, read from LABELS.

    LABELS are files, or folders of them: SPL XML of DailyMed, JSON of openFDA, or JSON lines with `id` and `sections`.
    """
    try:
        collection = read_collection(labels)
        library, namer = _library()
    except (LabelError, ContentError) as error:
        raise click.ClickException(str(error)) from None
    rows = [row for row in verify(library, collection, namer) if not pages or any(page in row.drug for page in pages)]
    _print(rows, collection, every)
    if any(row.fault for row in rows):
        raise SystemExit(1)


def _library() -> tuple[Library, Namer]:
    root = settings_of(current_app).content_dir
    library, faults = read_library(root)
    if faults:
        raise ContentError(faults)
    return library, Namer(library, load_vocabulary(root / "vocabulary"))


def _print(rows: list[CheckedRow], collection: Collection, every: bool) -> None:
    for row in rows:
        if every:
            click.echo(str(row))
        if row.fault:
            click.echo(str(row.fault))
    click.echo(f"{len(collection.labels)} labels read. {tally(rows)}")
