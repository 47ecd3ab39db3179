"""Looks up which products list a side effect: all of them, or those of some medicines."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from healthlib.content.names import fold
from healthlib.content.pagetypes import PageType, url_of
from healthlib.content.published import Link, ListedMedicine
from healthlib.content.store import Store, letter_of


class Order(StrEnum):
    """The order of products that list a side effect."""

    FREQUENT = "frequent"
    SERIOUS = "serious"
    NAME = "name"


_BY = {Order.FREQUENT: "place", Order.SERIOUS: "serious DESC, place", Order.NAME: "sort, place"}


@dataclass(frozen=True)
class Look:
    """What is looked up.

    Attributes:
        effect: the side effect's slug.
        medicines: addresses of the medicines whose products count; None for all.
        order: which products come first.
    """

    effect: str
    medicines: Sequence[str] | None = None
    order: Order = Order.FREQUENT

    def rows(self, store: Store, limit: int, offset: int = 0) -> list[ListedMedicine]:
        """Return some of the products."""
        condition, values = self._condition
        sql = f"SELECT record FROM listed WHERE {condition} ORDER BY {_BY[self.order]} LIMIT ? OFFSET ?"  # noqa: S608, fixed texts
        return [ListedMedicine.model_validate_json(record) for (record,) in store.rows(sql, *values, limit, offset)]

    def listing(self, store: Store) -> dict[str, int]:
        """Return the addresses of the medicines that list it, each with the number of its products that do."""
        condition, values = self._condition
        sql = f"SELECT medicine, count(*) FROM listed WHERE {condition} GROUP BY medicine"  # noqa: S608, fixed texts
        return {medicine: int(products) for medicine, products in store.rows(sql, *values)}

    @property
    def _condition(self) -> tuple[str, list[str]]:
        if self.medicines is None:
            return "effect = ?", [self.effect]
        marks = ", ".join("?" * len(self.medicines))
        return f"effect = ? AND medicine IN ({marks})", [self.effect, *self.medicines]


def medicines_named(store: Store, name: str) -> list[Link]:
    """Return the medicines that go by a name, whether as slug, generic name, brand or alias; none when nothing does."""
    folded = fold(name)
    by_slug = store.rows("SELECT title, url FROM page WHERE url = ?", url_of(PageType.MEDICINE, name))
    rows = by_slug or store.rows(
        "SELECT DISTINCT title, url FROM letter WHERE type = ? AND letter = ? AND sort = ?",
        PageType.MEDICINE,
        letter_of(folded),
        folded,
    )
    return [Link(text=title, url=url) for title, url in rows]
