"""Helpers that templates use.

None asks Flask for an address: the page that refuses an unknown Host is rendered where Flask can make none.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from flask.templating import Environment

from healthlib.content.pagetypes import PageType
from healthlib.web.context import current_settings, settings_of

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


def init_templating(app: Flask) -> None:
    """Make the helpers known to all templates."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["day"] = day
    app.jinja_env.filters["thousands"] = thousands
    app.jinja_env.globals.update(
        absolute=absolute,
        asset=Assets(Path(str(app.static_folder))).url,
        search_url=search_url,
        today=date.today,
        PageType=PageType,
        site_name=settings_of(app).site_name,
    )


def day(value: date) -> str:
    """Return a date as readers write it: 22 November 2026."""
    return f"{value.day} {_MONTHS[value.month]} {value.year}"


def thousands(value: int) -> str:
    """Return a number with commas."""
    return f"{value:,}"


def absolute(path: str) -> str:
    """Return the full address of a path, by the setting and not by the Host header."""
    return current_settings().base_url + path


def search_url(**values: str) -> str:
    """Return the address of a search."""
    kept = {name: value for name, value in values.items() if value}
    return f"/search?{urlencode(kept)}" if kept else "/search"


class Assets:
    """Addresses of static files with a digest of their content, so that browsers can keep them for a year."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._digests: dict[str, tuple[int, str]] = {}

    def url(self, name: str) -> str:
        """Return the address of a file.

        Raises:
            FileNotFoundError: when there is no such file.
        """
        changed = (self._folder / name).stat().st_mtime_ns
        known = self._digests.get(name)
        if known is None or known[0] != changed:
            digest = hashlib.sha256((self._folder / name).read_bytes()).hexdigest()[:12]
            known = self._digests[name] = changed, digest
        return f"/static/{name}?v={known[1]}"
