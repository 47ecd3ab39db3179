"""R004: every address and every brand name belongs to one page."""

from collections.abc import Iterator

from healthlib.content.authored import AuthoredPage
from healthlib.content.faults import Fault
from healthlib.content.library import Library
from healthlib.content.names import fold


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault for each address or brand claimed twice."""
    yield from _addresses(library)
    yield from _brands(library)


def _addresses(library: Library) -> Iterator[Fault]:
    owner: dict[str, AuthoredPage] = {}
    for page in library.pages:
        for number, address in enumerate((page.url, *page.meta.redirect_from)):
            place = page.at("redirect_from", number - 1) if number else page.at()
            first = owner.setdefault(address, page)
            if first is not page or (number and address == page.url):
                yield place.fault("R004", f"{address} is already the address of {first.path}.")


def _brands(library: Library) -> Iterator[Fault]:
    owner: dict[str, AuthoredPage] = {}
    for page, drug in library.drugs:
        for number, product in enumerate(drug.products):
            for brand in product.brands:
                first = owner.setdefault(fold(brand), page)
                if first is not page:
                    yield page.at("products", number, "brand").fault(
                        "R004", f"the brand {brand} is already a product of {first.path}."
                    )
