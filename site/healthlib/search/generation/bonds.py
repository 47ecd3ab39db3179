"""What a build learns of things: which pages a name stands for, and which pages belong together."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from healthlib.content.authored import AuthoredPage
from healthlib.content.pagetypes import PageType
from healthlib.content.store import Store
from healthlib.search.kinship import Kinship, bonds_of_types, figure_strength, spread
from healthlib.search.things import Things

Bonds = Iterator[tuple[int, int, float]]


class _Places:
    """The number and type of each page, by the name that other pages give it and by address."""

    def __init__(self, pages: Sequence[AuthoredPage]) -> None:
        self.by_ref = {page.ref: (number, page.type) for number, page in enumerate(pages)}
        self.by_url = {page.url: number for number, page in enumerate(pages)}


def write_bonds(pages: Sequence[AuthoredPage], store: Store, things_path: Path, kinship_path: Path) -> None:
    """Write the names and the bonds of every page.

    Args:
        pages: the published pages in the order of the index.
        store: what lists the medicines that have a side effect.
        things_path: where the names go.
        kinship_path: where the bonds go.
    """
    Things.build(_names(pages)).save(things_path)
    Kinship.build(len(pages), _bonds(pages, store, _Places(pages))).save(kinship_path)


def _names(pages: Sequence[AuthoredPage]) -> Iterator[tuple[str, int]]:
    """Yield the names of every page but people's; a page about the site has its address as a name too."""
    for number, page in enumerate(pages):
        if page.type is not PageType.PERSON:
            yield from ((name, number) for name in (*page.meta.names, *page.meta.aliases))
        if page.type is PageType.INFO:
            yield page.url, number


def _bonds(pages: Sequence[AuthoredPage], store: Store, places: _Places) -> Bonds:
    for number, page in enumerate(pages):
        yield from _told(page, number, places)
        if page.type is PageType.SIDE_EFFECT:
            yield from _figures(store, page, number, places)


def _told(page: AuthoredPage, number: int, places: _Places) -> Bonds:
    """Yield the bonds with the pages that a page says it is about, in both directions."""
    about = dict.fromkeys(f"{folder}/{slug}" for folder, slug in page.meta.about())
    others = [places.by_ref[ref] for ref in about if ref in places.by_ref]
    alike = Counter(other_type for _, other_type in others)
    for other, other_type in others:
        yield number, other, bonds_of_types(page.type, other_type)
        yield other, number, bonds_of_types(other_type, page.type) * spread(alike[other_type])


def _figures(store: Store, page: AuthoredPage, number: int, places: _Places) -> Bonds:
    """Yield the bonds of a side effect with the medicines that list it."""
    for listed in store.listed(page.slug, store.count_listed(page.slug)):
        yield number, places.by_url[listed.page], figure_strength(listed.figure)
