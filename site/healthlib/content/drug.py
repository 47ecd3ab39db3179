"""A medicine: one substance, and one or more products of it that are never merged."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from healthlib.content.frequency import Frequency, frequency_of
from healthlib.content.model import AtLeastOne, Care, Country, Named, Record, Slug, Text
from healthlib.content.names import slugify


def _no_truth_value(value: object) -> object:
    """Refuse `pct: yes`, which Python would count as 1."""
    if isinstance(value, bool):
        raise ValueError("a percentage is a number")
    return value


Percent = Annotated[Decimal, BeforeValidator(_no_truth_value), Field(ge=0, le=100)]


class SideEffectRow(Record):
    """How often one product causes one side effect, and what to do about it."""

    effect: Slug
    stated: Frequency | None = Field(None, alias="frequency")
    pct: Percent | None = None
    comparator_pct: Percent | None = None
    comparator: Text | None = None
    serious: bool = False
    care: Care
    what_to_do: Text
    population: Text | None = None
    source: Slug
    # An author's word that the row is right where `flask content verify` cannot match it: what was read, and where.
    checked: Text | None = None

    @property
    def frequency(self) -> Frequency:
        """The class: as stated, or as the percentage tells."""
        if self.stated is not None:
            return self.stated
        return Frequency.NOT_KNOWN if self.pct is None else frequency_of(self.pct)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.pct is not None and self.stated not in (None, frequency_of(self.pct)):
            raise ValueError(f"{self.pct} % is {frequency_of(self.pct)}, not {self.stated}: drop frequency or mend pct")
        if self.serious and self.care is Care.SELF:
            raise ValueError("a serious side effect needs care: doctor, urgent or emergency")
        if (self.comparator_pct is None) != (self.comparator is None):
            raise ValueError("comparator and comparator_pct go together")
        return self


class Indication(Record):
    """One use of a product, with the condition's page where the library has one."""

    text: Text
    condition: Slug | None = None


class LegalFact(Record):
    """A fact of approval or law, which holds in one country only."""

    country: Country
    text: Text


class Label(Record):
    """The edition of the product information that the facts were read in."""

    set_id: Text | None = None
    version: int | None = None
    effective_time: date | None = None
    region: Country
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]


class Product(Record):
    """A medicine as it is sold: uses, route and side effects belong to it, not to the substance."""

    brand: Text | None = None
    other_brands: tuple[Text, ...] = ()
    form: Text
    route: Text
    strengths: tuple[Text, ...] = ()
    prescription: bool
    maker: Text | None = None
    legal: tuple[LegalFact, ...] = ()
    indications: Annotated[tuple[Indication, ...], AtLeastOne]
    boxed_warning: Text | None = None
    not_for: Text | None = None
    warnings: Text | None = None
    how_taken: Text | None = None
    missed_dose: Text | None = None
    overdose: Text | None = None
    interactions: Text | None = None
    pregnancy: Text | None = None
    breastfeeding: Text | None = None
    children: Text | None = None
    storage: Text | None = None
    red_flags: tuple[Text, ...] = ()
    side_effects: Annotated[tuple[SideEffectRow, ...], AtLeastOne]
    label: Label | None = None

    @property
    def brands(self) -> tuple[str, ...]:
        """Every brand name, the main one first."""
        return ((self.brand,) if self.brand else ()) + self.other_brands

    @property
    def id(self) -> str:
        """The product's anchor on the medicine's page."""
        return slugify(self.brand) if self.brand else "generic"


class LookAlike(Record):
    """A medicine whose name is easily mistaken for this one, and what that one is for."""

    name: Text
    purpose: Text


class DrugCodes(Record):
    """Codes of a substance in public code systems."""

    rxcui: Text | None = None
    unii: Text | None = None
    atc: tuple[Text, ...] = ()


class Drug(Named):
    """A substance and its products."""

    topics: Annotated[tuple[Slug, ...], AtLeastOne]
    pronunciation: Text | None = None
    look_alike: tuple[LookAlike, ...] = ()
    classes: Annotated[tuple[Slug, ...], AtLeastOne]
    codes: DrugCodes = DrugCodes()
    products: Annotated[tuple[Product, ...], AtLeastOne]

    @model_validator(mode="after")
    def _products_apart(self) -> Self:
        ids = [product.id for product in self.products]
        if len(set(ids)) < len(ids):
            raise ValueError("two products share a brand: give each its own brand")
        return self

    @property
    def brands(self) -> tuple[str, ...]:
        """Brand names of all products."""
        return tuple(brand for product in self.products for brand in product.brands)

    @property
    def names(self) -> tuple[str, ...]:
        """The generic name, then the brand names."""
        return (self.name, *self.brands)

    def about(self) -> Iterable[tuple[str, str]]:
        """Yield topics, classes, the conditions it is used for and the side effects it lists."""
        yield from super().about()
        yield from (("classes", slug) for slug in self.classes)
        for product in self.products:
            yield from (("conditions", use.condition) for use in product.indications if use.condition)
            yield from (("side-effects", row.effect) for row in product.side_effects)
