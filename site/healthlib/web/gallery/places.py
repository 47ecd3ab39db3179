"""States of the components of every page: masthead, help, cards and lists; and of the front page."""

from functools import partial

from healthlib.content.pagetypes import PageType
from healthlib.content.published import Link
from healthlib.content.store import Store
from healthlib.web.gallery.shelf import SHOWN, Shelf, States, same
from healthlib.web.library import HUBS, WITH_AZ, Letter, letters_of
from healthlib.web.paging import Paging

ICONS = ("emblem", "search", "medicine", "condition", "side-effect", "phone", "share", "save", "warning")


def _doors(store: Store) -> list[tuple[PageType, list[Letter]]]:
    return [(page_type, letters_of(store, page_type)) for page_type in WITH_AZ]


def _door(page_type: PageType, shelf: Shelf) -> tuple[object, ...]:
    return page_type, letters_of(shelf.store, page_type), shelf.store.count(page_type)


def _paging(page: int, total: int) -> tuple[Paging, str]:
    return Paging(page, 10, total, "/medicines/", {}), "medicines"


PLACES: States = {
    "breadcrumb": {"two steps": same([Link(text="Medicines", url="/medicines/")], "Groups of medicines")},
    "browse": {"all": lambda shelf: (_doors(shelf.store), shelf.cards(PageType.TOPIC))},
    "card": {
        "with a reason": lambda shelf: (shelf.article(lambda page: page.related).related[0],),
        "without": lambda shelf: (shelf.cards()[0],),
        "unlabelled": lambda shelf: (shelf.cards()[0], 3, False),
    },
    "cards": {"some": lambda shelf: (shelf.cards(), "Read next", "cards"), "none": same([], "Read next", "cards")},
    "door": {page_type.value: partial(_door, page_type) for page_type in WITH_AZ},
    "footer": {"everywhere": same("Health Library")},
    "front": {"newest": lambda shelf: (shelf.cards(),)},
    "help": {"everywhere": same()},
    "hero": {"front page": same()},
    "hub_intro": {page_type.value: same(page_type) for page_type in HUBS},
    "hundred": {f"{some} in 100": same(some) for some in (1, 10)},
    "icon": {name: same(name) for name in ICONS},
    "letters": {
        "none chosen": lambda shelf: (letters_of(shelf.store, PageType.MEDICINE), "Medicines, A to Z"),
        "one chosen": lambda shelf: (letters_of(shelf.store, PageType.MEDICINE), "Medicines, A to Z", "A"),
    },
    "linked_data": {"a web site": same([{"@type": "WebSite", "name": "Health Library"}])},
    "masthead": {
        "on a page": same("", "/medicines/-"),
        "on the results": same("kesimpta", "/search"),
        "on the front page": same("", "/", False),
    },
    "meta": {"of a page": same("Ofatumumab", "What the page is about.", "/medicines/ofatumumab/")},
    "name_list": {"one letter": lambda shelf: (shelf.store.names(PageType.MEDICINE, "A", 6),)},
    "paging": {
        "first": same(*_paging(1, 200)),
        "middle": same(*_paging(10, 200)),
        "last": same(*_paging(20, 200)),
        "only one": same(*_paging(1, 5)),
    },
    "page_tools": {"where scripts run": same()},
    "terms": {"one letter": lambda shelf: ("a", shelf.store.glossary()[:SHOWN])},
    "trail_data": {"to a listing": same([], "Medicines", "/medicines/")},
    "search_form": {
        "small": same("q", "", "Search the library"),
        "big, with a query": same("q", "kesimpta", "Search the library", True),
    },
    "topics": {"some": lambda shelf: (shelf.cards(PageType.TOPIC), "Topics")},
}
