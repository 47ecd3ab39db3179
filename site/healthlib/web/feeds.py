"""What machines read: feeds, the site map, robots.txt and the search description."""

from datetime import UTC, date, datetime, time

from flask import Blueprint, Response, abort, render_template

from healthlib.content.comparisons import pairs
from healthlib.content.pagetypes import PageType, url_of
from healthlib.content.published import Card
from healthlib.content.store import Store
from healthlib.web.context import current_generation

feeds = Blueprint("feeds", __name__)

FEED_ENTRIES = 20
# The limit of the protocol: sitemaps.org, "Sitemap file".
SITEMAP_ADDRESSES = 50_000


def _xml(template: str, mimetype: str, **values: object) -> Response:
    return Response(render_template(template, **values), mimetype=mimetype)


@feeds.get("/feed.atom")
def newest() -> Response:
    """Feed of the newest articles."""
    cards = current_generation().store.newest(PageType.ARTICLE, FEED_ENTRIES)
    return _feed("New articles", "/feed.atom", "/articles/", cards)


@feeds.get("/topics/<slug>/feed.atom")
def topic(slug: str) -> Response:
    """Feed of the newest pages of a topic."""
    store = current_generation().store
    page = store.page(url_of(PageType.TOPIC, slug))
    if page is None:
        abort(404)
    return _feed(page.title, f"{page.url}feed.atom", page.url, store.newest_of_topic(slug, FEED_ENTRIES))


def _feed(title: str, path: str, page: str, cards: list[Card]) -> Response:
    updated = max((card.updated for card in cards), default=datetime.now(UTC).date())
    at = datetime.combine(updated, time(), UTC)
    return _xml("feeds/atom.xml", "application/atom+xml", title=title, path=path, page=page, cards=cards, updated=at)


@feeds.get("/sitemap.xml")
def sitemap() -> Response:
    """Every address, or the list of site maps where one file may not hold them all."""
    addresses = _addresses()
    if addresses <= SITEMAP_ADDRESSES:
        return _sitemap(0)
    return _xml("feeds/sitemap_index.xml", "application/xml", parts=range(1, -(-addresses // SITEMAP_ADDRESSES) + 1))


@feeds.get("/sitemap-<int:part>.xml")
def sitemap_part(part: int) -> Response:
    """One of several site maps."""
    addresses = _addresses()
    if addresses <= SITEMAP_ADDRESSES or not 0 < part <= -(-addresses // SITEMAP_ADDRESSES):
        abort(404)
    return _sitemap((part - 1) * SITEMAP_ADDRESSES)


def _addresses() -> int:
    """How many addresses the site map has."""
    store = current_generation().store
    return store.pages + len(_comparisons(store))


def _sitemap(offset: int) -> Response:
    store = current_generation().store
    addresses = list(store.addresses(SITEMAP_ADDRESSES, offset))
    after = max(0, offset - store.pages)
    addresses += _comparisons(store)[after : after + SITEMAP_ADDRESSES - len(addresses)]
    return _xml("feeds/sitemap.xml", "application/xml", addresses=addresses)


def _comparisons(store: Store) -> list[tuple[str, date]]:
    """Return the comparisons worth finding: any two medicines can be compared, but only of some do we write."""
    return [(link.url, updated) for link, updated in pairs(store)]


@feeds.get("/robots.txt")
def robots() -> Response:
    """Search results are for readers, not for other engines."""
    return _xml("feeds/robots.txt", "text/plain")


@feeds.get("/opensearch.xml")
def opensearch() -> Response:
    """How a browser adds the library to its search engines."""
    return _xml("feeds/opensearch.xml", "application/opensearchdescription+xml")
