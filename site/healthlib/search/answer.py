"""The answer card: what we know of the one thing that was asked for, from data."""

from collections.abc import Iterator

from healthlib.content.names import fold
from healthlib.content.published import (
    ConditionPage,
    EffectRow,
    EffectTable,
    MedicinePage,
    Page,
    ProductView,
    Section,
    SideEffectPage,
)
from healthlib.search.results import AnswerCard, CardEffect, SectionLink

EFFECTS_SHOWN = 3
LINKS_SHOWN = 4
# What readers of a medicine's page go to next, by the end of the section's id.
_WANTED = ("side-effects", "not-for", "how-taken", "interactions", "pregnancy", "symptoms", "treatments", "self-care")


def answer_card(page: Page, brand: str) -> AnswerCard | None:
    """Return the card of a medicine, condition or side effect, without a note; other pages have none.

    Args:
        page: the page whose name was asked for.
        brand: the folded name that was asked for; a brand picks the product whose figures are shown.
    """
    if isinstance(page, MedicinePage):
        return _medicine(page, brand)
    if isinstance(page, ConditionPage | SideEffectPage):
        return AnswerCard(page.card(), "", tuple(_facts(page)), links=_links(page, page.sections))
    return None


def _medicine(page: MedicinePage, brand: str) -> AnswerCard:
    product = next((one for one in page.products if one.name.casefold() == brand), page.products[0])
    rows, cite = _effects(product)
    source = next((one for one in page.references if f'#ref-{one.number}"' in cite), None)
    facts = [("Group", ", ".join(link.text for link in page.classes))]
    if len(page.names) > 1:
        facts.insert(0, ("Sold as", ", ".join(page.names[1:])))
    uses = next((section for section in product.sections if section.id.endswith("-used-for")), None)
    if uses:
        facts.append(("Used for", "; ".join(line.removesuffix(".") for line in uses.text.splitlines()[:3])))
    return AnswerCard(
        card=page.card(),
        note="",
        facts=tuple(facts),
        product=product.name,
        effects=tuple(CardEffect(row.effect.text, row.effect.url, row.figure.phrase) for row in rows),
        links=_links(page, product.sections),
        source=source.title if source else "",
    )


def _effects(product: ProductView) -> tuple[list[EffectRow], str]:
    """Return the most frequent side effects that have a figure, and the citation of the first."""
    tables = [part for section in product.sections for part in section.parts if isinstance(part, EffectTable)]
    rows = [row for table in tables for row in table.rows if row.figure.pct is not None]
    rows.sort(key=lambda row: -(row.figure.pct or 0))
    shown = rows[:EFFECTS_SHOWN]
    return shown, shown[0].cite if shown else ""


def _facts(page: ConditionPage | SideEffectPage) -> Iterator[tuple[str, str]]:
    if page.aliases:
        yield "Also called", ", ".join(page.aliases[:4])
    if isinstance(page, ConditionPage) and page.treatments:
        yield "Medicines", ", ".join(one.label for group in page.treatments for one in group.medicines)
    if isinstance(page, SideEffectPage) and page.medical_name and fold(page.medical_name) != fold(page.title):
        yield "Doctors say", page.medical_name


def _links(page: Page, sections: tuple[Section, ...]) -> tuple[SectionLink, ...]:
    found = [section for wanted in _WANTED for section in sections if section.id.endswith(wanted)]
    return tuple(SectionLink(section.heading, f"{page.url}#{section.id}") for section in found[:LINKS_SHOWN])
