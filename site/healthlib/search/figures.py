"""Puts beside each medicine how many people have the side effects that were asked for."""

from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import chain

from healthlib.content.pagetypes import PageType
from healthlib.content.published import Card
from healthlib.content.store import Store
from healthlib.search.results import Hit, HitFigure

# More side effects, or products of one medicine, would hide the hit.
MOST_EFFECTS, MOST_PRODUCTS = 2, 2
# Medicines with a side effect whose figures are kept in a worker's own memory.
_KEPT = 2048


class Figures:
    """Reads figures from a store; safe to share between threads."""

    def __init__(self, store: Store) -> None:
        self._of = lru_cache(_KEPT)(partial(_figures, store))

    def beside(self, effects: Sequence[Card], hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """Return the hits with the figures of each medicine for some side effects, as its sources give them."""
        if not effects:
            return tuple(hits)
        return tuple(
            hit._replace(figures=self._figures(effects, hit.card.url)) if hit.card.type is PageType.MEDICINE else hit
            for hit in hits
        )

    def _figures(self, effects: Sequence[Card], medicine: str) -> tuple[HitFigure, ...]:
        found = (self._of(effect.slug, effect.title, medicine) for effect in effects[:MOST_EFFECTS])
        return tuple(chain.from_iterable(found))


def _figures(store: Store, effect: str, title: str, medicine: str) -> tuple[HitFigure, ...]:
    return tuple(
        HitFigure(title, row.product, row.figure.phrase, row.figure.comparison, row.drug.url)
        for row in store.listed_by(effect, medicine)[:MOST_PRODUCTS]
    )
