"""Chromium as the benchmarks and pictures use it: found on this machine, and quiet."""

import shutil

import click

# Without them a browser asks its maker's servers for updates while it is measured.
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def browser() -> str:
    """Return the program.

    Raises:
        click.ClickException: when there is none.
    """
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    raise click.ClickException("There is no Chromium: script/browser installs it where it may.")
