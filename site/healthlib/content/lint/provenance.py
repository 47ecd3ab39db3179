"""P rules: every fact has a source, every review a reviewer and a date."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from healthlib.content.authored import AuthoredPage
from healthlib.content.drug import Drug
from healthlib.content.faults import Fault
from healthlib.content.library import SOURCES, Library
from healthlib.content.lint.texts import citations_of, pieces
from healthlib.content.model import OVERDUE_DAYS, Person, Signed
from healthlib.content.pagetypes import PageType

REVIEW_MONTHS = 36
# What is left in a text of a citation that could not be read.
MISWRITTEN = "[@"

# A percentage, a share of people, a dose, a price.
NUMBER = re.compile(
    r"\d\s?%|\bper cent\b|\b\d[\d,.]*\s+(?:in|out of)\s+(?:every\s+)?\d"
    r"|\b\d[\d,.]*[\s-]?(?:mg|mcg|[µμ]g|micrograms?|milligrams?|g|grams?|ml|millilitres?|IU)\b"
    r"|(?:₹|\bRs\.?|\$|€|£)\s?\d",
    re.IGNORECASE,
)


def check_sources(library: Library, unread: frozenset[str]) -> Iterator[Fault]:
    """Yield P102 for each source that no page, draft or not, cites; not while some page could not be read."""
    if any(not ref.startswith(SOURCES) for ref in unread):
        return
    cited = {source for page in (*library.pages, *library.drafts) for source, _ in citations_of(page)}
    for source in sorted(set(library.sources) - cited):
        path = f"{library.root.name}/{SOURCES}/{source}.yaml"
        yield Fault(path, 1, "P102", "no page cites this source.", "Cite it or delete it.")


def check_page(
    page: AuthoredPage, library: Library, today: date, unread: frozenset[str] = frozenset()
) -> Iterator[Fault]:
    """Yield every provenance fault of one page."""
    yield from _citations(page, library, unread)
    yield from _numbers(page)
    if isinstance(page.meta, Signed) and page.meta.status != "retired":
        yield from _review(page, page.meta, library, today)


def _citations(page: AuthoredPage, library: Library, unread: frozenset[str]) -> Iterator[Fault]:
    kinds = set()
    for source_id, line in citations_of(page):
        if source := library.sources.get(source_id):
            kinds.add(source.kind)
        elif f"{SOURCES}/{source_id}" not in unread:
            yield page.on(line).fault(
                "P101", f"the source `{source_id}` does not exist.", f"Write content/{SOURCES}/{source_id}.yaml."
            )
    for piece in pieces(page):
        if MISWRITTEN in piece.text:
            yield page.on(piece.line).fault(
                "P101", "a citation is written wrongly and would be printed as it stands.", "Write `[@one; @two]`."
            )
    if isinstance(page.meta, Drug) and not kinds & {"label", "guideline"} and not unread:
        yield page.at().fault("P103", "a medicine must cite a label or a guideline.")


def _numbers(page: AuthoredPage) -> Iterator[Fault]:
    if page.type is PageType.INFO:
        return
    for piece in pieces(page):
        if not piece.cited and (match := NUMBER.search(piece.text)):
            yield page.on(piece.line).fault(
                "P104",
                f"the number `{match[0]}` has no source.",
                "Cite one in the same paragraph, item or row; names and summaries cannot cite and hold no numbers.",
            )


def _review(page: AuthoredPage, meta: Signed, library: Library, today: date) -> Iterator[Fault]:
    yield from _reviewer(page, meta, library)
    last = meta.last_reviewed or meta.updated
    latest = _months_later(last, REVIEW_MONTHS)
    if meta.review_due > latest:
        yield page.at("review_due").fault(
            "P106",
            f"review_due is more than {REVIEW_MONTHS} months after {last}.",
            f"At the latest {latest}.",
        )
    overdue = today - meta.review_due
    if overdue > timedelta(days=OVERDUE_DAYS):
        yield page.at("review_due").fault(
            "P107", f"the review is {overdue.days} days overdue.", "Review the page, or retire it."
        )


def _reviewer(page: AuthoredPage, meta: Signed, library: Library) -> Iterator[Fault]:
    if bool(meta.reviewed_by) != bool(meta.last_reviewed):
        written = "reviewed_by" if meta.reviewed_by else "last_reviewed"
        yield page.at(written).fault("P105", "reviewed_by and last_reviewed go together.")
    reviewer = library.find("people", meta.reviewed_by) if meta.reviewed_by else None
    if reviewer and isinstance(reviewer.meta, Person) and not reviewer.meta.credential:
        yield page.at("reviewed_by").fault("P105", f"{reviewer.path} has no credential, so it cannot review.")


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
