"""What stands around the text of a page that is read: rendered once for each kind of page, then only filled.

A template takes longer to run than all else that such a page needs, and nearly all it prints is the same for every page
of a kind. So it is run for a page whose words are marks, and cut at the marks.
"""

import re
from collections.abc import Sequence
from datetime import date
from hashlib import blake2b

from flask import Flask, Response, current_app, render_template
from markupsafe import escape

from healthlib.content.pagetypes import PageType
from healthlib.content.published import Link
from healthlib.content.reading import Reading
from healthlib.web.context import current_settings

TEMPLATE = "pages/reading.html"
_FRAMES = "healthlib_frames"
# Signs that no page has: YAML and Markdown both refuse them, and escaping leaves them alone.
_OPEN, _CLOSE = "\x02", "\x03"
_WORDS = ("title", "summary", "url", "html", "rest")
_MARK = re.compile(f"{_OPEN}({'|'.join(_WORDS)}){_CLOSE}")


class Frame:
    """The HTML around the text of one kind of page."""

    def __init__(self, html: str) -> None:
        """Cut the HTML of a page whose words are marks."""
        # Every other part is the name of what goes there.
        parts = _MARK.split(html)
        self._parts: Sequence[bytes] = [part.encode() for part in parts[::2]]
        self._names: Sequence[str] = parts[1::2]
        self._digest = blake2b(html.encode(), digest_size=8).hexdigest()

    def fill(self, page: Reading) -> bytes:
        """Return the whole document of a page."""
        words = {
            "title": str(escape(page.title)).encode(),
            "summary": str(escape(page.summary)).encode(),
            "url": page.url.encode(),
            "html": page.html,
            "rest": page.rest,
        }
        filled = [self._parts[0]]
        for name, part in zip(self._names, self._parts[1:], strict=True):
            filled += (words[name], part)
        return b"".join(filled)

    def tag(self, page: Reading) -> str:
        """Return what changes whenever the document does."""
        return f"{self._digest}-{page.digest}"


def init_frames(app: Flask) -> None:
    """Make room for the frames of an application."""
    app.extensions[_FRAMES] = {}


def framed(page: Reading) -> Response:
    """Return the document of a page that nothing must be looked up for; one that is overdue says so."""
    if page.review_due and page.review_due < date.today():
        return Response(render_template(TEMPLATE, page=page, breadcrumb=breadcrumb(page.type)))
    frame = _frame(page.type)
    response = Response(frame.fill(page))
    response.set_etag(frame.tag(page), weak=True)
    return response


def _frame(page_type: PageType) -> Frame:
    frames: dict[PageType, Frame] = current_app.extensions[_FRAMES]
    found = frames.get(page_type)
    if found is None:
        title, summary, url, html, rest = (f"{_OPEN}{name}{_CLOSE}" for name in _WORDS)
        page = Reading(page_type, "", url, title, summary, None, html.encode(), rest.encode(), digest="")
        found = Frame(render_template(TEMPLATE, page=page, breadcrumb=breadcrumb(page_type)))
        # In development changed templates must be seen at once.
        if current_settings().environment == "production":
            frames[page_type] = found
    return found


def breadcrumb(page_type: PageType) -> list[Link]:
    """Return the way to a page of a type."""
    spec = page_type.spec
    if page_type is PageType.INFO:
        return []
    if page_type is PageType.PERSON:
        return [Link(text="About", url="/about/")]
    parents = [Link(text="Medicines", url="/medicines/")] if page_type is PageType.CLASS else []
    return [*parents, Link(text=spec.plural, url=spec.prefix)]
