"""What a build makes of each page: everything a view shows, ready to print, so that a request does no work twice."""

import datetime
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from healthlib.content.frequency import Figure
from healthlib.content.markdown import text_html
from healthlib.content.model import Care, Record
from healthlib.content.pagetypes import PageType


class Link(Record):
    """A name and where it leads."""

    text: str
    url: str


class Card(Record):
    """A page as it is offered on another page; `why` says for what reason."""

    type: PageType
    url: str
    title: str
    summary: str
    updated: datetime.date
    why: str = ""

    @property
    def label(self) -> str:
        """The kind of page in words."""
        return self.type.spec.label

    @property
    def slug(self) -> str:
        """The last part of the page's address."""
        return self.url.rstrip("/").rpartition("/")[2]


class Reference(Record):
    """A source as it is listed on one page, with how often the page cites it."""

    number: int
    uses: int
    title: str
    publisher: str
    url: str
    date: datetime.date | None
    accessed: datetime.date
    kind: str
    country: str | None


class Byline(Record):
    """Who answers for a page, and when it was last looked at."""

    author: Link
    by_team: bool = False
    reviewer: Link | None
    credential: str | None
    last_reviewed: datetime.date | None
    review_due: datetime.date
    made_with: str
    conflicts_of_interest: str


class EffectRow(Record):
    """One row of a side-effect table; `source` is the number of its reference."""

    effect: Link
    figure: Figure
    serious: bool
    care: Care
    what_to_do: str
    population: str | None
    source: int
    cite: str


class EffectTable(Record):
    """The side effects of one product, serious ones first, then the most frequent first."""

    part: Literal["effects"] = "effects"
    drug: Link
    product: str
    rows: tuple[EffectRow, ...]


class Html(Record):
    """Finished HTML."""

    part: Literal["html"] = "html"
    html: str


Part = Annotated[Html | EffectTable, Field(discriminator="part")]


class Section(Record):
    """A part of a page with its own anchor; `text` is what a search reads."""

    id: str
    heading: str
    parts: tuple[Part, ...]
    text: str


class Fact(Record):
    """A label and a value in HTML."""

    label: str
    html: str


class Codes(Record):
    """What a substance or condition is called in one public code system."""

    system: str
    values: tuple[str, ...]


class GlossaryEntry(Record):
    """A medical word, what it means, and who says so."""

    name: str
    slug: str
    text: str
    source: Link
    publisher: str
    read: datetime.date


class ListedMedicine(Record):
    """A product that lists a side effect, as the side effect's page shows it."""

    drug: Link
    product: str
    figure: Figure
    serious: bool
    population: str | None
    source: Link

    @property
    def page(self) -> str:
        """The address of the medicine's page."""
        return self.drug.url.partition("#")[0]


class Page(Record):
    """What every page has; the store adds `related`, which is known only when the texts of all pages are."""

    type: PageType
    slug: str
    url: str
    lang: str
    title: str
    names: tuple[str, ...]
    aliases: tuple[str, ...]
    summary: str
    summary_hi: str | None = None
    published: datetime.date
    updated: datetime.date
    sensitive: bool
    about: tuple[str, ...]
    topics: tuple[Link, ...]
    byline: Byline | None
    red_flags: tuple[str, ...]
    sections: tuple[Section, ...]
    references: tuple[Reference, ...]
    related: tuple[Card, ...] = ()

    @property
    def ref(self) -> str:
        """The page's name in other pages' front matter: `medicines/ofatumumab`."""
        return f"{self.type.spec.folder}/{self.slug}"

    def all_sections(self) -> Iterator[Section]:
        """Yield every section in the order of the page."""
        yield from self.sections

    def card(self, why: str = "") -> Card:
        """Return the page as a card."""
        return Card(type=self.type, url=self.url, title=self.title, summary=self.summary, updated=self.updated, why=why)


class FaqItem(Record):
    """A question and its answer, both in HTML."""

    question: str
    html: str


class ArticlePage(Page):
    """An article."""

    kind: str
    key_facts: tuple[Fact, ...]
    questions: tuple[str, ...]
    faq: tuple[FaqItem, ...]


class ProductView(Record):
    """One product of a medicine."""

    id: str
    name: str
    other_brands: tuple[str, ...]
    form: str
    route: str
    strengths: tuple[str, ...]
    strengths_html: str
    prescription: bool
    maker: str | None
    boxed_warning: str | None
    red_flags: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What the product is at a glance, its form and route first."""
        values = {
            "Form": text_html(self.form),
            "Taken": text_html(self.route),
            "Strengths": self.strengths_html,
            "Prescription": "needed" if self.prescription else "not needed",
            "Maker": text_html(self.maker or ""),
        }
        return tuple(Fact(label=label, html=html) for label, html in values.items() if html)

    @property
    def effects(self) -> tuple[EffectRow, ...]:
        """The rows of its side-effect table."""
        tables = (part for section in self.sections for part in section.parts if isinstance(part, EffectTable))
        return tuple(row for table in tables for row in table.rows)


class MedicinePage(Page):
    """A medicine."""

    name: str
    pronunciation: str | None
    classes: tuple[Link, ...]
    look_alike: tuple[Fact, ...]
    codes: tuple[Codes, ...] = ()
    products: tuple[ProductView, ...]
    after: tuple[Section, ...]
    articles: tuple[Card, ...]

    def all_sections(self) -> Iterator[Section]:
        """Yield the sections before, of and after the products."""
        yield from self.sections
        for product in self.products:
            yield from product.sections
        yield from self.after


class TreatmentGroup(Record):
    """Medicines of one class that are used for a condition."""

    drug_class: Link
    medicines: tuple[Fact, ...]


class ConditionPage(Page):
    """A condition."""

    codes: tuple[Codes, ...] = ()
    body_system: str | None
    specialities: tuple[str, ...]
    treatments: tuple[TreatmentGroup, ...]
    articles: tuple[Card, ...]


class SideEffectPage(Page):
    """A side effect; the medicines that list it are rows of the store, because there may be thousands."""

    medical_name: str | None
    care: Care
    articles: tuple[Card, ...]


class GroupPage(Page):
    """A class or a topic; its members are rows of the store."""


class PersonPage(Page):
    """An author, a reviewer or a team."""

    team: bool
    role: str
    credential: str | None


class InfoPage(Page):
    """A page about the site itself."""


MODELS: dict[PageType, type[Page]] = {
    PageType.MEDICINE: MedicinePage,
    PageType.CONDITION: ConditionPage,
    PageType.SIDE_EFFECT: SideEffectPage,
    PageType.CLASS: GroupPage,
    PageType.TOPIC: GroupPage,
    PageType.ARTICLE: ArticlePage,
    PageType.PERSON: PersonPage,
    PageType.INFO: InfoPage,
}
