"""Puts beside each medicine how many people have the side effects that were asked for."""

from collections.abc import Iterator, Sequence

from healthlib.content.pagetypes import PageType
from healthlib.content.published import Card
from healthlib.content.store import Store
from healthlib.search.results import Hit, HitFigure

# More side effects, or products of one medicine, would hide the hit.
MOST_EFFECTS, MOST_PRODUCTS = 2, 2


def with_figures(store: Store, effects: Sequence[Card], hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the hits with the figures of each medicine for some side effects, as its sources give them."""
    if not effects:
        return tuple(hits)
    return tuple(
        hit._replace(figures=tuple(_figures(store, effects[:MOST_EFFECTS], hit.card.url)))
        if hit.card.type is PageType.MEDICINE
        else hit
        for hit in hits
    )


def _figures(store: Store, effects: Sequence[Card], medicine: str) -> Iterator[HitFigure]:
    for effect in effects:
        for row in store.listed_by(effect.slug, medicine)[:MOST_PRODUCTS]:
            yield HitFigure(effect.title, row.product, row.figure.phrase, row.figure.comparison, row.drug.url)
