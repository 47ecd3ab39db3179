"""A page as it is served, its text laid out when the library was built."""

from datetime import date
from typing import NamedTuple

from healthlib.content.pagetypes import PageType


class Reading(NamedTuple):
    """What the frame around a page shows, and the page's text as finished HTML in UTF-8.

    Attributes:
        type, slug, url, lang, title, summary: of the page.
        review_due: when its next review is due; None for pages that nobody signs.
        head: what its `<head>` has beyond the frame's, as finished HTML.
        data: what it says in the words of schema.org, as `linked_data` gives it.
        html: its text, up to the place where the site adds what it must look up for each request, or to the end.
        rest: what comes after that place.
        digest: changes whenever any of this does.
    """

    type: PageType
    slug: str
    url: str
    lang: str
    title: str
    summary: str
    review_due: date | None
    head: bytes
    data: bytes
    html: bytes
    rest: bytes
    digest: str
