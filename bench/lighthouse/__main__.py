"""`script/lighthouse`: audits a page of each kind that readers come to first, and prints the scores."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median

import click

from bench.lighthouse.scores import CATEGORIES, FLOORS, Report, failed, scores_of
from bench.web.servers import running
from healthlib.config import ROOT
from healthlib.search.generation.build import build
from healthlib.search.generation.layout import Layout

PAGES = {
    "home": "/",
    "article": "/articles/kesimpta-multiple-sclerosis/",
    "medicine": "/medicines/ofatumumab/",
    "search": "/search?q=headache",
}
# Search pages ask engines to leave them out, on purpose: the one audit that would ask for the contrary is not run.
LEFT_OUT = {"search": ("is-crawlable",)}
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PROGRAM = ROOT / "bench" / "lighthouse" / "node_modules" / ".bin" / "lighthouse"


@click.command()
@click.option("--runs", default=1, show_default=True, help="Audits of each page; the median of their scores counts.")
def main(runs: int) -> None:
    """Audit the site and fail below 98 for performance or 100 for anything else."""
    browser = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
    )
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        build(ROOT / "content", Layout(index), keep=1)
        settings = {"HEALTHLIB_SECRET_KEY": os.urandom(32).hex(), "HEALTHLIB_INDEX_DIR": str(index)}
        with running("gunicorn", "wsgi:app", settings) as server:
            address = f"http://127.0.0.1:{server.port}"
            below = [_audited(name, address, browser, Path(folder), runs) for name in PAGES]
    click.echo("search: without the audit is-crawlable, which fails there on purpose (its pages are noindex).")
    if any(below):
        sys.exit(f"Below {'/'.join(str(FLOORS[name]) for name in CATEGORIES)}.")


def _audited(name: str, address: str, browser: str, folder: Path, runs: int) -> bool:
    """Print the scores of a page and what its audits found; return whether a score is below its floor."""
    if name == next(iter(PAGES)):
        click.echo("page      " + "".join(f"{category:>16}" for category in CATEGORIES))
    reports = [_audit(f"{address}{PAGES[name]}", LEFT_OUT.get(name, ()), browser, folder) for _ in range(runs)]
    taken = [scores_of(report) for report in reports]
    scores = {category: round(median(scores[category] for scores in taken)) for category in CATEGORIES}
    click.echo(f"{name:<10}" + "".join(f"{scores[category]:>16}" for category in CATEGORIES))
    for line in failed(reports[-1]):
        click.echo(f"  {line}")
    return any(scores[category] < FLOORS[category] for category in CATEGORIES)


def _audit(url: str, left_out: tuple[str, ...], browser: str, folder: Path) -> Report:
    """Return Lighthouse's report on an address, as on a phone.

    Raises:
        click.ClickException: when Lighthouse itself fails.
    """
    report = folder / "report.json"
    command = [str(_PROGRAM), url, "--quiet", "--output=json", f"--output-path={report}"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join(_FLAGS)}"]
    command += [f"--skip-audits={','.join(left_out)}"] if left_out else []
    environment: Mapping[str, str] = {**os.environ, "CHROME_PATH": browser}
    # The command is made of the fixed parts above.
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise click.ClickException(f"Lighthouse failed on {url}:\n{done.stderr[-2000:]}")
    found: Report = json.loads(report.read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    main(prog_name="script/lighthouse")
