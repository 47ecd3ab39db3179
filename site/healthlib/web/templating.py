"""Helpers that templates use within a request.

None asks Flask for an address: the page that refuses an unknown Host is rendered where Flask can make none.
"""

import hashlib
from datetime import date
from pathlib import Path

from flask import Flask
from flask.templating import Environment

from healthlib.content.templates import PlainGlobals, add_helpers
from healthlib.web.context import current_settings, settings_of


class SiteTemplates(PlainGlobals, Environment):
    """Flask's environment, with the globals of each template as a dictionary."""


def init_templating(app: Flask) -> None:
    """Make the helpers known to all templates."""
    add_helpers(app.jinja_env)
    app.jinja_env.globals.update(
        absolute=absolute,
        asset=Assets(Path(str(app.static_folder))).url,
        today=date.today,
        site_name=settings_of(app).site_name,
    )


def absolute(path: str) -> str:
    """Return the full address of a path, by the setting and not by the Host header."""
    return current_settings().base_url + path


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
