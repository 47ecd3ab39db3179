"""Puts the frame around the text of a page that is read."""

from datetime import date
from functools import partial

from flask import Response, render_template

from healthlib.content.pagetypes import PageType
from healthlib.content.published import Link
from healthlib.content.reading import Reading
from healthlib.web.frame import frame_for, mark

TEMPLATE = "pages/reading.html"


def framed(page: Reading) -> Response:
    """Return the document of a page that nothing must be looked up for; one that is overdue says so."""
    if page.review_due and page.review_due < date.today():
        return Response(_render(page))
    frame = frame_for(page.type, partial(_marked, page.type))
    response = Response(
        frame.fill(title=page.title, summary=page.summary, url=page.url, html=page.html, rest=page.rest)
    )
    response.set_etag(f"{frame.digest}-{page.digest}", weak=True)
    return response


def _marked(page_type: PageType) -> str:
    title, summary, url = mark("title"), mark("summary"), mark("url")
    html, rest = mark("html").encode(), mark("rest").encode()
    return _render(Reading(page_type, "", url, title, summary, None, html, rest, digest=""))


def _render(page: Reading) -> str:
    return render_template(TEMPLATE, page=page, breadcrumb=breadcrumb(page.type))


def breadcrumb(page_type: PageType) -> list[Link]:
    """Return the way to a page of a type."""
    spec = page_type.spec
    if page_type is PageType.INFO:
        return []
    if page_type is PageType.PERSON:
        return [Link(text="About", url="/about/")]
    parents = [Link(text="Medicines", url="/medicines/")] if page_type is PageType.CLASS else []
    return [*parents, Link(text=spec.plural, url=spec.prefix)]
