"""Helpers that templates use within a request.

None asks Flask for an address: the page that refuses an unknown Host is rendered where Flask can make none.
"""

import hashlib
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from flask import Flask
from flask.templating import Environment
from markupsafe import Markup, escape

from healthlib.content.templates import PlainGlobals, add_helpers
from healthlib.search.results import Span
from healthlib.web.context import current_settings, settings_of
from healthlib.web.fragments import fragment

# One masthead for each section of the site, and one for each address that is none.
MOST_KEPT = 64


_MARK, _MARKED = Markup("<mark>"), Markup("</mark>")


class SiteTemplates(PlainGlobals, Environment):
    """Flask's environment, with the globals of each template as a dictionary."""


def init_templating(app: Flask) -> None:
    """Make the helpers known to all templates."""
    add_helpers(app.jinja_env)
    app.jinja_env.filters.update(marked=marked, fragment=fragment)
    develops = settings_of(app).environment == "development"
    assets, kept = Assets(Path(str(app.static_folder))), Kept(app.jinja_env)
    app.jinja_env.globals.update(
        absolute=absolute,
        asset=assets.url if develops else cache(assets.url),
        kept=kept.render if develops else lru_cache(MOST_KEPT)(kept.render),
        section_of=section_of,
        today=date.today,
        site_name=settings_of(app).site_name,
    )


class Kept:
    """Components whose HTML comes of their arguments alone: the masthead, help and the footer of most pages."""

    def __init__(self, templates: Environment) -> None:
        self._templates = templates

    def render(self, component: str, *values: object) -> Markup:
        """Return the HTML of a component."""
        module = self._templates.get_template(f"components/{component}.html").module
        html: Markup = getattr(module, component)(*values)
        return html


def marked(spans: Iterable[Span]) -> Markup:
    """Return text with the reader's words marked."""
    # Escaped as one: a passage has a dozen spans, and a page of results twenty passages.
    text = "".join(f"\x02{span.text}\x03" if span.mark else span.text for span in spans)
    return escape(text).replace("\x02", _MARK).replace("\x03", _MARKED)


def section_of(path: str) -> str:
    """Return what a masthead shows of an address: a section of the site, or that it is somewhere inside of one."""
    _, section, *rest = path.split("/", 2)
    return f"/{section}/-" if any(rest) else path


def absolute(path: str) -> str:
    """Return the full address of a path, by the setting and not by the Host header."""
    return current_settings().base_url + path


class Assets:
    """Addresses of static files with a digest of their content, so that browsers can keep them for a year."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def url(self, name: str) -> str:
        """Return the address of a file.

        Raises:
            FileNotFoundError: when there is no such file.
        """
        digest = hashlib.sha256((self._folder / name).read_bytes()).hexdigest()[:12]
        return f"/static/{name}?v={digest}"
