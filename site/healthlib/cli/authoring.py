"""`flask content new` and `preview`: begin a page, and see it before it is published."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import cast

import click
from flask import current_app, g
from flask.cli import with_appcontext

from healthlib.content.additions import Additions
from healthlib.content.authored import AuthoredPage, read_page
from healthlib.content.drug import SideEffectRow
from healthlib.content.faults import ContentError
from healthlib.content.library import Library, read_library
from healthlib.content.lint.check import rules
from healthlib.content.model import SLUG
from healthlib.content.pagetypes import BY_FOLDER, PageType
from healthlib.content.publish.pages import Publisher
from healthlib.content.publish.relations import Relations
from healthlib.content.publish.rendering import render_pages
from healthlib.content.publish.writer import by_figure, listed_medicines
from healthlib.content.published import ListedMedicine
from healthlib.content.skeleton import FILL_IN, skeleton
from healthlib.content.store import Store, StoreWriter
from healthlib.search.generation.generation import Generation
from healthlib.web.context import settings_of
from healthlib.web.library import show

_KINDS = [page_type.value for page_type in PageType]


@click.command("new")
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("slug")
@with_appcontext
def new_command(kind: str, slug: str) -> None:
    """Begin a page of a KIND under the file name SLUG, as a draft with every required field and section."""
    if not SLUG.fullmatch(slug):
        raise click.ClickException(f"{slug!r} is no slug: use lower-case letters, digits and hyphens.")
    page_type = PageType(kind)
    root = settings_of(current_app).content_dir
    path = root / page_type.spec.folder / f"{slug}.md"
    authors = sorted(file.stem for file in (root / PageType.PERSON.spec.folder).glob("*.md"))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(skeleton(page_type, slug, date.today(), authors[0] if len(authors) == 1 else FILL_IN))
    except FileExistsError:
        raise click.ClickException(f"{path.relative_to(root.parent)} exists already.") from None
    click.echo(f"{path.relative_to(root.parent)} is begun. Fill it in, then set its status to published.")


@click.command("preview")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the page here, not to the screen.")
@with_appcontext
def preview_command(path: Path, out: Path | None) -> None:
    """Render the page in the file PATH as readers would see it, drafts too, or say what is wrong with it."""
    try:
        page, library = _read(path.resolve(), settings_of(current_app).content_dir.resolve())
    except ContentError as error:
        raise click.ClickException(f"the page has errors.\n{error}") from None
    faults = list(rules(library, date.today(), frozenset()))
    for fault in sorted(fault for fault in faults if fault.path == str(page.path)):
        click.echo(str(fault), err=True)
    bad = {fault.path for fault in faults if fault.level == "error"}
    if str(page.path) in bad:
        raise click.ClickException("the page has errors.")
    html = _rendered(page, _without(library, bad))
    if out is None:
        click.echo(html)
    else:
        out.write_text(html, encoding="utf-8")
        click.echo(f"{page.url} is in {out}.", err=True)


def _read(path: Path, root: Path) -> tuple[AuthoredPage, Library]:
    """Return the page as if it were published, and the library with it."""
    page_type = BY_FOLDER.get(path.parent.name)
    if page_type is None or path.parent.parent != root:
        raise click.ClickException(f"{path} is no page of {root}.")
    page = read_page(path, path.relative_to(root.parent), page_type)
    page = replace(page, meta=page.meta.model_copy(update={"status": "published"}))
    # Other files' faults are not this author's business.
    library, _ = read_library(root)
    return page, Library([page, *(other for other in library.pages if other.ref != page.ref)], library.sources, root)


def _without(library: Library, bad: set[str]) -> Library:
    """Return the library without pages that could not be published."""
    return Library((page for page in library.pages if str(page.path) not in bad), library.sources, library.root)


def _frequent_first(row: tuple[str, SideEffectRow, ListedMedicine]) -> tuple[object, ...]:
    return (*by_figure(row[1]), row[2].drug.text)


def _rendered(page: AuthoredPage, library: Library) -> str:
    """Return the page's HTML, from a store of its own."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "library.sqlite"
        publisher = Publisher(library)
        with StoreWriter(path) as writer:
            for other in library.live():
                writer.add(publisher.publish(other))
            rows = sorted((row for row in listed_medicines(library) if row[0] == page.slug), key=_frequent_first)
            writer.add_listed(page.slug, (entry for _, _, entry in rows))
        with Additions(path) as additions:
            additions.relate(page.url, Relations(library).cards(page))
        render_pages(path, [page.url])
        store = Store(path)
        try:
            with current_app.test_request_context(page.url):
                # All that a reading page asks of a generation is its store.
                g.generation = cast(Generation, SimpleNamespace(store=store))
                try:
                    return current_app.make_response(show(page.url)).get_data(as_text=True)
                finally:
                    g.pop("generation")
        finally:
            store.close()
