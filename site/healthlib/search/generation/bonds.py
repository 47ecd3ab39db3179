"""What a build learns of things: which pages a name stands for, and which pages belong together."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from healthlib.content.pagetypes import PageType
from healthlib.content.published import Page
from healthlib.content.store import Store
from healthlib.search.generation.language import pages_of
from healthlib.search.kinship import Kinship, bonds_of_types, figure_strength, spread
from healthlib.search.things import Things

Bonds = Iterator[tuple[int, int, float]]


class _Places:
    """The number and type of each page, by the name that other pages give it and by address."""

    def __init__(self, pages: Sequence[tuple[str, str, PageType]]) -> None:
        self.by_ref = {ref: (number, page_type) for number, (ref, _, page_type) in enumerate(pages)}
        self.by_url = {url: number for number, (_, url, _) in enumerate(pages)}


def write_bonds(store: Store, things_path: Path, kinship_path: Path) -> None:
    """Write the names and the bonds of every page, in the order of the index."""
    pages = [(page.ref, page.url, page.type) for page in pages_of(store)]
    Things.build(_names(store)).save(things_path)
    Kinship.build(len(pages), _bonds(store, _Places(pages))).save(kinship_path)


def _names(store: Store) -> Iterator[tuple[str, int]]:
    """Yield the names of every page but people's; a page about the site has its address as a name too."""
    for number, page in enumerate(pages_of(store)):
        if page.type is not PageType.PERSON:
            yield from ((name, number) for name in (*page.names, *page.aliases))
        if page.type is PageType.INFO:
            yield page.url, number


def _bonds(store: Store, places: _Places) -> Bonds:
    for number, page in enumerate(pages_of(store)):
        yield from _told(page, number, places)
        if page.type is PageType.SIDE_EFFECT:
            yield from _figures(store, page, number, places)


def _told(page: Page, number: int, places: _Places) -> Bonds:
    """Yield the bonds with the pages that a page says it is about, in both directions."""
    others = [places.by_ref[ref] for ref in page.about if ref in places.by_ref]
    alike = Counter(other_type for _, other_type in others)
    for other, other_type in others:
        yield number, other, bonds_of_types(page.type, other_type)
        yield other, number, bonds_of_types(other_type, page.type) * spread(alike[other_type])


def _figures(store: Store, page: Page, number: int, places: _Places) -> Bonds:
    """Yield the bonds of a side effect with the medicines that list it."""
    for listed in store.listed(page.slug, store.count_listed(page.slug)):
        yield number, places.by_url[listed.page], figure_strength(listed.figure)
