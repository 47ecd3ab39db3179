"""Where the gallery takes its values from: pages and searches of the library that is live."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar, cast
from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict

from healthlib.content.pagetypes import PageType
from healthlib.content.published import (
    ArticlePage,
    Card,
    ConditionPage,
    EffectRow,
    EffectTable,
    MedicinePage,
    Page,
    SideEffectPage,
)
from healthlib.search.generation.generation import Generation
from healthlib.search.results import ResultPage
from healthlib.web.search_form import SearchForm
from healthlib.web.search_links import SearchLinks

# Pages of a type that are looked through for one that has what a state needs.
LOOKED_AT = 200
SHOWN = 3

P = TypeVar("P", bound=Page)


# What a component is called with, and all states of some components by the names of their files.
Call = tuple[object, ...]
State = Callable[["Shelf"], Call]
States = Mapping[str, Mapping[str, State]]


class Search(NamedTuple):
    """A search as a view has it."""

    found: ResultPage
    form: SearchForm
    links: SearchLinks


class Shelf:
    """Finds pages, rows and searches by what they have."""

    def __init__(self, generation: Generation) -> None:
        self.store = generation.store
        self._searcher = generation.searcher

    def page(self, page_type: PageType, wish: Callable[[P], object] = bool) -> P:
        """Return the first page of a type that has what is wished for.

        Raises:
            LookupError: when the library has none.
        """
        for card in self.store.by_name(page_type, LOOKED_AT):
            page = cast(P, self.store.page(card.url))
            if wish(page):
                return page
        raise LookupError(f"The library has no {page_type.spec.label.lower()} for this state.")

    def medicine(self, wish: Callable[[MedicinePage], object] = bool) -> MedicinePage:
        """Return a medicine; see `page`."""
        return self.page(PageType.MEDICINE, wish)

    def condition(self, wish: Callable[[ConditionPage], object] = bool) -> ConditionPage:
        """Return a condition; see `page`."""
        return self.page(PageType.CONDITION, wish)

    def side_effect(self, wish: Callable[[SideEffectPage], object] = bool) -> SideEffectPage:
        """Return a side effect; see `page`."""
        return self.page(PageType.SIDE_EFFECT, wish)

    def article(self, wish: Callable[[ArticlePage], object] = bool) -> ArticlePage:
        """Return an article; see `page`."""
        return self.page(PageType.ARTICLE, wish)

    def cards(self, page_type: PageType = PageType.ARTICLE, number: int = SHOWN) -> list[Card]:
        """Return a few pages of a type as cards."""
        return self.store.by_name(page_type, number)

    def row(self, wish: Callable[[EffectRow], object] = bool) -> EffectRow:
        """Return a row of a side-effect table; see `page`."""
        page = self.medicine(lambda page: any(map(wish, rows_of(page))))
        return next(filter(wish, rows_of(page)))

    def search(self, query: str) -> Search:
        """Return the search at an address: `q=kesimpta&sort=title`."""
        form = SearchForm(MultiDict(parse_qsl(query)))
        found = self._searcher.search(form.query(), form.options(SHOWN))
        return Search(found, form, SearchLinks(form.q.data, found.options))


def same(*values: object) -> State:
    """Return the state that is the same in every library."""
    return lambda _shelf: values


def tables_of(page: MedicinePage) -> list[EffectTable]:
    """Return the side-effect tables of a medicine."""
    return [part for section in page.all_sections() for part in section.parts if isinstance(part, EffectTable)]


def rows_of(page: MedicinePage) -> list[EffectRow]:
    """Return the rows of a medicine's side-effect tables."""
    return [row for table in tables_of(page) for row in table.rows]
