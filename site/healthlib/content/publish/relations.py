"""Related pages, each with a true reason.

Two things say that pages belong together: what both are about, where rare things weigh more, and how close their texts
are in meaning. With `k` the sum of the weights of the things in common and `c` the cosine of the two texts,

    score = k / (1 + k) + TEXT_WEIGHT * c

Sharing a second thing says less than sharing the first, hence k / (1 + k): two medicines that list thirty side effects
in common are no closer than a medicine and the article about it. docs/decisions/0006 says how TEXT_WEIGHT was chosen.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from healthlib.content.authored import AuthoredPage
from healthlib.content.library import Library
from healthlib.content.model import Article
from healthlib.content.pagetypes import PageType
from healthlib.content.publish.cards import card_of, subject
from healthlib.content.published import Card

SHOWN = 6
LEAST = 3
SAME_REASON = 2
# Of a thing that more pages are about, only those whose texts are near are compared: it says little about any two.
TOO_COMMON = 500

TEXT_WEIGHT = 1.0
# From this cosine on, pages that no author has connected are related by their texts alone.
CLOSE = 0.3
# From this cosine on, they are even where no name stands in both texts.
SAME_SUBJECT = 0.5
# Beyond the first three cards a page must score this much: three good ones are better than six of which three are idle.
WORTH_A_CARD = 0.4

NEW = "New on the site"
PINNED = "Chosen by the editors"
SIMILAR = "Similar subject"

Near = Mapping[str, float]
Mentions = Mapping[str, frozenset[str]]
_NONE: Mapping[str, frozenset[str]] = MappingProxyType({})
_NOTHING: Near = MappingProxyType({})


class Relations:
    """Finds related pages; made once per build."""

    def __init__(self, library: Library, mentions: Mentions = _NONE) -> None:
        """Gather what the pages are about.

        Args:
            library: the authored pages.
            mentions: for each page (such as `articles/cbd-and-thc`) the pages whose names its text has.
        """
        self._library = library
        self._pages = {page.ref: page for page in library.live() if page.type not in (PageType.PERSON, PageType.INFO)}
        self._things = {ref: _things_of(page) for ref, page in self._pages.items()}
        self._connecting = {
            ref: frozenset(thing for thing in things if _connects(thing, ref)) for ref, things in self._things.items()
        }
        self._holders: dict[str, list[str]] = defaultdict(list)
        for ref, things in self._things.items():
            for thing in things:
                self._holders[thing].append(ref)
        self._weights = {thing: _weight(thing, len(held), len(self._pages)) for thing, held in self._holders.items()}
        self._mentions = mentions
        self._mentioned = Counter(thing for things in mentions.values() for thing in things)
        newest = sorted(self._pages.values(), key=lambda page: (page.meta.updated, page.ref), reverse=True)
        self._newest = [page for page in newest if page.type is PageType.ARTICLE and not page.meta.sensitive]

    def cards(self, page: AuthoredPage, near: Near = _NOTHING) -> tuple[Card, ...]:
        """Return up to six related pages, best first, at most two for the same reason.

        Args:
            page: the page that the cards will stand on.
            near: pages whose texts are close in meaning, each with its cosine (from -1 to 1).
        """
        if page.ref not in self._things:
            return ()
        chosen: list[Card] = []
        reasons: Counter[str] = Counter()
        for other, why in self._candidates(page, near):
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

    def _candidates(self, page: AuthoredPage, near: Near) -> Iterator[tuple[AuthoredPage, str]]:
        """Yield pinned pages, then related ones, then the newest."""
        blocked = {page.ref, *page.meta.blocked_related}
        for ref in page.meta.related:
            if ref not in blocked and (pinned := self._library.ref(ref)):
                yield pinned, PINNED
        for place, (ref, score) in enumerate(self._ranked(page, near, blocked)):
            if place < LEAST or score >= WORTH_A_CARD:
                yield self._pages[ref], self._reason(page, self._pages[ref])
        for other in self._newest:
            if other.ref not in blocked:
                yield other, NEW

    def _ranked(self, page: AuthoredPage, near: Near, blocked: set[str]) -> list[tuple[str, float]]:
        """Return pages that may stand beside a page with their scores, the most related first."""
        own, scored = page.ref, []
        for ref in self._comparable(page, near) - blocked:
            if not self._pages[ref].meta.sensitive:
                # fsum, because sets of texts have no fixed order and rounding must not decide.
                shared = math.fsum([self._weights[thing] for thing in self._shared(own, ref)])
                scored.append((-round(shared / (1 + shared) + TEXT_WEIGHT * near.get(ref, 0.0), 6), ref))
        scored.sort()
        return [(ref, -score) for score, ref in scored]

    def _comparable(self, page: AuthoredPage, near: Near) -> set[str]:
        """Return pages that share a thing with a page, or whose texts alone connect them."""
        found = {ref for thing in self._things[page.ref] for ref in self._sharing(page, thing)}
        for ref, cosine in near.items():
            if ref in self._things and ref not in found and self._connected(page.ref, ref, cosine):
                found.add(ref)
        return found

    def _sharing(self, page: AuthoredPage, thing: str) -> list[str]:
        """Return pages that a thing connects with a page."""
        if not _connects(thing, page.ref):
            return [thing] if thing in self._things else []
        return self._holders[thing] if len(self._holders[thing]) <= TOO_COMMON else []

    def _connected(self, ref: str, other: str, cosine: float) -> bool:
        """Say whether texts this close connect two pages."""
        if cosine >= SAME_SUBJECT:
            return True
        if cosine < CLOSE:
            return False
        named = self._named_in_both(ref, other)
        return any(_connects(thing, ref, other) for thing in (*self._shared(ref, other), *named))

    def _shared(self, ref: str, other: str) -> frozenset[str]:
        """Return the things that both pages are about and that connect them."""
        return (self._connecting[ref] & self._things[other]) | (self._things[ref] & self._connecting[other])

    def _named_in_both(self, ref: str, other: str) -> frozenset[str]:
        """Return things that both texts name; a page's text names the page itself."""
        return (self._mentions.get(ref, frozenset()) | {ref}) & (self._mentions.get(other, frozenset()) | {other})

    def _reason(self, page: AuthoredPage, other: AuthoredPage) -> str:
        """Return why a page is offered: the rarest thing in common; a name in a text says more than a topic does."""
        thing = max(self._shared(page.ref, other.ref), key=lambda thing: (self._weights[thing], thing), default="")
        if thing and (thing in (page.ref, other.ref) or not thing.startswith("topics/")):
            return self._reason_about(page, other, thing)
        named = self._named_in_both(page.ref, other.ref)
        if direct := named & {page.ref, other.ref}:
            if other.ref in direct:
                return f"{other.type.spec.label} mentioned here"
            return f"Mentions {subject(page)}"
        if thing:
            return self._reason_about(page, other, thing)
        return self._reason_named(named)

    def _reason_about(self, page: AuthoredPage, other: AuthoredPage, thing: str) -> str:
        shared = self._pages.get(thing)
        name = subject(shared) if shared else thing
        folder = thing.partition("/")[0]
        if folder != "topics" and _is_comparison(other):
            return "Compares medicines that people confuse"
        if thing == other.ref:
            return f"{other.type.spec.label} named here"
        if thing == page.ref:
            phrases = _OF_A_MEDICINE if other.type is PageType.MEDICINE else {}
            return phrases.get(folder, "About {}").format(name)
        return _REASONS[folder].format(name)

    def _reason_named(self, named: frozenset[str]) -> str:
        if not named:
            return SIMILAR
        rarest = min(named, key=lambda thing: (self._mentioned[thing], thing))
        return f"Also mentions {subject(self._pages[rarest])}"


def _things_of(page: AuthoredPage) -> frozenset[str]:
    """Return what a page is about, itself included."""
    return frozenset({page.ref, *(f"{folder}/{slug}" for folder, slug in page.meta.about())})


def _connects(thing: str, *pages: str) -> bool:
    """Say whether a thing in common relates pages: hundreds of medicines list nausea, which says little of any two."""
    return thing in pages or not thing.startswith("side-effects/")


def _weight(thing: str, holders: int, pages: int) -> float:
    """Return what sharing a thing is worth, at most 1: inverse document frequency, Spaerck Jones 1972, scaled."""
    rarity = math.log(1 + pages / holders) / math.log(1 + pages)
    return rarity * _KIND_WEIGHT[thing.partition("/")[0]]


def _is_comparison(page: AuthoredPage) -> bool:
    return isinstance(page.meta, Article) and page.meta.kind == "comparison" and len(page.meta.drugs) > 1


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
    "articles": "Goes with {}",
}
# What a medicine has to do with the page it is offered on, by that page's folder.
_OF_A_MEDICINE = {"conditions": "Used for {}", "classes": "In this group", "side-effects": "Lists {} as a side effect"}
