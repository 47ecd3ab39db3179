"""What a search gives to a view: typed, with highlights as spans; no engine type and no HTML leaves this package."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from healthlib.content.published import Card
from healthlib.search.filters import Applied, FacetCounts, Filters
from healthlib.search.query import Query

# Below this many results a reader is told which filters hold others back.
FEW = 5


class Sort(StrEnum):
    """Orders that a reader can choose."""

    BEST = "best"
    NEWEST = "newest"
    TITLE = "title"


@dataclass(frozen=True)
class Options:
    """How results are narrowed, ordered and cut into pages; `page` counts from 1.

    `literal` asks for the words typed and nothing else: no synonyms, no corrections.
    """

    filters: Filters = field(default_factory=dict)
    sort: Sort = Sort.BEST
    page: int = 1
    per_page: int = 10
    literal: bool = False


class Span(NamedTuple):
    """A piece of text; `mark` says that it is a word the reader looked for."""

    text: str
    mark: bool = False


class SectionLink(NamedTuple):
    """A section of a hit's page."""

    heading: str
    url: str


class HitFigure(NamedTuple):
    """How many people have a side effect with a product; `comparison` is what the source compares it with, or ""."""

    effect: str
    product: str
    phrase: str
    comparison: str
    url: str


class Hit(NamedTuple):
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
        figures: how often this medicine has the side effects that were asked for.
    """

    card: Card
    url: str
    title: tuple[Span, ...]
    snippet: tuple[Span, ...]
    heading: str = ""
    sections: tuple[SectionLink, ...] = ()
    missing: tuple[str, ...] = ()
    note: str = ""
    figures: tuple[HitFigure, ...] = ()


@dataclass(frozen=True)
class AlsoSearched:
    """Words that were searched besides those typed: `typed` is what the reader wrote, `added` what it also means."""

    typed: str
    added: str


@dataclass(frozen=True)
class Suggestion:
    """A name or word that the reader may have meant, and what it is: "a medicine for high blood pressure"."""

    text: str
    purpose: str = ""


@dataclass(frozen=True)
class Correction:
    """A correction that was applied because nothing matched what was typed."""

    typed: str
    used: str
    purpose: str = ""


@dataclass(frozen=True)
class OutsideName:
    """A name that we know but have no page on.

    Attributes:
        name: as the reader would see it written, such as "Lipitor".
        text: the whole sentence: "Lipitor is a brand of atorvastatin; we have no page on it yet."
    """

    name: str
    text: str


@dataclass(frozen=True)
class LookAlike:
    """A medicine whose name is easily taken for the one searched for.

    Attributes:
        name: as readers would see it written, such as "Brintellix (vortioxetine)".
        query: what to search for to find it: "Brintellix".
        purpose: what it is: "a medicine for depression".
    """

    name: str
    query: str
    purpose: str


class Danger(StrEnum):
    """What a query that names danger asks for."""

    EMERGENCY = "emergency"
    MENTAL_HEALTH = "mental-health"
    POISON = "poison"


class CardEffect(NamedTuple):
    """A side effect on an answer card, with its figure in words: "39 in 100 people"."""

    name: str
    url: str
    figure: str


class AnswerCard(NamedTuple):
    """What we know of the one thing that was asked for; from data, never generated.

    Attributes:
        card: the page.
        note: "Kesimpta is a brand of ofatumumab.", or "".
        facts: (label, text), such as ("Brands", "Kesimpta, Arzerra") or ("Used for", "multiple sclerosis").
        product: the product that `effects` belong to, or "".
        effects: its most frequent side effects.
        links: sections of the page that readers want next.
        source: where the figures come from, or "".
    """

    card: Card
    note: str
    facts: tuple[tuple[str, str], ...] = ()
    product: str = ""
    effects: tuple[CardEffect, ...] = ()
    links: tuple[SectionLink, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class ResultPage:
    """One page of results.

    Attributes:
        query: what was asked.
        options: how it was narrowed and ordered.
        total: how many pages match under the filters.
        unfiltered: how many match without them.
        applied: the filters.
        facets: what the results can be narrowed by, each choice with the total that it would give.
        hits: this page's hits.
        also: what was searched besides the words typed.
        correction: what was searched instead, because nothing had all the words typed.
        did_you_mean: what the reader may have meant, where we cannot tell.
        outside: names that we know but have no page on.
        look_alikes: medicines that the one asked for must not be confused with.
        danger: what a query that names danger asks for.
        answer: what we know of the one thing asked for, on the first page.
        related: searches that a reader may want next; none beside danger.
    """

    query: Query
    options: Options
    total: int = 0
    unfiltered: int = 0
    applied: tuple[Applied, ...] = ()
    facets: tuple[FacetCounts, ...] = ()
    hits: tuple[Hit, ...] = ()
    also: tuple[AlsoSearched, ...] = ()
    correction: Correction | None = None
    did_you_mean: tuple[Suggestion, ...] = ()
    outside: tuple[OutsideName, ...] = ()
    look_alikes: tuple[LookAlike, ...] = ()
    danger: Danger | None = None
    answer: AnswerCard | None = None
    related: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        """How many result pages there are, at least one."""
        return max(1, -(-self.total // self.options.per_page))

    @property
    def few(self) -> bool:
        """Whether filters leave few results or none."""
        return self.total < FEW and self.unfiltered > self.total

    @property
    def wider(self) -> tuple[Applied, ...]:
        """The filters that each hold more results back."""
        return tuple(applied for applied in self.applied if applied.without > self.total)
