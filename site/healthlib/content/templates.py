"""The templates, and what they use that needs no request: the same for a build and for the site."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, select_autoescape

from healthlib.config import ROOT
from healthlib.content.pagetypes import PageType

FOLDER = ROOT / "templates"

# In English on every machine, and without asking the C library for each of a page's dates.
_MONTHS = (
    *("", "January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


class PlainGlobals(Environment):
    """Gives templates their globals as a dictionary.

    Jinja chains two, so that globals can still be added when templates are compiled; ours are all there by then, and
    each of the fifteen or so components that a page takes in would go through the chain name by name.
    """

    def make_globals(self, d: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return the globals of one template."""
        return {**self.globals, **(d or {})}


def environment() -> Environment:
    """Return what renders templates outside a request."""
    # A build takes moments: no template changes under it.
    loader = FileSystemLoader(FOLDER)
    made = PlainGlobals(loader=loader, autoescape=select_autoescape(("html", "xml")), auto_reload=False)
    add_helpers(made)
    return made


def add_helpers(made: Environment) -> None:
    """Make the helpers known to all templates of an environment."""
    made.trim_blocks = made.lstrip_blocks = True
    made.filters.update(day=day, thousands=thousands)
    made.globals.update(search_url=search_url, PageType=PageType)


def day(value: date) -> str:
    """Return a date as readers write it: 22 November 2026."""
    return f"{value.day} {_MONTHS[value.month]} {value.year}"


def thousands(value: int) -> str:
    """Return a number with commas."""
    return f"{value:,}"


def search_url(**values: str) -> str:
    """Return the address of a search."""
    kept = {name: value for name, value in values.items() if value}
    return f"/search?{urlencode(kept)}" if kept else "/search"
