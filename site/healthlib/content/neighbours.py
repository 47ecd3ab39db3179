"""The article before and the one after another in its first topic, A to Z."""

from typing import NamedTuple

from healthlib.content.pagetypes import PageType
from healthlib.content.published import ArticlePage, Card
from healthlib.content.store import Store

_BESIDE = (
    "JOIN member ON member.page = page.id WHERE holder = ? AND member.type = ? "
    "AND (member.sort, page.id) {0} (SELECT sort, id FROM page WHERE url = ?) "
    "ORDER BY member.sort {1}, page.id {1} LIMIT 1"
)
_BEFORE, _AFTER = _BESIDE.format("<", "DESC"), _BESIDE.format(">", "ASC")


class Neighbours(NamedTuple):
    """Articles of one topic beside another; None at the ends."""

    before: Card | None
    after: Card | None


def neighbours(store: Store, page: ArticlePage) -> Neighbours:
    """Return the articles beside one that has a topic; of equal titles the one that was added first comes first."""
    holder = next(ref for ref in page.about if ref.startswith(f"{PageType.TOPIC.spec.folder}/"))
    return Neighbours(_first(store, _BEFORE, holder, page.url), _first(store, _AFTER, holder, page.url))


def _first(store: Store, condition: str, holder: str, url: str) -> Card | None:
    cards = store.cards(condition, holder, PageType.ARTICLE, url)
    return cards[0] if cards else None
