"""`flask content ...`: commands for authors."""

import time
from datetime import date

import click
from flask import current_app
from flask.cli import AppGroup

from healthlib.cli.labels import verify_command
from healthlib.content.lint.check import check
from healthlib.web.context import settings_of

content_commands = AppGroup("content", help="Check the authored files.")
content_commands.add_command(verify_command)


@content_commands.command("lint")
@click.argument("paths", nargs=-1)
def lint(paths: tuple[str, ...]) -> None:
    """Check every file and print each fault as file:line; only those of PATHS (parts of file names), if given."""
    started = time.perf_counter()
    library, faults = check(settings_of(current_app).content_dir, date.today())
    shown = [fault for fault in faults if not paths or any(path in fault.path for path in paths)]
    for fault in shown:
        click.echo(str(fault))
    errors = sum(fault.level == "error" for fault in shown)
    click.echo(
        f"{len(library.pages)} pages and {len(library.sources)} sources read in {time.perf_counter() - started:.1f} s: "
        f"{errors} errors, {len(shown) - errors} warnings."
    )
    if errors:
        raise SystemExit(1)
