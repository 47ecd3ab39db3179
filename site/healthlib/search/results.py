"""What a search gives to a view: typed, with highlights as spans; no engine type and no HTML leaves this package."""

from dataclasses import dataclass, field
from enum import StrEnum

from healthlib.content.pagetypes import PageType
from healthlib.content.published import Card
from healthlib.search.query import Query


class Sort(StrEnum):
    """Orders that a reader can choose."""

    BEST = "best"
    NEWEST = "newest"
    TITLE = "title"


@dataclass(frozen=True)
class Options:
    """How results are narrowed, ordered and cut into pages; `page` counts from 1."""

    type: PageType | None = None
    sort: Sort = Sort.BEST
    page: int = 1
    per_page: int = 10


@dataclass(frozen=True)
class Span:
    """A piece of text; `mark` says that it is a word the reader looked for."""

    text: str
    mark: bool = False


@dataclass(frozen=True)
class SectionLink:
    """A section of a hit's page."""

    heading: str
    url: str


@dataclass(frozen=True)
class Hit:
    """One page in a result page.

    Attributes:
        card: the page.
        url: the page's address, with the anchor of its best section.
        title: the title with the reader's words marked.
        snippet: the passage that answers best.
        heading: the heading of the best section, or "" when the page itself is the best answer.
        sections: further sections that match, at most two.
        missing: words that the page does not have.
        note: why the page is here, when its name is not what the reader typed.
    """

    card: Card
    url: str
    title: tuple[Span, ...]
    snippet: tuple[Span, ...]
    heading: str = ""
    sections: tuple[SectionLink, ...] = ()
    missing: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class ResultPage:
    """One page of results.

    Attributes:
        query: what was asked.
        options: how it was narrowed and ordered.
        total: how many pages match under the filter.
        facets: how many pages of each type match without the filter, in the order of PageType.
        hits: this page's hits.
    """

    query: Query
    options: Options
    total: int = 0
    facets: dict[PageType, int] = field(default_factory=dict)
    hits: tuple[Hit, ...] = ()

    @property
    def pages(self) -> int:
        """How many result pages there are, at least one."""
        return max(1, -(-self.total // self.options.per_page))
