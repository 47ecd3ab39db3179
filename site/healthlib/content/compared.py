"""Products side by side: what a build lays out of each, and how two of them are put together."""

from typing import NamedTuple

from healthlib.content.model import Record
from healthlib.content.published import Link


class ComparedEffect(Record):
    """A side effect in one product's column; `order` puts the most frequent first."""

    slug: str
    name: str
    serious: bool
    order: tuple[int, float]
    html: str


class Compared(Record):
    """One product's column as finished HTML, with the sources in each cell; fields that its page lacks are left out."""

    medicine: Link
    substance: str
    slug: str
    id: str
    name: str
    cells: dict[str, str]
    effects: tuple[ComparedEffect, ...]

    @property
    def url(self) -> str:
        """The product's place on its medicine's page."""
        return f"{self.medicine.url}#{self.id}"

    @property
    def label(self) -> str:
        """The product's name, with that of its substance where it has another."""
        return self.name if self.name == self.medicine.text else f"{self.name} ({self.substance})"


class EffectPair(NamedTuple):
    """A side effect that at least one of two products lists."""

    slug: str
    name: str
    serious: bool
    left: str | None
    right: str | None


def pair_url(left: str, right: str) -> str:
    """Return the one address at which two medicines are compared."""
    first, second = sorted((left, right))
    return f"/compare/{first}/{second}/"


def effect_pairs(left: Compared, right: Compared) -> list[EffectPair]:
    """Return the side effects of two products in one list: what either calls serious first, then the most frequent."""
    mine, yours = ({effect.slug: effect for effect in side.effects} for side in (left, right))

    def place(slug: str) -> tuple[bool, tuple[int, float], str]:
        known = [side[slug] for side in (mine, yours) if slug in side]
        return not any(one.serious for one in known), min(one.order for one in known), known[0].name

    return [
        EffectPair(
            slug,
            (mine.get(slug) or yours[slug]).name,
            any(side[slug].serious for side in (mine, yours) if slug in side),
            mine[slug].html if slug in mine else None,
            yours[slug].html if slug in yours else None,
        )
        for slug in sorted(mine | yours, key=place)
    ]
