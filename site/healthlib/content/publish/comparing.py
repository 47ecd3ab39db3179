"""Lays out each product of a medicine as the column of a comparison: cells with their own sources, ready to print."""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup, escape

from healthlib.content.compared import Compared, ComparedEffect, pair_url
from healthlib.content.pagetypes import PageType
from healthlib.content.published import (
    ArticlePage,
    EffectRow,
    EffectTable,
    Html,
    Link,
    MedicinePage,
    ProductView,
    Section,
)
from healthlib.content.store import Store

# What a medicine's page offers to compare it with, for each reason.
OFFERED = 6
_CITATION = re.compile(r'<sup class="cite"><a href="#ref-(\d+)"[^>]*>\d+</a></sup>')
# Two pages stand in one: neither keeps its anchors, and links to them lead to the page itself.
_ANCHOR = re.compile(r' id="[^"]*"')
_OWN_LINK = re.compile(r'href="#')
_REASONS = (("In the same group", "classes/"), ("For the same condition", "conditions/"))


class Offer(NamedTuple):
    """Medicines to compare one with, and what they share with it."""

    reason: str
    others: tuple[Link, ...]


class Comparer:
    """Lays out products with the components of the site."""

    def __init__(self, templates: Environment) -> None:
        self._cell = templates.get_template("components/compared_cell.html").module.compared_cell  # type: ignore[attr-defined]
        self._effect = templates.get_template("components/compared_effect.html").module.compared_effect  # type: ignore[attr-defined]

    def compared(self, page: MedicinePage) -> Iterator[Compared]:
        """Yield the columns of a medicine's products, in the order of its page."""
        for product in page.products:
            yield Compared(
                medicine=Link(text=page.title, url=page.url),
                substance=page.name,
                slug=page.slug,
                id=product.id,
                name=product.name,
                cells={field: self._laid_out(page, *cell) for field, *cell in _cells(page, product)},
                effects=tuple(self._effects(page, product)),
            )

    def _laid_out(self, page: MedicinePage, html: str, anchor: str) -> str:
        """Return a cell: what the page says, and below it the sources that it cites there, or the place on the page."""
        plain = _OWN_LINK.sub(f'href="{page.url}#', _ANCHOR.sub("", _CITATION.sub("", html)))
        place = Link(text=page.title, url=f"{page.url}#{anchor}")
        return str(self._cell(Markup(plain), sources_in(page, html), place))  # noqa: S704, finished HTML

    def _effects(self, page: MedicinePage, product: ProductView) -> Iterator[ComparedEffect]:
        for row in _rows(product):
            yield ComparedEffect(
                slug=row.effect.url.rstrip("/").rpartition("/")[2],
                name=row.effect.text,
                serious=row.serious,
                order=(row.figure.frequency.rank, -float(row.figure.pct or 0)),
                html=str(self._effect(row, sources_in(page, row.cite))),
            )


def sources_in(page: MedicinePage, html: str) -> list[Link]:
    """Return the sources that a part of a page cites, each once, in the order of their numbers."""
    numbers = sorted({int(number) for number in _CITATION.findall(html)})
    cited = (page.references[number - 1] for number in numbers)
    return [Link(text=source.title, url=source.url) for source in cited]


def pairs_of(article: ArticlePage) -> list[tuple[str, str]]:
    """Return the pairs of medicines that an article compares, in the order of their slugs."""
    folder = f"{PageType.MEDICINE.spec.folder}/"
    medicines = sorted(ref.removeprefix(folder) for ref in article.about if ref.startswith(folder))
    return list(combinations(medicines, 2)) if article.kind == "comparison" else []


def comparable(store: Store, page: MedicinePage) -> list[Offer]:
    """Return what a medicine may be compared with: those of its groups first, then those for the same conditions."""
    seen = {page.url}
    offers = []
    for reason, prefix in _REASONS:
        holders = [ref for ref in page.about if ref.startswith(prefix)]
        cards = [card for ref in holders for card in store.members(ref, PageType.MEDICINE, OFFERED + 1)]
        found = {card.url: card for card in cards if card.url not in seen}
        seen |= set(found)
        others = [Link(text=card.title, url=pair_url(page.slug, card.slug)) for card in found.values()][:OFFERED]
        if others:
            offers.append(Offer(reason, tuple(others)))
    return offers


def _cells(page: MedicinePage, product: ProductView) -> Iterator[tuple[str, str, str]]:
    """Yield (field, HTML, anchor on the page) of what a page says of a product."""
    for section in page.sections:
        yield section.id, _html([section]), section.id
    groups = Markup(", ").join(Markup('<a href="{}">{}</a>').format(group.url, group.text) for group in page.classes)
    yield "group", Markup("<p>{}</p>").format(groups), product.id
    if product.boxed_warning:
        yield "boxed-warning", product.boxed_warning, f"{product.id}-boxed-warning"
    facts = (f"<li>{escape(fact.label)}: {fact.html}</li>" for fact in product.facts)
    yield "form", f"<ul>{''.join(facts)}</ul>", product.id
    for section in product.sections:
        if not _tables([section]):
            yield section.id.removeprefix(f"{product.id}-"), _html([section]), section.id


def _html(sections: Iterable[Section]) -> str:
    return "\n".join(part.html for section in sections for part in section.parts if isinstance(part, Html))


def _tables(sections: Iterable[Section]) -> list[EffectTable]:
    return [part for section in sections for part in section.parts if isinstance(part, EffectTable)]


def _rows(product: ProductView) -> Iterator[EffectRow]:
    for table in _tables(product.sections):
        yield from table.rows
