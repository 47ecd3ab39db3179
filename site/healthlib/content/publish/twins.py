"""Makes the data of a thing's page from the published page, so that it can say nothing that the page does not."""

import re
from collections.abc import Sequence
from html import unescape

from healthlib.content import twin
from healthlib.content.frequency import Figure
from healthlib.content.pagetypes import PageType
from healthlib.content.published import (
    Byline,
    Card,
    Codes,
    ConditionPage,
    EffectRow,
    GroupPage,
    Link,
    ListedMedicine,
    MedicinePage,
    Page,
    ProductView,
    SideEffectPage,
)

_CITE = re.compile(r"\s*<sup.*?</sup>")
_TAG = re.compile(r"<[^>]+>")


def twin_of(page: Page, listed: Sequence[ListedMedicine] = (), members: Sequence[Card] = ()) -> twin.Twin | None:
    """Return the data of a medicine, condition, side effect or class; other pages have none.

    Args:
        page: the page.
        listed: the medicines that list a side effect, all of them.
        members: the medicines of a class that its page shows.
    """
    if isinstance(page, MedicinePage):
        own: dict[str, object] = {"classes": _links(page.classes), "codes": _codes(page.codes)}
        products = tuple(_product(page, product) for product in page.products)
        return twin.MedicineTwin.model_validate(_shared(page) | own | {"products": products})
    if isinstance(page, ConditionPage):
        own = {"codes": _codes(page.codes), "body_system": page.body_system, "specialities": page.specialities}
        return twin.ConditionTwin.model_validate(_shared(page) | own | {"medicines": _treatments(page)})
    if isinstance(page, SideEffectPage):
        own = {"medical_name": page.medical_name, "care": page.care}
        return twin.SideEffectTwin.model_validate(_shared(page) | own | {"medicines": tuple(map(_listing, listed))})
    if isinstance(page, GroupPage) and page.type is PageType.CLASS:
        medicines = tuple(twin.Named(name=card.title, url=card.url) for card in members)
        return twin.ClassTwin.model_validate(_shared(page) | {"medicines": medicines})
    return None


def _shared(page: Page) -> dict[str, object]:
    by = page.byline
    return {
        "type": page.type.value,
        "url": page.url,
        "name": page.title,
        "other_names": _other_names(page),
        "summary": page.summary,
        "language": page.lang,
        "published": page.published,
        "updated": page.updated,
        "review": _review(by) if by else None,
        "author": _named(by.author) if by else None,
        "topics": _links(page.topics),
        "sources": tuple(
            twin.Source(
                number=one.number,
                title=one.title,
                publisher=one.publisher,
                url=one.url,
                date=one.date,
                read=one.accessed,
            )
            for one in page.references
        ),
    }


def _other_names(page: Page) -> tuple[str, ...]:
    """Return the names that the page prints: a medicine shows its brands with its products, a class none."""
    return page.aliases if isinstance(page, ConditionPage | SideEffectPage) else ()


def _review(by: Byline) -> twin.Review | None:
    if by.reviewer is None:
        return None
    return twin.Review(by=_named(by.reviewer), credential=by.credential, on=by.last_reviewed)


def _named(link: Link) -> twin.Named:
    return twin.Named(name=link.text, url=link.url)


def _links(links: Sequence[Link]) -> tuple[twin.Named, ...]:
    return tuple(map(_named, links))


def _codes(codes: Sequence[Codes]) -> dict[str, tuple[str, ...]]:
    return {one.system: one.values for one in codes}


def _treatments(page: ConditionPage) -> dict[str, tuple[str, ...]]:
    return {group.drug_class.text: tuple(fact.label for fact in group.medicines) for group in page.treatments}


def _product(page: MedicinePage, product: ProductView) -> twin.Product:
    uses = next((section.text for section in product.sections if section.id == f"{product.id}-used-for"), "")
    return twin.Product(
        name=product.name,
        url=f"{page.url}#{product.id}",
        other_brands=product.other_brands,
        form=product.form,
        route=product.route,
        strengths=product.strengths,
        prescription=product.prescription,
        maker=product.maker,
        uses=tuple(uses.split("\n")),
        side_effects=tuple(map(_effect, product.effects)),
    )


def _effect(row: EffectRow) -> twin.Effect:
    return twin.Effect(
        effect=_named(row.effect),
        often=_often(row.figure),
        serious=row.serious,
        care=row.care,
        what_to_do=_plain(row.what_to_do),
        population=row.population,
        source=row.source,
    )


def _often(figure: Figure) -> twin.Often:
    return twin.Often(
        people=figure.phrase,
        frequency=figure.frequency,
        percent=figure.pct,
        compared_percent=figure.comparator_pct,
        compared_with=figure.comparator,
    )


def _listing(entry: ListedMedicine) -> twin.Listing:
    return twin.Listing(
        medicine=_named(entry.drug),
        product=entry.product,
        often=_often(entry.figure),
        serious=entry.serious,
        population=entry.population,
        source=_named(entry.source),
    )


def _plain(html: str) -> str:
    """Return a line of our own HTML as text, without the numbers of its sources."""
    return unescape(_TAG.sub("", _CITE.sub("", html)))
