"""A page of a thing as data: what its page shows, field by field; docs/data.md tells what each field holds.

Fields may be added; none is renamed, removed or given another meaning without another `schema_version`.
"""

import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import PlainSerializer

from healthlib.content.frequency import Frequency
from healthlib.content.model import Care, Record
from healthlib.content.pagetypes import PageType

# Kinds of page that are about a thing.
WITH_TWIN = (PageType.MEDICINE, PageType.CONDITION, PageType.SIDE_EFFECT, PageType.CLASS)
SCHEMA = 1
LICENCE = (
    "Our own text is under Creative Commons Attribution 4.0; name the site. The sources have rules of their own. "
    "General information, not medical advice."
)

# A percentage is a number in JSON, as the source prints it.
Percent = Annotated[Decimal, PlainSerializer(float, return_type=float, when_used="json")]


class Named(Record):
    """A thing and its page, as an address on this site."""

    name: str
    url: str


class Source(Record):
    """A source, numbered as on the page."""

    number: int
    title: str
    publisher: str
    url: str
    date: datetime.date | None
    read: datetime.date


class Review(Record):
    """Who reviewed the page, and when."""

    by: Named
    credential: str | None
    on: datetime.date | None


class Often(Record):
    """How many people a side effect happens to, in words and as the source gives it."""

    people: str
    frequency: Frequency
    percent: Percent | None
    compared_percent: Percent | None
    compared_with: str | None


class Effect(Record):
    """A side effect of a product; `source` is the number of the source."""

    effect: Named
    often: Often
    serious: bool
    care: Care
    what_to_do: str
    population: str | None
    source: int


class Product(Record):
    """One product of a medicine; two products are never merged."""

    name: str
    url: str
    other_brands: tuple[str, ...]
    form: str
    route: str
    strengths: tuple[str, ...]
    prescription: bool
    maker: str | None
    uses: tuple[str, ...]
    side_effects: tuple[Effect, ...]


class Listing(Record):
    """A product that lists a side effect."""

    medicine: Named
    product: str
    often: Often
    serious: bool
    population: str | None
    source: Named


class Twin(Record):
    """What every page of a thing says."""

    schema_version: int = SCHEMA
    type: str
    url: str
    name: str
    other_names: tuple[str, ...]
    summary: str
    language: str
    published: datetime.date
    updated: datetime.date
    review: Review | None
    author: Named | None
    topics: tuple[Named, ...]
    sources: tuple[Source, ...]
    licence: str = LICENCE


class MedicineTwin(Twin):
    """A medicine."""

    type: Literal["medicine"]
    classes: tuple[Named, ...]
    codes: dict[str, tuple[str, ...]]
    products: tuple[Product, ...]


class ConditionTwin(Twin):
    """A condition."""

    type: Literal["condition"]
    codes: dict[str, tuple[str, ...]]
    body_system: str | None
    specialities: tuple[str, ...]
    medicines: dict[str, tuple[str, ...]]


class SideEffectTwin(Twin):
    """A side effect."""

    type: Literal["side-effect"]
    medical_name: str | None
    care: Care
    medicines: tuple[Listing, ...]


class ClassTwin(Twin):
    """A group of medicines."""

    type: Literal["class"]
    medicines: tuple[Named, ...]
