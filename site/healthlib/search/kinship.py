"""How closely pages belong to what a query names: a medicine's group, what it is for, guides about it, its figures.

A reader who looks up a medicine is helped by its own page first, then by the pages that it is bound to by data, and
these need not have the words of the query on them. The bonds are made at build time from what pages say they are about.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from healthlib.content.frequency import Figure, Frequency
from healthlib.content.pagetypes import PageType
from healthlib.search.arrays.files import mapped_arrays, write_arrays
from healthlib.search.arrays.matches import Scores

# What the page of a thing itself gets; a page with the best words and the closest meaning has 2.
SELF = 2.0


@dataclass(frozen=True)
class Bond:
    """Pages of a type that belong to a thing of another type, and how closely."""

    thing: PageType
    to: PageType
    strength: float
    reason: str


# Judged on the golden set; none of them matters by itself: leaving one out costs 0.000 to 0.010 nDCG@10, and giving all
# of them 1.0 or 0.7 instead of these costs 0.001.
BONDS = (
    Bond(PageType.MEDICINE, PageType.CLASS, 1.2, "the group explains how the medicine works and what is like it"),
    Bond(PageType.MEDICINE, PageType.ARTICLE, 1.0, "a guide about the medicine"),
    Bond(PageType.MEDICINE, PageType.CONDITION, 0.8, "what the medicine is for"),
    Bond(PageType.MEDICINE, PageType.TOPIC, 0.6, "where to read on"),
    Bond(PageType.CONDITION, PageType.ARTICLE, 1.0, "a guide about the condition"),
    Bond(PageType.CONDITION, PageType.MEDICINE, 0.7, "a medicine for it"),
    Bond(PageType.TOPIC, PageType.ARTICLE, 1.2, "a guide in the topic"),
    Bond(PageType.TOPIC, PageType.CLASS, 1.0, "a group of medicines in the topic"),
    Bond(PageType.TOPIC, PageType.MEDICINE, 0.5, "a medicine in the topic"),
    Bond(PageType.CLASS, PageType.MEDICINE, 0.7, "a medicine of the group"),
    Bond(PageType.CLASS, PageType.ARTICLE, 0.5, "a guide about the group"),
    Bond(PageType.CLASS, PageType.TOPIC, 0.3, "where to read on"),
)
# By how much a page that is about many things belongs less to each: nothing at 0, its share at 1.
SPREAD = 0.15
# A medicine belongs to a side effect by how often it has it: from most to least frequent class, then by percentage.
FREQUENT, A_CLASS_LESS, A_PERCENT = 1.0, 0.1, 0.001


class Kinship:
    """The bonds of every page, in the order of the index.

    Attributes:
        starts: where the bonds of each page begin, shape (pages + 1,).
        pages: the page at the other end of each bond, shape (bonds,).
        strengths: of each bond, shape (bonds,).
    """

    def __init__(
        self, starts: npt.NDArray[np.int64], pages: npt.NDArray[np.int32], strengths: npt.NDArray[np.float32]
    ) -> None:
        self.starts = starts
        self.pages = pages
        self.strengths = strengths

    @classmethod
    def build(cls, count: int, bonds: Iterable[tuple[int, int, float]]) -> "Kinship":
        """Return the bonds (thing, page, strength) of `count` pages; of several between two pages the strongest."""
        strongest: dict[tuple[int, int], float] = defaultdict(float)
        for thing, page, strength in (bond for bond in bonds if bond[2] > 0):
            strongest[thing, page] = max(strongest[thing, page], strength)
        rows = np.array(sorted(strongest), dtype=np.int64).reshape(-1, 2)
        starts = np.searchsorted(rows[:, 0], np.arange(count + 1))
        strengths = np.array([strongest[thing, page] for thing, page in rows.tolist()], dtype=np.float32)
        return cls(starts.astype(np.int64), rows[:, 1].astype(np.int32), strengths)

    def save(self, directory: Path) -> None:
        """Write the arrays into a new directory."""
        write_arrays(directory, starts=self.starts, pages=self.pages, strengths=self.strengths)

    @classmethod
    def load(cls, directory: Path) -> "Kinship":
        """Memory-map what `save` wrote.

        Raises:
            OSError: when a file is missing.
        """
        return cls(*mapped_arrays(directory, "starts", "pages", "strengths"))

    def toward(self, named: Sequence[Sequence[int]]) -> Scores:
        """Return how closely each page belongs to what is named, shape (pages,).

        Args:
            named: for each thing that a query names the pages of that name; the mean over things is returned, so that
                a page that belongs to all of them comes before pages that belong to one.
        """
        total = np.zeros(len(self.starts) - 1)
        for pages in named:
            one = np.zeros_like(total)
            for page in pages:
                bonds = slice(self.starts[page], self.starts[page + 1])
                one[self.pages[bonds]] = np.maximum(one[self.pages[bonds]], self.strengths[bonds])
            one[list(pages)] = SELF
            total += one / len(named)
        return total


def bonds_of_types(thing: PageType, page: PageType) -> float:
    """Return how closely a page of a type belongs to a thing of a type that either is about; 0 when not at all."""
    return next((bond.strength for bond in BONDS if (bond.thing, bond.to) == (thing, page)), 0.0)


def spread(things: int) -> float:
    """Return what is left of the bond to a page that is about so many things of a type: a guide about one says more."""
    return float(things**-SPREAD)


def figure_strength(figure: Figure) -> float:
    """Return how closely a medicine belongs to a side effect that happens so often; 0 when that is not known."""
    if figure.frequency is Frequency.NOT_KNOWN:
        return 0.0
    return FREQUENT - A_CLASS_LESS * figure.frequency.rank + A_PERCENT * float(figure.pct or 0)
