"""R004: every address and every brand name belongs to one page."""

from collections.abc import Iterator

from healthlib.content.authored import AuthoredPage
from healthlib.content.faults import Fault, Place
from healthlib.content.library import Library
from healthlib.content.lint.references import SERVED
from healthlib.content.names import slugify
from healthlib.content.pagetypes import PageType, url_of


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault for each address claimed twice: by pages first, then by their old paths, then by brands."""
    owner: dict[str, AuthoredPage] = {}
    for address, page, place in (*_pages(library), *_old_paths(library), *_brands(library)):
        if address in SERVED:
            yield place.fault("R004", f"the site itself answers at {address}.", "Choose another path.")
            continue
        first = owner.setdefault(address, page)
        if first is not page or (address == page.url and place != page.at()):
            yield place.fault("R004", f"{address} is already the address of {first.path}.")


def _pages(library: Library) -> Iterator[tuple[str, AuthoredPage, Place]]:
    return ((page.url, page, page.at()) for page in library.pages)


def _old_paths(library: Library) -> Iterator[tuple[str, AuthoredPage, Place]]:
    for page in library.pages:
        for number, path in enumerate(page.meta.redirect_from):
            yield path, page, page.at("redirect_from", number)


def _brands(library: Library) -> Iterator[tuple[str, AuthoredPage, Place]]:
    """Yield brand addresses; a brand called like its own substance needs none."""
    for page, drug in library.drugs:
        for number, product in enumerate(drug.products):
            for brand in product.brands:
                address = url_of(PageType.MEDICINE, slugify(brand))
                field = ("brand",) if brand == product.brand else ("other_brands", product.other_brands.index(brand))
                if address != page.url:
                    yield address, page, page.at("products", number, *field)
