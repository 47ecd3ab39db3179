"""What pages have in common, worked out for all pages that may be related to one at a time.

Things are numbered by what sharing them is worth, so that the greatest number in common is the best reason. Of each
page the numbers are kept one after another, and of each thing the pages that are about it.
"""

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

# Of a thing that more pages are about, only those whose texts are near are compared: it says little about any two.
TOO_COMMON = 500

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Common(NamedTuple):
    """Pages that may be related to one, in order.

    Attributes:
        pages: their places, ascending, shape (n,).
        sharing: whether a thing that is not too common brings them here, shape (n,).
        worth: the sum of the weights of all things in common, shape (n,).
        best: the number of the thing in common that is worth most, or -1, shape (n,).
    """

    pages: Numbers
    sharing: npt.NDArray[np.bool_]
    worth: Floats
    best: Numbers


class Sharing:
    """The things that pages are about.

    Attributes:
        pages: the names of the pages, such as `articles/cbd-and-thc`, in order.
        things: the names of the things; each page is one of its own.
        own: for each page, in order, the number of the thing that it is.
    """

    def __init__(self, things_of: Mapping[str, frozenset[str]]) -> None:
        """Take the things of each page, the page itself among them."""
        self.pages = sorted(things_of)
        self._place = {page: place for place, page in enumerate(self.pages)}
        holders: dict[str, list[int]] = {}
        for place, page in enumerate(self.pages):
            for thing in things_of[page]:
                holders.setdefault(thing, []).append(place)
        weights = {thing: _weight(thing, len(held), len(self.pages)) for thing, held in holders.items()}
        self.things = sorted(holders, key=lambda thing: (weights[thing], thing))
        number = {thing: place for place, thing in enumerate(self.things)}
        self._holders = [np.array(holders[thing], np.int64) for thing in self.things]
        self._weights = np.array([weights[thing] for thing in self.things])
        self._connects = np.array([connects(thing) for thing in self.things], np.bool_)
        self.own = [number[page] for page in self.pages]
        self._own = np.array(self.own, np.int64)
        # The page that a thing is, or -1.
        self._page = np.array([self._place.get(thing, -1) for thing in self.things], np.int64)
        self._starts = np.append(0, np.cumsum([len(things_of[page]) for page in self.pages])).astype(np.int64)
        found = [sorted(number[thing] for thing in things_of[page]) for page in self.pages]
        self._things = np.array([thing for own in found for thing in own], np.int64)
        # Filled and emptied for each page: arrays of this size would otherwise be made each time.
        self._flags = np.zeros(len(self.pages) + 1, np.bool_)
        self._values = np.zeros(len(self.things))

    def places(self, pages: Iterable[str]) -> Numbers:
        """Return the places of some pages; -1 for one that is not here."""
        return np.array([self._place.get(page, -1) for page in pages], np.int64)

    def common(self, page: str, near: Numbers) -> Common:
        """Return what pages have in common with one: those that share a thing with it, and those that are near."""
        place = self._place[page]
        own = self._things[self._starts[place] : self._starts[place + 1]]
        always = self._connects[own] | (own == self._own[place])
        held = [self._holders[thing] for thing in own[always].tolist()]
        sharing = np.concatenate([*(pages for pages in held if len(pages) <= TOO_COMMON), self._page[own[~always]]])
        pages = np.sort(np.concatenate((sharing, near)))
        pages = pages[np.append(True, pages[1:] != pages[:-1])[: len(pages)] & (pages >= 0) & (pages != place)]
        # The last place is that of no page.
        self._flags[sharing] = True
        shares = self._flags[pages]
        self._flags[sharing] = False
        return Common(pages, shares, *self._worth(pages, own, always))

    def _worth(self, pages: Numbers, own: Numbers, always: npt.NDArray[np.bool_]) -> tuple[Floats, Numbers]:
        """Return what the things in common with each page are worth, and the best one."""
        if not len(pages):
            return np.zeros(0), np.zeros(0, np.int64)
        starts = self._starts[pages]
        lengths = self._starts[pages + 1] - starts
        firsts = np.cumsum(lengths) - lengths
        theirs = self._things[np.arange(lengths.sum()) + np.repeat(starts - firsts, lengths)]
        self._values[own[always]] = self._weights[own[always]]
        values = self._values[theirs]
        self._values[own] = 0
        if not always.all():
            # What does not always connect two pages does where it is the other page itself.
            itself = (theirs == np.repeat(self._own[pages], lengths)) & np.isin(theirs, own[~always])
            values[itself] = self._weights[theirs[itself]]
        return np.add.reduceat(values, firsts), np.maximum.reduceat(np.where(values > 0, theirs, -1), firsts)


def connects(thing: str, *pages: str) -> bool:
    """Say whether a thing in common relates pages: hundreds of medicines list nausea, which says little of any two."""
    return thing in pages or not thing.startswith("side-effects/")


def _weight(thing: str, holders: int, pages: int) -> float:
    """Return what sharing a thing is worth, at most 1: inverse document frequency, Spaerck Jones 1972, scaled."""
    rarity = math.log(1 + pages / holders) / math.log(1 + pages)
    return rarity * _KIND_WEIGHT[thing.partition("/")[0]]


_KIND_WEIGHT = {
    "medicines": 1.0,
    "conditions": 1.0,
    "classes": 1.0,
    "articles": 1.0,
    "topics": 0.5,
    "side-effects": 0.25,
}
