"""Puts the frame around the text of a page that is read."""

from datetime import date
from functools import partial
from typing import Any

from flask import Response, render_template

from healthlib.content.pagetypes import PageType
from healthlib.content.reading import Reading
from healthlib.content.trail import trail
from healthlib.web.frame import frame_for, mark

TEMPLATE = "pages/reading.html"
# What a frame leaves room for: words, and finished HTML.
_WORDS = ("url", "lang", "title", "summary")
_FINISHED = ("head", "data", "html", "rest")


def framed(page: Reading) -> Response:
    """Return the document of a page that nothing must be looked up for; one that is overdue says so."""
    if page.review_due and page.review_due < date.today():
        return Response(_render(page))
    frame = frame_for(page.type, partial(_marked, page.type))
    response = Response(frame.fill(**{name: getattr(page, name) for name in (*_WORDS, *_FINISHED)}))
    response.set_etag(f"{frame.digest}-{page.digest}", weak=True)
    return response


def _marked(page_type: PageType) -> str:
    marks: dict[str, Any] = {name: mark(name) for name in _WORDS} | {name: mark(name).encode() for name in _FINISHED}
    return _render(Reading(type=page_type, slug="", review_due=None, digest="", **marks))


def _render(page: Reading) -> str:
    return render_template(TEMPLATE, page=page, breadcrumb=trail(page.type))
