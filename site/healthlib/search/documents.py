"""A published page as the index sees it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from healthlib.content.published import MedicinePage, Page
from healthlib.search.schema import ABOUT_FIELDS
from healthlib.search.snippets import flat

_FIELD_OF_FOLDER = {"medicines": "drug", "conditions": "condition", "side-effects": "effect"}


NOT_A_PAGE = -1


@dataclass(frozen=True)
class Document:
    """The values of one document, and what sorting and counting need to know of it.

    Attributes:
        values: what is indexed: for each field its text, or several.
        stored: what a hit shows, by name; kept beside the index, where one document is read without opening Whoosh.
        type: the rank of the page's type, or NOT_A_PAGE for a section.
        updated: the day of the page's last update, as an ordinal.
        review_due: the day by which the page must be reviewed, as an ordinal; far away for pages that nobody signs.
        title: the page's title.
        shown: a section's text as hits cut passages from it, on one line; "" for a page.
    """

    values: dict[str, str | tuple[str, ...]]
    stored: dict[str, object]
    type: int
    updated: int
    review_due: int
    title: str
    shown: str = ""


def documents_of(page: Page, names_of: dict[str, tuple[str, ...]]) -> Iterator[Document]:
    """Yield the page's document and then one for each of its sections.

    Args:
        page: a published page.
        names_of: names of every page, by reference such as `medicines/ofatumumab`.
    """
    sections = list(page.all_sections())
    values: dict[str, str | tuple[str, ...]] = {
        "page": page.url,
        "exact_name": page.names,
        "exact_alias": page.aliases,
        "title": page.title,
        "aliases": (*page.names[1:], *page.aliases),
        "headings": tuple(section.heading for section in sections),
        "summary": page.summary,
        "body": (*(section.text for section in sections), page.summary_hi or ""),
    }
    stored: dict[str, object] = {
        "page": page.url,
        "card": page.card().model_dump(mode="json"),
        "names": _brand_notes(page),
    }
    updated = page.updated.toordinal()
    due = (page.byline.review_due if page.byline else date.max).toordinal()
    yield Document(values | _about(page, names_of), stored, page.type.rank, updated, due, page.title)
    for section in sections:
        yield Document(
            {"page": page.url, "section_heading": section.heading, "section_text": section.text},
            {"page": page.url, "section": section.id, "heading": section.heading},
            NOT_A_PAGE,
            updated,
            due,
            page.title,
            flat(section.text),
        )


def _about(page: Page, names_of: dict[str, tuple[str, ...]]) -> dict[str, str | tuple[str, ...]]:
    """Return the names of the page's subject and of what it is about, by the field that looks them up."""
    found: dict[str, list[str]] = {field: [] for field in ABOUT_FIELDS.values()}
    for ref in (page.ref, *page.about):
        if kind := _FIELD_OF_FOLDER.get(ref.partition("/")[0]):
            found[ABOUT_FIELDS[kind]].extend(names_of.get(ref, ()))
    return {field: tuple(names) for field, names in found.items() if names}


def _brand_notes(page: Page) -> dict[str, str]:
    """Return, for each brand of a medicine, the sentence that a result shows when a reader searched for it."""
    if not isinstance(page, MedicinePage):
        return {}
    return {brand: f"{brand} is a brand of {page.name}." for brand in page.names[1:]}
