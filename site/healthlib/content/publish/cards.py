"""A page as it is offered on another page, and its subject as it stands inside a sentence."""

from healthlib.content.authored import AuthoredPage
from healthlib.content.model import Named
from healthlib.content.published import Card


def card_of(page: AuthoredPage, why: str = "") -> Card:
    """Return an authored page as a card."""
    meta = page.meta
    return Card(type=page.type, url=page.url, title=meta.title, summary=meta.summary, updated=meta.updated, why=why)


def subject(page: AuthoredPage) -> str:
    """Return what a page is about in the author's own capitals: "multiple sclerosis", "Dravet syndrome"."""
    return page.meta.name if isinstance(page.meta, Named) else page.meta.title
