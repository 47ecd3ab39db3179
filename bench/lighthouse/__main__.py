"""`script/lighthouse`: audits a page of each kind that readers come to first, and prints the scores."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median

import click

from bench.browser import FLAGS, browser
from bench.lighthouse.scores import CATEGORIES, FLOORS, Report, failed, scores_of
from bench.web.servers import served_library
from healthlib.config import ROOT

PAGES = {
    "home": "/",
    "article": "/articles/kesimpta-multiple-sclerosis/",
    "medicine": "/medicines/ofatumumab/",
    "search": "/search?q=headache",
}
# Search pages ask engines to leave them out, on purpose: the one audit that would ask for the contrary is not run.
LEFT_OUT = {"search": ("is-crawlable",)}
_PROGRAM = ROOT / "bench" / "lighthouse" / "node_modules" / ".bin" / "lighthouse"


@click.command()
@click.option("--runs", default=1, show_default=True, help="Audits of each page; the median of their scores counts.")
def main(runs: int) -> None:
    """Audit the site and fail below 98 for performance or 100 for anything else."""
    with tempfile.TemporaryDirectory() as folder, served_library() as address:
        below = [_audited(name, address, browser(), Path(folder), runs) for name in PAGES]
    click.echo("search: without the audit is-crawlable, which fails there on purpose (its pages are noindex).")
    if any(below):
        sys.exit(f"Below {'/'.join(str(FLOORS[name]) for name in CATEGORIES)}.")


def _audited(name: str, address: str, program: str, folder: Path, runs: int) -> bool:
    """Print the scores of a page and what its audits found; return whether a score is below its floor."""
    if name == next(iter(PAGES)):
        click.echo("page      " + "".join(f"{category:>16}" for category in CATEGORIES))
    reports = [_audit(f"{address}{PAGES[name]}", LEFT_OUT.get(name, ()), program, folder) for _ in range(runs)]
    taken = [scores_of(report) for report in reports]
    scores = {category: round(median(scores[category] for scores in taken)) for category in CATEGORIES}
    click.echo(f"{name:<10}" + "".join(f"{scores[category]:>16}" for category in CATEGORIES))
    for line in failed(reports[-1]):
        click.echo(f"  {line}")
    return any(scores[category] < FLOORS[category] for category in CATEGORIES)


def _audit(url: str, left_out: tuple[str, ...], program: str, folder: Path) -> Report:
    """Return Lighthouse's report on an address, as on a phone.

    Raises:
        click.ClickException: when Lighthouse itself fails.
    """
    report = folder / "report.json"
    command = [str(_PROGRAM), url, "--quiet", "--output=json", f"--output-path={report}"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join(FLAGS)}"]
    command += [f"--skip-audits={','.join(left_out)}"] if left_out else []
    environment: Mapping[str, str] = {**os.environ, "CHROME_PATH": program}
    # The command is made of the fixed parts above.
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise click.ClickException(f"Lighthouse failed on {url}:\n{done.stderr[-2000:]}")
    found: Report = json.loads(report.read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    main(prog_name="script/lighthouse")
