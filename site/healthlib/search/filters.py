"""The filters that a reader chose, and the counted choices that would narrow the results further."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Facet(StrEnum):
    """What results can be narrowed by, in the order in which readers see it; the values are the names in addresses."""

    TYPE = "type"
    TOPIC = "topic"
    CONDITION = "condition"
    CLASS = "class"
    REVIEWED = "reviewed"

    @property
    def label(self) -> str:
        """What readers see."""
        return _LABELS[self]


_LABELS = {
    Facet.TYPE: "Kind of page",
    Facet.TOPIC: "Topic",
    Facet.CONDITION: "Condition",
    Facet.CLASS: "Group of medicines",
    Facet.REVIEWED: "Medically reviewed",
}

# At most one value of each facet; several facets narrow together.
Filters = Mapping[Facet, str]


class FacetValue(NamedTuple):
    """A choice, and how many pages a reader gets who makes it and keeps the filters of all other facets."""

    value: str
    label: str
    count: int  # type: ignore[assignment]  # it hides a method of tuples that nobody calls


@dataclass(frozen=True)
class FacetCounts:
    """A facet with the choices that find something.

    Attributes:
        facet: the facet.
        values: its choices: kinds of page in their order, years newest first, all else by count and then A to Z. A
            chosen value that is ordered by count comes first.
        chosen: the value that is applied, or "".
        total: how many pages there are without this facet's filter, under all others.
    """

    facet: Facet
    values: tuple[FacetValue, ...]
    chosen: str
    total: int

    @property
    def useful(self) -> bool:
        """Whether there is anything to choose: a value that every page has narrows nothing."""
        return bool(self.chosen) or any([value.count < self.total for value in self.values])


@dataclass(frozen=True)
class Applied:
    """A filter that is applied; `without` is how many pages there are when it alone is removed."""

    facet: Facet
    value: str
    label: str
    without: int
