"""`flask content ...`: commands for authors."""

import json
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from healthlib.cli.authoring import new_command, preview_command
from healthlib.cli.labels import verify_command
from healthlib.cli.reports import coverage_command, review_command
from healthlib.content.faults import Fault
from healthlib.content.lint.check import check
from healthlib.content.lint.fixes import mend_file
from healthlib.content.pagetypes import BY_FOLDER
from healthlib.web.context import settings_of

content_commands = AppGroup("content", help="Write, check and look over the authored files.")
for command in (coverage_command, new_command, preview_command, review_command, verify_command):
    content_commands.add_command(command)


@content_commands.command("lint")
@click.argument("paths", nargs=-1)
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", help="How faults are printed.")
@click.option("--warnings", is_flag=True, help="Print every warning, not only how many there are of each rule.")
@click.option("--fix", is_flag=True, help="First mend what is safe: long words for medicine, spaces, section ids.")
def lint(paths: tuple[str, ...], shape: str, warnings: bool, fix: bool) -> None:
    """Check every file and print each error as file:line; only those of PATHS (parts of file names), if given."""
    root = settings_of(current_app).content_dir
    mended = _mend(root, paths) if fix else []
    started = time.perf_counter()
    library, faults = check(root, date.today())
    shown = [fault for fault in faults if _wanted(fault.path, paths)]
    errors = [fault for fault in shown if fault.level == "error"]
    if shape == "json":
        click.echo(json.dumps({"faults": [asdict(fault) for fault in shown], "mended": mended}, indent=1))
    else:
        _print(shown, warnings or bool(paths), mended)
        click.echo(
            f"{len(library.pages)} pages and {len(library.sources)} sources read in "
            f"{time.perf_counter() - started:.1f} s: {len(errors)} errors, {len(shown) - len(errors)} warnings."
        )
    if errors:
        raise SystemExit(1)


def _wanted(path: str, paths: tuple[str, ...]) -> bool:
    return not paths or any(part in path for part in paths)


def _mend(root: Path, paths: tuple[str, ...]) -> list[str]:
    mended = []
    for path in sorted(root.glob("*/*.md")):
        shown = path.relative_to(root.parent).as_posix()
        page_type = BY_FOLDER.get(path.parent.name)
        if page_type and _wanted(shown, paths) and mend_file(path, page_type.spec):
            mended.append(shown)
    return mended


def _print(shown: Iterable[Fault], every: bool, mended: Iterable[str]) -> None:
    for path in mended:
        click.echo(f"{path}: mended.")
    for fault in shown:
        if every or fault.level == "error":
            click.echo(str(fault))
    if not every:
        for line in warning_counts(shown):
            click.echo(line)


def warning_counts(faults: Iterable[Fault]) -> list[str]:
    """Return one line for each rule that warned: how often, and the first place."""
    warnings = [fault for fault in faults if fault.level == "warning"]
    first = {fault.rule: fault for fault in reversed(warnings)}
    counts = Counter(fault.rule for fault in warnings)
    return [f"{rule} warning: {counts[rule]}, the first: {first[rule]}" for rule in sorted(counts)]
