"""What an author may write in front matter, field by field; docs/writing.md explains it to authors."""

import datetime
import re
from abc import abstractmethod
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SET_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Slug = Annotated[str, StringConstraints(pattern=rf"^{SLUG.pattern}$", max_length=80)]
PageRef = Annotated[str, StringConstraints(pattern=rf"^[a-z-]+/{SLUG.pattern}$")]
Path = Annotated[str, StringConstraints(pattern=r"^/[a-z0-9/.-]*$")]
Text = Annotated[str, StringConstraints(min_length=1)]
Country = Annotated[str, StringConstraints(pattern=r"^(?:[A-Z]{2}|EU)$")]

SUMMARY_WORDS = 60
# Hindi says the same in more words, because what English puts into endings stands apart.
SUMMARY_HI_WORDS = 80
# So long after `review_due` a page may no longer be published, and search puts it after others that match as well.
OVERDUE_DAYS = 180


_WORD = re.compile(r"[\w\u0900-\u097f]+")
_DEVANAGARI = re.compile(r"[\u0900-\u097f]+")


def _not_empty(values: tuple[object, ...]) -> tuple[object, ...]:
    if not values:
        raise ValueError("at least one is needed")
    return values


# Unlike a minimum length, it is asked only when every entry is right: one wrong entry is one fault, not two.
AtLeastOne = AfterValidator(_not_empty)


class Record(BaseModel):
    """Immutable, and strict about unknown fields, so that a typing mistake is a fault and not a lost fact."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Care(StrEnum):
    """What a side effect asks of the reader, least urgent first."""

    SELF = "self"
    DOCTOR = "doctor"
    URGENT = "urgent"
    EMERGENCY = "emergency"


class Source(Record):
    """Where a fact comes from."""

    title: Text
    publisher: Text
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
    date: datetime.date | None = None
    accessed: datetime.date
    kind: Literal["label", "guideline", "trial", "review", "agency", "textbook"]
    country: Country | None = None
    # Ties a US label to its text where the url does not hold the id, for `flask content verify`; readers never see it.
    set_id: Annotated[str, StringConstraints(pattern=rf"^{SET_ID.pattern}$")] | None = Field(None, exclude=True)


class Meta(Record):
    """Front matter that every page has."""

    summary: Text
    summary_hi: Text | None = None
    lang: Literal["en", "hi"]
    status: Literal["draft", "published", "retired"]
    published: datetime.date
    updated: datetime.date
    made_with: Literal["human", "ai-assisted"]
    aliases: tuple[Text, ...] = ()
    topics: tuple[Slug, ...] = ()
    redirect_from: tuple[Path, ...] = ()
    sensitive: bool = False
    related: tuple[PageRef, ...] = ()
    blocked_related: tuple[PageRef, ...] = ()

    @field_validator("summary")
    @classmethod
    def _short(cls, value: str) -> str:
        words = len(value.split())
        if words > SUMMARY_WORDS:
            raise ValueError(f"has {words} words; at most {SUMMARY_WORDS} fit on a card and in a search result")
        return value

    @field_validator("summary_hi")
    @classmethod
    def _short_hindi(cls, value: str | None) -> str | None:
        if value is None:
            return None
        if 2 * len(_DEVANAGARI.findall(value)) <= len(_WORD.findall(value)):
            raise ValueError("is not in Hindi: most of its words must be in Devanagari")
        words = len(value.split())
        if words > SUMMARY_HI_WORDS:
            raise ValueError(f"has {words} words; at most {SUMMARY_HI_WORDS} fit into the box")
        return value

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.updated < self.published:
            raise ValueError(f"updated ({self.updated}) is before published ({self.published})")
        return self

    @property
    @abstractmethod
    def title(self) -> str:
        """The page's name as a heading."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the page's subject that a search must take as exact, the title first."""
        return (self.title,)

    def about(self) -> Iterable[tuple[str, str]]:
        """Yield (folder, slug) of every page that this one is about; a name with no page is a fault."""
        return (("topics", topic) for topic in self.topics)


class Signed(Meta):
    """A page with an author who answers for it and a date by which it must be looked at again."""

    author: Slug
    reviewed_by: Slug | None = None
    last_reviewed: datetime.date | None = None
    review_due: datetime.date
    conflicts_of_interest: Text


class Titled(Signed):
    """A page whose author chose its title."""

    heading: Text = Field(alias="title")

    @property
    def title(self) -> str:
        """The title as written."""
        return self.heading


class Named(Signed):
    """A page filed under the name of the thing it is about."""

    name: Text

    @property
    def title(self) -> str:
        """The name with a capital first letter."""
        return self.name[:1].upper() + self.name[1:]


class KeyFact(Record):
    """One line of an article's "key facts"."""

    label: Text
    text: Text


class Question(Record):
    """A question that readers ask, and its answer."""

    question: Text
    answer: Text


class Article(Titled):
    """A text about one or more medicines, conditions or side effects."""

    kind: Literal["explainer", "comparison", "guide", "news"]
    topics: Annotated[tuple[Slug, ...], AtLeastOne]
    drugs: tuple[Slug, ...] = ()
    conditions: tuple[Slug, ...] = ()
    side_effects: tuple[Slug, ...] = ()
    key_facts: tuple[KeyFact, ...] = ()
    questions: tuple[Text, ...] = ()
    faq: tuple[Question, ...] = ()
    red_flags: tuple[Text, ...] = ()

    def about(self) -> Iterable[tuple[str, str]]:
        """Yield topics and everything named in `drugs`, `conditions` and `side_effects`."""
        yield from super().about()
        yield from (("medicines", slug) for slug in self.drugs)
        yield from (("conditions", slug) for slug in self.conditions)
        yield from (("side-effects", slug) for slug in self.side_effects)


class ConditionCodes(Record):
    """Codes of a condition in public code systems."""

    icd10: tuple[Text, ...] = ()
    mesh: tuple[Text, ...] = ()


class Condition(Named):
    """A disease or a state of health."""

    topics: Annotated[tuple[Slug, ...], AtLeastOne]
    codes: ConditionCodes = ConditionCodes()
    body_system: Text | None = None
    specialities: tuple[Text, ...] = ()
    red_flags: tuple[Text, ...]


class SideEffect(Named):
    """Something unwanted that a medicine can do; the medicines that list it are derived."""

    medical_name: Text | None = None
    # What labels print for it and no reader would type; `flask content verify` looks for these too.
    label_terms: tuple[Text, ...] = ()
    care: Care
    red_flags: tuple[Text, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The reader's word and the doctor's word."""
        return (self.name, self.medical_name) if self.medical_name else (self.name,)


class DrugClass(Named):
    """A group of medicines that work in the same way; its members are derived."""


class Topic(Named):
    """A subject that pages are gathered under."""


class Person(Meta):
    """An author or reviewer, or a team."""

    name: Text
    team: bool = False
    role: Text
    credential: Text | None = None

    @property
    def title(self) -> str:
        """The name as written."""
        return self.name


class InfoPage(Titled):
    """A page about the site itself."""

    path: Path
