"""How often a side effect happens: the classes of the EU product information, and people in 100.

Classes are those of the European Commission's "Guideline on summary of product characteristics" (2009), section 4.8,
which follow CIOMS Working Group III. Readers see numbers of people, because words such as "common" are misread widely
(a review of 10 trials, PMC4153005); the words stay in the data.
"""

from decimal import Decimal
from enum import StrEnum

from healthlib.content.model import Record


class Frequency(StrEnum):
    """A frequency class, most frequent first."""

    VERY_COMMON = "very_common"
    COMMON = "common"
    UNCOMMON = "uncommon"
    RARE = "rare"
    VERY_RARE = "very_rare"
    NOT_KNOWN = "not_known"

    @property
    def rank(self) -> int:
        """Position from most (0) to least frequent; "not known" comes last."""
        return list(Frequency).index(self)

    @property
    def people(self) -> str:
        """The class in numbers of people."""
        return _PEOPLE[self]


# Lower bound of each class, in percent.
_FLOORS = {
    Frequency.VERY_COMMON: Decimal(10),
    Frequency.COMMON: Decimal(1),
    Frequency.UNCOMMON: Decimal("0.1"),
    Frequency.RARE: Decimal("0.01"),
    Frequency.VERY_RARE: Decimal(0),
}
_PEOPLE = {
    Frequency.VERY_COMMON: "more than 1 in 10 people",
    Frequency.COMMON: "up to 1 in 10 people",
    Frequency.UNCOMMON: "up to 1 in 100 people",
    Frequency.RARE: "up to 1 in 1,000 people",
    Frequency.VERY_RARE: "up to 1 in 10,000 people",
    Frequency.NOT_KNOWN: "not known",
}


def frequency_of(pct: Decimal) -> Frequency:
    """Return the class that a percentage (0 to 100) falls in."""
    return next(frequency for frequency, floor in _FLOORS.items() if pct >= floor)


def people_in(pct: Decimal) -> tuple[str, str]:
    """Return a percentage as whole people and out of how many: 39 -> ("39", "100"), 2.6 -> ("26", "1,000").

    The smallest of 100, 1,000 and 10,000 that leaves no part of a person; where none does, the percentage as it is.
    """
    for out_of in (100, 1_000, 10_000):
        people = pct * out_of / 100
        if people == people.to_integral_value():
            return f"{int(people):,}", f"{out_of:,}"
    return f"{pct.normalize():f}", "100"


class Figure(Record):
    """How many people a side effect happens to, with the comparison group where the source has one."""

    frequency: Frequency
    pct: Decimal | None = None
    comparator_pct: Decimal | None = None
    comparator: str | None = None

    @property
    def people(self) -> tuple[str, str] | None:
        """Whole people and out of how many, when the source gives a figure."""
        return None if self.pct is None else people_in(self.pct)

    @property
    def phrase(self) -> str:
        """The figure as a sentence part: "39 in 100 people", or the class in numbers."""
        return "{} in {} people".format(*self.people) if self.people else self.frequency.people

    @property
    def comparison(self) -> str:
        """The comparison group's figure: "38 in 100 with teriflunomide", or nothing."""
        if self.comparator_pct is None:
            return ""
        people, out_of = people_in(self.comparator_pct)
        return f"{people} in {out_of} with {self.comparator}"
