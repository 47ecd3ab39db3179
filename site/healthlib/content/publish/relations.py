"""Related pages, each with a true reason.

Two things say that pages belong together: what both are about, where rare things weigh more, and how close their texts
are in meaning. With `k` the sum of the weights of the things in common and `c` the cosine of the two texts,

    score = k / (1 + k) + TEXT_WEIGHT * c

Sharing a second thing says less than sharing the first, hence k / (1 + k): two medicines that list thirty side effects
in common are no closer than a medicine and the article about it. docs/decisions/0006 says how TEXT_WEIGHT was chosen.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from healthlib.content.authored import AuthoredPage
from healthlib.content.library import Library
from healthlib.content.model import Article
from healthlib.content.pagetypes import PageType
from healthlib.content.publish.cards import card_of, subject
from healthlib.content.publish.sharing import Common, Sharing, connects
from healthlib.content.published import Card

SHOWN = 6
LEAST = 3
SAME_REASON = 2

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

Mentions = Mapping[str, frozenset[str]]
_NOBODY: frozenset[str] = frozenset()
_NONE: Mapping[str, frozenset[str]] = MappingProxyType({})


class Near(NamedTuple):
    """Pages whose texts are close in meaning.

    Attributes:
        places: which pages, as `Relations.places` numbers them.
        cosines: how close each is, from -1 to 1.
    """

    places: npt.NDArray[np.int64]
    cosines: npt.NDArray[np.floating]


_NOTHING = Near(np.zeros(0, np.int64), np.zeros(0))


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
        self._sharing = Sharing({ref: _things_of(page) for ref, page in self._pages.items()})
        self._by_place = [self._pages[ref] for ref in self._sharing.pages]
        # What a reason may depend on of the page that is offered.
        self._kinds = [2 * page.type.rank + _is_comparison(page) for page in self._by_place]
        self._barred = np.array([page.meta.sensitive for page in self._by_place], np.bool_)
        self._mentions = mentions
        self._naming: dict[str, list[str]] = defaultdict(list)
        for ref in mentions:
            for thing in mentions[ref]:
                self._naming[thing].append(ref)
        newest = sorted(self._pages.values(), key=lambda page: (page.meta.updated, page.ref), reverse=True)
        self._newest = [page for page in newest if page.type is PageType.ARTICLE and not page.meta.sensitive]

    def places(self, refs: Iterable[str]) -> npt.NDArray[np.int64]:
        """Return the number of each page; -1 for one that is never related to another."""
        return self._sharing.places(refs)

    def cards(self, page: AuthoredPage, near: Near = _NOTHING) -> tuple[Card, ...]:
        """Return up to six related pages, best first, at most two for the same reason.

        Args:
            page: the page that the cards will stand on.
            near: pages whose texts are close in meaning.
        """
        if page.ref not in self._pages:
            return ()
        chosen: dict[str, Card] = {}
        reasons: Counter[str] = Counter()
        for other, why in self._candidates(page, near):
            if reasons[why] < (SHOWN if why in (PINNED, NEW) else SAME_REASON) and other.ref not in chosen:
                if why == NEW and len(chosen) >= LEAST:
                    break
                reasons[why] += 1
                chosen[other.ref] = card_of(other, why)
            if len(chosen) == SHOWN:
                break
        return tuple(chosen.values())

    def _candidates(self, page: AuthoredPage, near: Near) -> Iterator[tuple[AuthoredPage, str]]:
        """Yield pinned pages, then related ones, then the newest."""
        blocked = {page.ref, *page.meta.blocked_related}
        for ref in page.meta.related:
            if ref not in blocked and (pinned := self._library.ref(ref)):
                yield pinned, PINNED
        yield from self._related(page, near, blocked)
        for other in self._newest:
            if other.ref not in blocked:
                yield other, NEW

    def _related(self, page: AuthoredPage, near: Near, blocked: set[str]) -> Iterator[tuple[AuthoredPage, str]]:
        """Yield pages that what they share or their texts connect with a page, the most related first."""
        common, cosines = self._compared(page.ref, near)
        kept = self._connected(page.ref, common, cosines) & ~self._barred[common.pages]
        for place in self._sharing.places(blocked).tolist():
            kept &= common.pages != place
        scores = np.round(common.worth / (1 + common.worth) + TEXT_WEIGHT * cosines, 6)
        rows = np.flatnonzero(kept)
        order = rows[np.argsort(-scores[rows], kind="stable")]
        reason = self._reasons(page)
        found = zip(common.pages[order].tolist(), common.best[order].tolist(), scores[order].tolist(), strict=True)
        for place, (other, thing, score) in enumerate(found):
            if place >= LEAST and score < WORTH_A_CARD:
                break
            yield self._by_place[other], reason(other, thing)

    def _compared(self, ref: str, near: Near) -> tuple[Common, npt.NDArray[np.float64]]:
        """Return the pages that are compared with one, and the cosine of each."""
        common = self._sharing.common(ref, near.places[near.cosines >= CLOSE])
        cosines = np.zeros(len(common.pages))
        rows = np.searchsorted(common.pages, near.places)
        there = rows < len(common.pages)
        there[there] = common.pages[rows[there]] == near.places[there]
        cosines[rows[there]] = near.cosines[there]
        return common, cosines

    def _connected(self, ref: str, common: Common, cosines: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Say which pages a thing in common connects with a page, and which their texts alone do."""
        found = common.sharing | (cosines >= SAME_SUBJECT) | (common.best >= 0)
        for row in np.flatnonzero(~found).tolist():
            other = self._sharing.pages[common.pages[row]]
            found[row] = any(connects(thing, ref, other) for thing in self._named_in_both(ref, other))
        return found

    def _named_in_both(self, ref: str, other: str) -> frozenset[str]:
        """Return things that both texts name; a page's text names the page itself."""
        return (self._mentions.get(ref, _NOBODY) | {ref}) & (self._mentions.get(other, _NOBODY) | {other})

    def _reasons(self, page: AuthoredPage) -> Callable[[int, int], str]:
        """Return what says why a page is offered, by its place and the thing in common that is worth most, or -1.

        Hundreds of pages may have the same reason, so each is worded once.
        """
        named = frozenset(self._sharing.places(self._mentions.get(page.ref, ())).tolist())
        naming = frozenset(self._sharing.places(self._naming.get(page.ref, ())).tolist())
        worded: dict[tuple[int, int, bool, bool], str] = {}

        def reason(place: int, best: int) -> str:
            other = self._by_place[place]
            key = (best, self._kinds[place], place in named, place in naming)
            if best == self._sharing.own[place] or not (best >= 0 or key[2] or key[3]):
                return self._reason(page, other, self._thing(best), *key[2:])
            if key not in worded:
                worded[key] = self._reason(page, other, self._thing(best), *key[2:])
            return worded[key]

        return reason

    def _thing(self, number: int) -> str:
        return self._sharing.things[number] if number >= 0 else ""

    def _reason(self, page: AuthoredPage, other: AuthoredPage, thing: str, named: bool, naming: bool) -> str:
        """Return why a page is offered: the rarest thing in common; a name in a text says more than a topic does."""
        if thing and (thing in (page.ref, other.ref) or not thing.startswith("topics/")):
            return self._reason_about(page, other, thing)
        if named:
            return f"{other.type.spec.label} mentioned here"
        if naming:
            return f"Mentions {subject(page)}"
        if thing:
            return self._reason_about(page, other, thing)
        return self._reason_named(self._named_in_both(page.ref, other.ref))

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
        rarest = min(named, key=lambda thing: (len(self._naming[thing]), thing))
        return f"Also mentions {subject(self._pages[rarest])}"


def _things_of(page: AuthoredPage) -> frozenset[str]:
    """Return what a page is about, itself included."""
    return frozenset({page.ref, *(f"{folder}/{slug}" for folder, slug in page.meta.about())})


def _is_comparison(page: AuthoredPage) -> bool:
    return isinstance(page.meta, Article) and page.meta.kind == "comparison" and len(page.meta.drugs) > 1


_REASONS = {
    "medicines": "Also about {}",
    "conditions": "Also about {}",
    "classes": "Same group: {}",
    "topics": "More on {}",
    "articles": "Goes with {}",
}
# What a medicine has to do with the page it is offered on, by that page's folder.
_OF_A_MEDICINE = {"conditions": "Used for {}", "classes": "In this group", "side-effects": "Lists {} as a side effect"}
