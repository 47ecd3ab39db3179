"""`flask index ...`: commands that build, inspect and switch generations."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from healthlib.cli.content import warning_counts
from healthlib.content.faults import ContentError
from healthlib.search.generation.build import build, inputs_digest
from healthlib.search.generation.layout import GenerationError, Layout
from healthlib.search.generation.manifest import DamagedError, read_manifest, verify
from healthlib.web.context import settings_of

index_commands = AppGroup("index", help="Build, inspect and switch what readers are served from.")


def _layout() -> Layout:
    return Layout(settings_of(current_app).index_dir)


@index_commands.command("build")
@click.option("--if-changed", is_flag=True, help="Do nothing when the live generation was made from the same files.")
def build_command(if_changed: bool) -> None:
    """Build a generation from the authored files and make it live."""
    settings, layout = settings_of(current_app), _layout()
    if if_changed and _up_to_date(layout):
        click.echo(f"Nothing has changed since {layout.live()}.")
        return
    try:
        with _ProgressBar() as bar:
            built = build(settings.content_dir, layout, settings.keep_generations, bar.show)
    except ContentError as error:
        for fault in error.faults:
            click.echo(str(fault), err=True)
        raise click.ClickException(f"{len(error.faults)} errors; readers still get the last generation.") from None
    except GenerationError as error:
        raise click.ClickException(str(error)) from None
    for line in warning_counts(built.warnings):
        click.echo(line, err=True)
    click.echo(f"{built.name} is live: {built.manifest.pages} pages, {built.manifest.documents} index documents.")


def _up_to_date(layout: Layout) -> bool:
    name = layout.live()
    try:
        manifest = read_manifest(layout.path(name)) if name else None
    except DamagedError:
        return False
    return manifest is not None and manifest.inputs == inputs_digest(settings_of(current_app).content_dir)


@index_commands.command("status")
def status() -> None:
    """List the generations; the live one is marked."""
    layout = _layout()
    live = layout.live()
    if not layout.names():
        raise click.ClickException(f"{layout.root} holds no generation. Run `flask index build`.")
    for name in layout.names():
        try:
            manifest = read_manifest(layout.path(name))
        except DamagedError as error:
            click.echo(f"  {error}")
            continue
        size = sum(entry.size for entry in manifest.files.values())
        click.echo(
            f"{'*' if name == live else ' '} {name}  built {manifest.built:%Y-%m-%d %H:%M:%S} UTC  "
            f"{manifest.pages} pages  {manifest.documents} documents  {size / 2**20:.1f} MB"
        )


@index_commands.command("check")
def check() -> None:
    """Hold every file of every generation against its manifest."""
    layout = _layout()
    damaged = 0
    for name in layout.names():
        try:
            click.echo(f"{name}: {len(verify(layout.path(name), thoroughly=True).files)} files are as built.")
        except DamagedError as error:
            damaged += 1
            click.echo(str(error))
    if damaged or layout.live() not in layout.names():
        raise click.ClickException(f"{damaged} damaged; live: {layout.live() or 'none'}.")


@index_commands.command("rollback")
@click.argument("name", required=False)
def rollback(name: str | None) -> None:
    """Make an older generation live: NAME, or the one before the live one."""
    layout = _layout()
    live = layout.live()
    older = [other for other in layout.names() if live is None or other < live]
    if name is None and not older:
        raise click.ClickException("There is no older generation.")
    try:
        verify(layout.path(name or older[-1]), thoroughly=True)
        layout.switch(name or older[-1])
    except (DamagedError, GenerationError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{name or older[-1]} is live.")


class _ProgressBar:
    """A progress bar on a terminal, nothing elsewhere; its length is known once the first page is done."""

    def __init__(self) -> None:
        self._bar: click._termui_impl.ProgressBar[int] | None = None

    def __enter__(self) -> "_ProgressBar":
        return self

    def __exit__(self, *_error: object) -> None:
        if self._bar is not None:
            self._bar.render_finish()

    def show(self, done: int, total: int) -> None:
        """Show that `done` pages of `total` are published."""
        if self._bar is None:
            self._bar = click.progressbar(
                length=total, label="Publishing", file=sys.stderr, hidden=not sys.stderr.isatty()
            )
        self._bar.update(done - self._bar.pos)
