"""A side effect's page: the medicines that list it, all of them or only those that a reader takes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Response, abort, make_response, render_template, request

from healthlib.content.comparisons import choices
from healthlib.content.listed import Look, Order, medicines_named
from healthlib.content.published import Link
from healthlib.content.reading import Reading
from healthlib.content.store import Store
from healthlib.content.trail import trail
from healthlib.web.context import current_settings
from healthlib.web.headers import keep_private
from healthlib.web.paging import paging_for
from healthlib.web.search_form import tidy

# More medicines than one person takes, and longer names than medicines have.
MOST_MEDICINES = 30
LONGEST_NAME = 100
# Names offered while a reader types; a library with more offers none, because a part of the alphabet would mislead.
MOST_OFFERED = 500
ORDERS = ((Order.FREQUENT, "Most frequent first"), (Order.SERIOUS, "Serious first"), (Order.NAME, "A to Z"))


@dataclass(frozen=True)
class Mine:
    """The medicines that a reader takes, as far as the library knows them.

    Attributes:
        known: those with a page.
        unknown: what was typed that names no medicine of the library.
    """

    known: Sequence[Link]
    unknown: Sequence[str]

    def __bool__(self) -> bool:
        return bool(self.known or self.unknown)

    @property
    def slugs(self) -> list[str]:
        """The medicines as they stand in an address."""
        return [medicine.url.rstrip("/").rpartition("/")[2] for medicine in self.known]


@dataclass(frozen=True)
class Shown:
    """What stands around the table: the reader's choice and the ways to change it.

    Attributes:
        mine: the medicines that the reader takes.
        without: those of them that do not list the side effect.
        sorts: (words, address, whether it is chosen) of each order.
        order: the order chosen, or nothing when it is the usual one.
        names: (slug, words) of each medicine that may be typed.
    """

    mine: Mine
    without: Sequence[Link]
    sorts: Sequence[tuple[str, str, bool]]
    order: str
    names: Sequence[tuple[str, str]]


def with_medicines(store: Store, page: Reading) -> Response:
    """Return a side effect's page with the medicines that the request asks for."""
    order, mine = _requested_order(), _requested_medicines(store)
    look = Look(page.slug, [medicine.url for medicine in mine.known] if mine else None, order)
    found, total = look.listing(store) if mine else {}, store.count_listed(page.slug)
    paging = paging_for(sum(found.values()) if mine else total, current_settings().page_size, _values(mine, order))
    without = [medicine for medicine in mine.known if medicine.url not in found]
    sorts = [(words, replace(paging, values=_values(mine, one)).url(1), one is order) for one, words in ORDERS]
    response = make_response(
        render_template(
            "pages/side_effect.html",
            page=page,
            breadcrumb=trail(page.type),
            listed=look.rows(store, paging.per_page, paging.offset),
            paging=paging,
            total=total,
            look=Shown(mine, without, sorts, str(_values(mine, order)["sort"]), _names(store)),
        )
    )
    if mine:
        keep_private(response)
    elif order is not Order.FREQUENT:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _requested_order() -> Order:
    """Return the order that the request asks for; 400 when there is none of that name."""
    raw = request.args.get("sort") or Order.FREQUENT
    if raw not in list(Order):
        abort(400, "Order: Not a valid choice.")
    return Order(raw)


def _requested_medicines(store: Store) -> Mine:
    """Return the medicines that the request names, each once; 400 when there are too many or a name is too long."""
    names = list(dict.fromkeys(name for raw in request.args.getlist("m") if (name := tidy(raw))))
    if len(names) > MOST_MEDICINES or any(len(name) > LONGEST_NAME for name in names):
        abort(400, f"Medicines: at most {MOST_MEDICINES}, each of at most {LONGEST_NAME} letters.")
    named = {name: medicines_named(store, name) for name in names}
    known = {medicine.url: medicine for medicines in named.values() for medicine in medicines}
    return Mine(list(known.values()), [name for name, medicines in named.items() if not medicines])


def _values(mine: Mine, order: Order) -> dict[str, str | Sequence[str]]:
    """Return what stands in the address of a list, beside its page number."""
    return {"m": [*mine.slugs, *mine.unknown], "sort": "" if order is Order.FREQUENT else order.value}


def _names(store: Store) -> list[tuple[str, str]]:
    """Return the medicines that may be typed, as (slug, words)."""
    offered = choices(store, MOST_OFFERED + 1)
    return [(choice.medicine, choice.label) for choice in offered] if len(offered) <= MOST_OFFERED else []
