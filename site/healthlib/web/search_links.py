"""Addresses of the same search, narrowed, ordered or read in another way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from urllib.parse import quote_plus

from healthlib.content.templates import search_url
from healthlib.search.filters import Facet, FacetValue, Filters
from healthlib.search.results import Options, Sort


@dataclass(frozen=True)
class SearchLinks:
    """Makes the links of a results page; each keeps all else that was chosen and leads to the first page.

    Attributes:
        q: what was typed.
        options: how the results are narrowed and ordered now.
    """

    q: str
    options: Options

    @property
    def values(self) -> Mapping[str, str]:
        """The parameters of this search, for the links to its other pages."""
        return _values(self.q, self.options)

    def choices(self, facet: Facet, values: Iterable[FacetValue]) -> Iterator[tuple[str, FacetValue]]:
        """Yield some values of a facet, each with the address with that value instead of any other."""
        before, after = self._around[facet]
        for value in values:
            yield f"{before}{_quoted(value.value)}{after}", value

    def drop(self, facet: Facet) -> str:
        """Return the address without a facet's filter."""
        return self._narrowed({other: value for other, value in self.options.filters.items() if other is not facet})

    def clear(self) -> str:
        """Return the address without any filter."""
        return self._narrowed({})

    def ordered(self, sort: str) -> str:
        """Return the address of the results in another order."""
        return search_url(**_values(self.q, replace(self.options, sort=Sort(sort))))

    def literal(self, literal: bool) -> str:
        """Return the address that searches only the words typed, or what they mean too."""
        return search_url(**_values(self.q, replace(self.options, literal=literal)))

    @cached_property
    def _around(self) -> Mapping[Facet, tuple[str, str]]:
        """What stands before and after a facet's value in an address."""
        names = list(self.values)
        shown = {name: f"{name}={quote_plus(value)}" for name, value in self.values.items() if value}

        def part(some: Sequence[str]) -> list[str]:
            return [shown[name] for name in some if name in shown]

        return {
            facet: (
                "/search?" + "&".join([*part(names[:place]), f"{facet.value}="]),
                "".join(f"&{one}" for one in part(names[place + 1 :])),
            )
            for facet in Facet
            for place in [names.index(facet.value)]
        }

    def _narrowed(self, filters: Filters) -> str:
        return search_url(**_values(self.q, replace(self.options, filters=filters)))


@lru_cache(maxsize=4096)
def _quoted(value: str) -> str:
    """Return a facet's value as it stands in an address; a page of results may offer a hundred."""
    return quote_plus(value)


def _values(q: str, options: Options) -> dict[str, str]:
    """Return parameters in one order, so that the same search has one address."""
    return {
        "q": q,
        **{facet.value: options.filters.get(facet, "") for facet in Facet},
        "sort": options.sort.value if options.sort is not Sort.BEST else "",
        "exact": "1" if options.literal else "",
    }
