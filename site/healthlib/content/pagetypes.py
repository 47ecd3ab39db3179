"""The kinds of page: their folders, addresses and words, in one table."""

from dataclasses import dataclass
from enum import StrEnum

from healthlib.content.drug import Drug
from healthlib.content.model import (
    Article,
    Condition,
    DrugClass,
    InfoPage,
    Meta,
    Person,
    SideEffect,
    Topic,
)


class PageType(StrEnum):
    """The kind of a page, in the order in which equal search results are shown."""

    MEDICINE = "medicine"
    CONDITION = "condition"
    SIDE_EFFECT = "side-effect"
    CLASS = "class"
    TOPIC = "topic"
    ARTICLE = "article"
    PERSON = "person"
    INFO = "info"

    @property
    def spec(self) -> "TypeSpec":
        """What is fixed for this kind of page."""
        return _SPECS[self]

    @property
    def rank(self) -> int:
        """Position in the order above."""
        return list(PageType).index(self)


@dataclass(frozen=True)
class TypeSpec:
    """What is fixed for one kind of page."""

    folder: str
    model: type[Meta]
    prefix: str
    label: str
    plural: str
    # Section ids in their order; empty means that the author chooses. `required` are those that must be there.
    sections: tuple[str, ...] = ()
    required: frozenset[str] = frozenset()


_CONDITION_SECTIONS = (
    "what-it-is",
    "symptoms",
    "causes",
    "risk",
    "tests",
    "treatments",
    "complications",
    "prevention",
    "living-with",
)

_SPECS = {
    PageType.MEDICINE: TypeSpec(
        "medicines",
        Drug,
        "/medicines/",
        "Medicine",
        "Medicines",
        ("what-it-is", "how-it-works", "good-to-know"),
        frozenset({"what-it-is", "how-it-works"}),
    ),
    PageType.CONDITION: TypeSpec(
        "conditions",
        Condition,
        "/conditions/",
        "Condition",
        "Conditions",
        _CONDITION_SECTIONS,
        frozenset({"what-it-is", "symptoms", "treatments"}),
    ),
    PageType.SIDE_EFFECT: TypeSpec(
        "side-effects",
        SideEffect,
        "/side-effects/",
        "Side effect",
        "Side effects",
        ("what-it-is", "why-it-happens", "self-care", "when-to-get-help"),
        frozenset({"what-it-is", "self-care", "when-to-get-help"}),
    ),
    PageType.CLASS: TypeSpec("classes", DrugClass, "/medicines/classes/", "Group of medicines", "Groups of medicines"),
    PageType.TOPIC: TypeSpec("topics", Topic, "/topics/", "Topic", "Topics"),
    PageType.ARTICLE: TypeSpec("articles", Article, "/articles/", "Article", "Articles"),
    PageType.PERSON: TypeSpec("people", Person, "/about/people/", "Person", "People"),
    PageType.INFO: TypeSpec("pages", InfoPage, "/", "About the site", "About the site"),
}

BY_FOLDER = {page_type.spec.folder: page_type for page_type in PageType}


def url_of(page_type: PageType, slug: str) -> str:
    """Return the permanent address of a page; pages about the site have their own `path` instead."""
    return f"{page_type.spec.prefix}{slug}/"
