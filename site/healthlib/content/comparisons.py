"""Reads what a build has laid out for comparing two products."""

from datetime import date
from typing import NamedTuple

from healthlib.content.compared import Compared, pair_url
from healthlib.content.pagetypes import PageType
from healthlib.content.publish.medicine import AFTER, BEFORE
from healthlib.content.published import Card, Link
from healthlib.content.store import Store

SIDE_EFFECTS = "side-effects"
# What is compared, in the order of a medicine's page; the side effects have a table of their own in their place.
FIELDS: tuple[tuple[str, str], ...] = (
    ("what-it-is", "What it is"),
    ("group", "Group of medicines"),
    ("how-it-works", "How it works"),
    ("boxed-warning", "Boxed warning"),
    ("form", "Form and prescription"),
    ("used-for", "What it is used for"),
    *((field.replace("_", "-"), heading) for field, heading in BEFORE),
    (SIDE_EFFECTS, "Side effects"),
    *((field.replace("_", "-"), heading) for field, heading in AFTER),
    ("approval", "Approval and law"),
)


class Choice(NamedTuple):
    """A product that can be compared: `value` is the medicine's slug, or with the product's id where it has several."""

    value: str
    label: str

    @property
    def medicine(self) -> str:
        """The medicine's slug."""
        return self.value.partition(":")[0]


def products_of(store: Store, medicine: str) -> list[Compared]:
    """Return the products of a medicine in the order of its page; none when there is no such medicine."""
    rows = store.rows("SELECT record FROM compared WHERE medicine = ? ORDER BY place", medicine)
    return [Compared.model_validate_json(record) for (record,) in rows]


def choices(store: Store, limit: int = -1) -> list[Choice]:
    """Return every product that can be compared, A to Z, or the first `limit` of them."""
    rows = store.rows("SELECT medicine, product, place, label FROM compared ORDER BY sort LIMIT ?", limit)
    return [Choice(f"{slug}:{product}" if place else slug, label) for slug, product, place, label in rows]


def articles_on(store: Store, left: str, right: str) -> list[Card]:
    """Return the articles that compare two medicines, given in the order of their slugs; the last updated first."""
    return store.cards(
        "JOIN pair ON pair.url = page.url WHERE first = ? AND second = ? ORDER BY updated DESC, sort", left, right
    )


def pairs(store: Store, limit: int = -1) -> list[tuple[Link, date]]:
    """Return the pairs of medicines that articles compare, each once, with the date of the newest of those articles."""
    rows = store.rows(
        "SELECT first, second, one.title, other.title, max(article.updated) FROM pair "
        "JOIN page AS one ON one.url = ? || first || '/' JOIN page AS other ON other.url = ? || second || '/' "
        "JOIN page AS article ON article.url = pair.url GROUP BY first, second ORDER BY one.sort, other.sort LIMIT ?",
        *[PageType.MEDICINE.spec.prefix] * 2,
        limit,
    )
    return [
        (Link(text=f"{name} and {other}", url=pair_url(first, second)), date.fromisoformat(updated))
        for first, second, name, other, updated in rows
    ]
