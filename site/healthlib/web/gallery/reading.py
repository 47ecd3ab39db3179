"""States of the components of pages that are read: what each is called with, by the name of its file."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from healthlib.content.frequency import Figure, Frequency
from healthlib.content.model import Care
from healthlib.content.neighbours import Neighbours, neighbours
from healthlib.content.pagetypes import PageType
from healthlib.content.publish.rendering import Members
from healthlib.content.published import ArticlePage, Fact, Link, MedicinePage, Page
from healthlib.web.gallery.shelf import SHOWN, Shelf, States, same, tables_of


def _reviewed(shelf: Shelf) -> tuple[Page]:
    """Return an article as it would be with a reviewer, whom the library may not have."""
    page = shelf.article()
    reviewer = Link(text="Name of the reviewer", url="/about/")
    byline = page.byline and page.byline.model_copy(
        update={"reviewer": reviewer, "credential": "MD", "last_reviewed": page.updated}
    )
    return (page.model_copy(update={"byline": byline}),)


def _in_two_scripts(page: Page) -> bool:
    return any(not name.isascii() for name in page.aliases)


def _boxed(page: MedicinePage) -> bool:
    return page.products[0].boxed_warning is not None


def _compares(page: MedicinePage) -> bool:
    return any(row.figure.comparator for row in tables_of(page)[0].rows)


def _mixed_up(shelf: Shelf) -> tuple[str, Sequence[Fact]]:
    page = shelf.medicine(lambda page: page.look_alike)
    return page.title, page.look_alike


def _members(total: int, shelf: Shelf) -> tuple[Members, str]:
    return Members(PageType.MEDICINE, shelf.cards(PageType.MEDICINE), total), "A topic"


def _two_neighbours(shelf: Shelf) -> tuple[Link, Neighbours]:
    page = shelf.article()
    first, last = shelf.cards(number=2)
    return page.topics[0], Neighbours(first, last)


def _own_neighbours(shelf: Shelf) -> tuple[Link, Neighbours]:
    def beside(page: ArticlePage) -> Neighbours:
        return neighbours(shelf.store, page)

    page = shelf.article(lambda page: any(beside(page)))
    return page.topics[0], beside(page)


def _several(shelf: Shelf) -> tuple[object, ...]:
    page = shelf.medicine(lambda page: len(page.products) > 1)
    return page.sections, page.products, page.after, [("page-look-alike", "Names that look alike")]


def _opening(page_type: PageType, shelf: Shelf) -> tuple[Page]:
    return (shelf.page(page_type),)


READING: States = {
    "also_called": {"names in two scripts": lambda shelf: (shelf.condition(_in_two_scripts).aliases,)},
    "boxed_warning": {"with one": lambda shelf: (shelf.medicine(_boxed).products[0],)},
    "code_facts": {"all systems": lambda shelf: (shelf.medicine(lambda page: len(page.codes) > 1).codes,)},
    "byline": {
        "not reviewed": lambda shelf: (shelf.article(lambda page: page.byline and not page.byline.reviewer),),
        "reviewed": _reviewed,
    },
    "care_label": {care.value: same(care.value) for care in Care},
    "condition_facts": {"all facts": lambda shelf: (shelf.condition(lambda page: page.specialities),)},
    "contents": {
        "sections": lambda shelf: (shelf.article().sections,),
        "several products": _several,
    },
    "contents_product": {
        "open": lambda shelf: (shelf.medicine().products[0], True),
        "closed": lambda shelf: (shelf.medicine().products[0], False),
    },
    "effect_row": {
        "serious": lambda shelf: (shelf.row(lambda row: row.serious), None),
        "compared": lambda shelf: (shelf.row(lambda row: row.figure.comparator), None),
        "group named above": lambda shelf: ((row := shelf.row(lambda row: row.population)), row.population),
    },
    "effect_table": {
        "one group of people": lambda shelf: (tables_of(shelf.medicine(_boxed))[0],),
        "compared": lambda shelf: (tables_of(shelf.medicine(_compares))[0],),
    },
    "facts": {
        "key facts": lambda shelf: ("Key facts", shelf.article(lambda page: page.key_facts).key_facts),
        "none": same("Key facts", ()),
    },
    "faq": {"questions": lambda shelf: (shelf.article(lambda page: page.faq).faq,)},
    "figure": {
        "people in 100": same(Figure.model_validate({"frequency": Frequency.VERY_COMMON, "pct": 39})),
        "compared": lambda shelf: (shelf.row(lambda row: row.figure.comparator).figure,),
        **{f"class: {frequency}": same(Figure(frequency=frequency)) for frequency in Frequency},
    },
    "in_hindi": {"a summary": lambda shelf: (shelf.condition(lambda page: page.summary_hi).summary_hi,)},
    "interests": {"of an article": lambda shelf: (shelf.article().byline,)},
    "look_alike": {"with some": _mixed_up},
    "medicine_facts": {"all facts": lambda shelf: (shelf.medicine(lambda page: page.codes),)},
    "members": {"all": partial(_members, SHOWN), "more than are shown": partial(_members, 1200)},
    "neighbours": {"in the middle": _two_neighbours, "at an end": _own_neighbours},
    "opening": {page_type.value: partial(_opening, page_type) for page_type in PageType},
    "overdue": {
        "overdue": same(date.today() - timedelta(days=1)),
        "not yet": same(date.today() + timedelta(days=1)),
    },
    "product": {"first": lambda shelf: (shelf.medicine(lambda page: page.products[0].red_flags).products[0], True)},
    "products": {"several": lambda shelf: (shelf.medicine(lambda page: len(page.products) > 1).products,)},
    "questions": {"for the doctor": lambda shelf: (shelf.article(lambda page: page.questions).questions,)},
    "red_flags": {"with some": lambda shelf: (shelf.article(lambda page: page.red_flags).red_flags,)},
    "references": {"numbered": lambda shelf: (shelf.article(lambda page: page.references).references,)},
    "section": {"text": lambda shelf: (shelf.condition().sections[0],)},
    "side_effect_facts": {"all facts": lambda shelf: (shelf.side_effect(lambda page: page.medical_name),)},
    "treatments": {"by group": lambda shelf: (shelf.condition(lambda page: page.treatments).treatments,)},
}
