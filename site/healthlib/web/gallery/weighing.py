"""States of the components that compare medicines, and that look up who lists a side effect."""

from functools import partial

from markupsafe import Markup

from healthlib.content.compared import Compared, effect_pairs
from healthlib.content.comparisons import FIELDS, choices, products_of
from healthlib.content.listed import Look, Order
from healthlib.content.pagetypes import PageType
from healthlib.content.publish.comparing import comparable, sources_in
from healthlib.content.published import EffectRow, Link
from healthlib.web.gallery.shelf import Shelf, States, rows_of, same
from healthlib.web.listed import ORDERS, Mine, Shown
from healthlib.web.paging import Paging

NOBODY = Mine((), ())
SOURCE = Link(text="Title of a source", url="https://example.org/")


def _compared(shelf: Shelf) -> tuple[Compared, Compared]:
    one = shelf.medicine(lambda page: len(page.products) > 1)
    left, right, *_ = products_of(shelf.store, one.slug)
    return left, right


def _field(shelf: Shelf, known: bool) -> tuple[object, ...]:
    left, right = _compared(shelf)
    field, heading = FIELDS[0]
    return "field", heading, [(left, left.cells[field]), (right, right.cells[field] if known else None)]


def _head(shelf: Shelf) -> tuple[object, ...]:
    left, right = _compared(shelf)
    links = [Link(text=side.name, url=side.url) for side in (left, right)]
    return ([(left, links), (right, links[:1])],)


def _effect(shelf: Shelf) -> tuple[EffectRow, list[Link]]:
    page = shelf.medicine()
    row = rows_of(page)[0]
    return row, sources_in(page, row.cite)


def _cell(shelf: Shelf) -> tuple[object, ...]:
    page = shelf.medicine()
    return Markup("<p>{}</p>").format(page.summary), sources_in(page, rows_of(page)[0].cite), page


def _mine(shelf: Shelf, known: int, *unknown: str) -> Mine:
    cards = shelf.cards(PageType.MEDICINE, known)
    return Mine([Link(text=card.title, url=card.url) for card in cards], unknown)


def _shown(shelf: Shelf, mine: Mine) -> Shown:
    sorts = [(words, f"/side-effects/?sort={order}", order is Order.FREQUENT) for order, words in ORDERS]
    return Shown(mine, mine.known, sorts, "", [(choice.medicine, choice.label) for choice in choices(shelf.store, 3)])


def _part(shelf: Shelf, mine: Mine) -> tuple[object, ...]:
    page = shelf.side_effect(lambda page: shelf.store.count_listed(page.slug) > 1)
    rows = [] if mine else Look(page.slug).rows(shelf.store, 3)
    total = shelf.store.count_listed(page.slug)
    return page, rows, Paging(1, 10, len(rows), page.url, {}), total, _shown(shelf, mine)


def _table(shelf: Shelf) -> tuple[object, ...]:
    _, rows, _, total, _ = _part(shelf, NOBODY)
    return "Name of the side effect", rows, total


def _without(shelf: Shelf, known: int, found: bool, *unknown: str) -> tuple[object, ...]:
    mine = _mine(shelf, known, *unknown)
    return mine, mine.known, found


WEIGHING: States = {
    "compare_contents": {"all": same(FIELDS)},
    "compare_form": {
        "nothing chosen": lambda shelf: (choices(shelf.store, 5),),
        "one chosen": lambda shelf: (choices(shelf.store, 5), choices(shelf.store, 1)[0].value),
        "with a problem": lambda shelf: (choices(shelf.store, 5), "", "", "What is wrong, in a sentence."),
    },
    "compare_with": {
        "offers": lambda shelf: ((page := shelf.medicine()), comparable(shelf.store, page)),
        "no offers": lambda shelf: (shelf.medicine(), []),
    },
    "compared_cell": {"with a source": _cell, "without": lambda shelf: (_cell(shelf)[0], [], Link(text="it", url="/"))},
    "compared_effect": {"with a source": _effect},
    "compared_effects": {
        "two products": lambda shelf: (*(sides := _compared(shelf)), effect_pairs(*sides)[:4]),
    },
    "compared_field": {"both known": partial(_field, known=True), "one not known": partial(_field, known=False)},
    "compared_head": {"with other products": _head},
    "listed_filter": {
        "nothing chosen": lambda shelf: ("/side-effects/", NOBODY, _shown(shelf, NOBODY).names),
        "two chosen": lambda shelf: ("/side-effects/", mine := _mine(shelf, 2), _shown(shelf, mine).names, "name"),
    },
    "listed_part": {
        "all": lambda shelf: _part(shelf, NOBODY),
        "none of mine": lambda shelf: _part(shelf, _mine(shelf, 2)),
    },
    "listed_sorts": {"the usual one": lambda shelf: (_shown(shelf, NOBODY).sorts,)},
    "listed_table": {"some": _table},
    "listed_without": {
        "none lists it": lambda shelf: _without(shelf, 2, False),
        "some do not": lambda shelf: _without(shelf, 1, True),
        "a name that is unknown": lambda shelf: _without(shelf, 0, True, "aspirinn"),
    },
    "nothing_known": {"of a product": lambda shelf: (_compared(shelf)[0],)},
    "sources": {"one": same([SOURCE]), "two": same([SOURCE, SOURCE]), "none": same([])},
}
