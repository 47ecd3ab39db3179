"""Related pages with a true reason each, from the things that two pages are both about; rare things weigh more."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator

from healthlib.content.authored import AuthoredPage
from healthlib.content.library import Library
from healthlib.content.model import Article
from healthlib.content.pagetypes import PageType
from healthlib.content.publish.cards import card_of, subject
from healthlib.content.published import Card

SHOWN = 6
LEAST = 3
SAME_REASON = 2
# A thing that this many pages are about says little about any two of them, and comparing them all would be slow.
TOO_COMMON = 2000

NEW = "New on the site"
PINNED = "Chosen by the editors"


class Relations:
    """Finds related pages; made once per build."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._pages = [page for page in library.live() if page.type not in (PageType.PERSON, PageType.INFO)]
        self._things = {page.ref: self._things_of(page) for page in self._pages}
        self._holders: dict[str, list[AuthoredPage]] = defaultdict(list)
        for page in self._pages:
            for thing in self._things[page.ref]:
                self._holders[thing].append(page)
        self._newest = sorted(self._pages, key=lambda page: (page.meta.updated, page.ref), reverse=True)

    def cards(self, page: AuthoredPage) -> tuple[Card, ...]:
        """Return up to six related pages, best first, at most two for the same reason."""
        if page.ref not in self._things:
            return ()
        chosen: list[Card] = []
        reasons: Counter[str] = Counter()
        for other, why in self._candidates(page):
            if reasons[why] < (SHOWN if why in (PINNED, NEW) else SAME_REASON) and all(
                card.url != other.url for card in chosen
            ):
                if why == NEW and len(chosen) >= LEAST:
                    break
                reasons[why] += 1
                chosen.append(card_of(other, why))
            if len(chosen) == SHOWN:
                break
        return tuple(chosen)

    def _candidates(self, page: AuthoredPage) -> Iterator[tuple[AuthoredPage, str]]:
        """Yield pinned pages, then pages with things in common, then the newest."""
        blocked = {page.ref, *page.meta.blocked_related}
        for ref in page.meta.related:
            if ref not in blocked and (pinned := self._library.ref(ref)):
                yield pinned, PINNED
        for other, thing in self._ranked(page):
            if other.ref not in blocked and not other.meta.sensitive:
                yield other, self._reason(page, other, thing)
        for other in self._newest:
            if other.ref not in blocked and not other.meta.sensitive and other.type is PageType.ARTICLE:
                yield other, NEW

    def _ranked(self, page: AuthoredPage) -> Iterator[tuple[AuthoredPage, str]]:
        """Yield (page, weightiest shared thing), the most related first."""
        scores: dict[str, float] = defaultdict(float)
        strongest: dict[str, tuple[float, str]] = {}
        others: dict[str, AuthoredPage] = {}
        for thing in self._things[page.ref]:
            holders = self._holders[thing]
            if len(holders) > TOO_COMMON:
                continue
            # Inverse document frequency, as in text search: Spaerck Jones 1972.
            weight = math.log(1 + len(self._pages) / len(holders)) * _KIND_WEIGHT[thing.partition("/")[0]]
            for other in holders:
                others[other.ref] = other
                scores[other.ref] += weight
                strongest[other.ref] = max(strongest.get(other.ref, (0.0, "")), (weight, thing))
        for ref in sorted(scores, key=lambda ref: (-scores[ref], ref)):
            yield others[ref], strongest[ref][1]

    def _things_of(self, page: AuthoredPage) -> frozenset[str]:
        named = {f"{folder}/{slug}" for folder, slug in page.meta.about()}
        return frozenset(named | {page.ref})

    def _reason(self, page: AuthoredPage, other: AuthoredPage, thing: str) -> str:
        shared = self._library.ref(thing)
        name = subject(shared) if shared else thing
        if isinstance(other.meta, Article) and other.meta.kind == "comparison" and len(other.meta.drugs) > 1:
            return "Compares medicines that people confuse"
        if thing == other.ref:
            return f"{other.type.spec.label} named here"
        if thing == page.ref:
            return f"About {name}"
        return _REASONS[thing.partition("/")[0]].format(name)


# Sharing a medicine or a condition says more than sharing a side effect, which hundreds of medicines list.
_KIND_WEIGHT = {
    "medicines": 1.0,
    "conditions": 1.0,
    "classes": 1.0,
    "articles": 1.0,
    "topics": 0.5,
    "side-effects": 0.25,
}
_REASONS = {
    "medicines": "Also about {}",
    "conditions": "Also about {}",
    "classes": "Same group: {}",
    "topics": "More on {}",
    "side-effects": "Also names {}",
    "articles": "Goes with {}",
}
