"""Writes the parts that all pages share, numbering the sources of one page as it goes."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from markdown_it.token import Token

from healthlib.content import markdown
from healthlib.content.authored import AuthoredPage
from healthlib.content.drug import Drug, Product, SideEffectRow
from healthlib.content.frequency import Figure
from healthlib.content.library import Library
from healthlib.content.markdown import Chunk, Citations, Include
from healthlib.content.model import Meta, Person, Signed
from healthlib.content.publish.cards import card_of
from healthlib.content.published import (
    Byline,
    Card,
    Codes,
    EffectRow,
    EffectTable,
    GlossaryEntry,
    Html,
    Link,
    ListedMedicine,
    Part,
    Reference,
    Section,
)

ARTICLES_SHOWN = 12


class Writer:
    """Writes one page. Call its methods in the order in which the page shows the parts: that numbers the sources."""

    def __init__(self, page: AuthoredPage, library: Library) -> None:
        self.page = page
        self.library = library
        self.citations = Citations()
        self._terms = library.glossary.links((*page.meta.names, *page.meta.aliases))

    def inline(self, text: str) -> str:
        """Return one line of Markdown as HTML."""
        return markdown.render_inline(text, self.citations)

    def inlines(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return lines of Markdown as HTML."""
        return tuple(self.inline(text) for text in texts)

    def block(self, text: str) -> Html:
        """Return Markdown with paragraphs and lists as HTML."""
        return Html(html=markdown.render_text(text, self.citations))

    def section(self, section_id: str, heading: str, text: str) -> Section:
        """Return a section made of a front-matter text."""
        tokens = markdown.parse(text, card_level=4)
        return Section(id=section_id, heading=heading, parts=(self._linked(tokens),), text=markdown.plain(tokens))

    def _linked(self, tokens: Sequence[Token]) -> Html:
        """Return block tokens as HTML, the first use of each term of the glossary linked."""
        return Html(html=markdown.render(self._terms.link(tokens), self.citations))

    def sections(self, *ids: str) -> tuple[Section, ...]:
        """Return the body's sections, or only those with these ids."""
        return tuple(self._body_section(chunk) for chunk in self.page.chunks if not ids or chunk.id in ids)

    def _body_section(self, chunk: Chunk) -> Section:
        parts: list[Part] = []
        texts: list[str] = []
        for part in chunk.parts:
            if isinstance(part, Include):
                for table in self._included(part):
                    parts.append(table)
                    texts.append(table_text(table))
            else:
                parts.append(self._linked(part))
                texts.append(markdown.plain(part))
        return Section(id=chunk.id or "", heading=chunk.heading, parts=tuple(parts), text="\n".join(texts))

    def _included(self, include: Include) -> list[EffectTable]:
        page = self.library.find("medicines", include.drug)
        if page is None or not isinstance(page.meta, Drug):
            return []
        return [
            self.effect_table(page, page.meta, product)
            for product in page.meta.products
            if include.product in (None, product.id)
        ]

    def effect_table(self, page: AuthoredPage, drug: Drug, product: Product) -> EffectTable:
        """Return the side effects of a product, serious ones first, then the most frequent first."""
        rows = sorted(product.side_effects, key=lambda row: (not row.serious, *by_figure(row)))
        return EffectTable(
            drug=Link(text=drug.title, url=page.url),
            product=product.brand or drug.title,
            rows=tuple(self._effect_row(row) for row in rows),
        )

    def _effect_row(self, row: SideEffectRow) -> EffectRow:
        return EffectRow(
            effect=self.link("side-effects", row.effect),
            figure=figure_of(row),
            serious=row.serious,
            care=row.care,
            what_to_do=self.inline(row.what_to_do),
            population=row.population,
            cite=markdown.citation_html(row.source, self.citations),
            source=self.citations.number(row.source),
        )

    def link(self, folder: str, slug: str) -> Link:
        """Return a link to a page that is known to exist."""
        page = self.library.find(folder, slug)
        if page is None:
            raise KeyError(f"{folder}/{slug}")
        return Link(text=page.meta.title, url=page.url)

    def articles(self) -> tuple[Card, ...]:
        """Return cards of the newest articles about this page."""
        found = [page for page in self.library.about(self.page.ref) if page.type.spec.folder == "articles"]
        found.sort(key=lambda page: page.meta.updated, reverse=True)
        return tuple(card_of(page) for page in found[:ARTICLES_SHOWN])

    def references(self) -> tuple[Reference, ...]:
        """Return the numbered sources; call it last."""
        return tuple(
            Reference(number=number, uses=uses, **self.library.sources[source_id].model_dump())
            for number, (source_id, uses) in enumerate(self.citations.uses(), 1)
        )

    def shared(self) -> dict[str, object]:
        """Return the fields that every page has; call it last, because it lists the references."""
        page, meta = self.page, self.page.meta
        return {
            "type": page.type,
            "slug": page.slug,
            "url": page.url,
            "lang": meta.lang,
            "title": meta.title,
            "names": meta.names,
            "aliases": meta.aliases,
            "summary": meta.summary,
            "summary_hi": meta.summary_hi,
            "published": meta.published,
            "updated": meta.updated,
            "sensitive": meta.sensitive,
            "about": tuple(dict.fromkeys(f"{folder}/{slug}" for folder, slug in meta.about())),
            "topics": tuple(self.link("topics", slug) for slug in meta.topics),
            "byline": self._byline(meta),
            "references": self.references(),
        }

    def _byline(self, meta: Meta) -> Byline | None:
        if not isinstance(meta, Signed):
            return None
        author = self.library.find("people", meta.author)
        reviewer = self.library.find("people", meta.reviewed_by) if meta.reviewed_by else None
        return Byline(
            author=self.link("people", meta.author),
            by_team=author is not None and isinstance(author.meta, Person) and author.meta.team,
            reviewer=Link(text=reviewer.meta.title, url=reviewer.url) if reviewer else None,
            credential=reviewer.meta.credential if reviewer and isinstance(reviewer.meta, Person) else None,
            last_reviewed=meta.last_reviewed,
            review_due=meta.review_due,
            made_with=meta.made_with,
            conflicts_of_interest=meta.conflicts_of_interest,
        )


def codes_of(values: Mapping[str, str | Sequence[str] | None]) -> tuple[Codes, ...]:
    """Return the codes that there are, by the name of their system."""
    found = {system: (code,) if isinstance(code, str) else tuple(code or ()) for system, code in values.items()}
    return tuple(Codes(system=system, values=codes) for system, codes in found.items() if codes)


def figure_of(row: SideEffectRow) -> Figure:
    """Return the figure of a row."""
    return Figure(frequency=row.frequency, pct=row.pct, comparator_pct=row.comparator_pct, comparator=row.comparator)


def by_figure(row: SideEffectRow) -> tuple[int, Decimal]:
    """Return a key that sorts the most frequent first."""
    return row.frequency.rank, -(row.pct or Decimal(0))


def table_text(table: EffectTable) -> str:
    """Return a side-effect table as plain text, for searching and snippets."""
    return "\n".join(f"{row.effect.text}: {row.figure.phrase}." for row in table.rows)


def glossary_entries(library: Library) -> Iterable[GlossaryEntry]:
    """Yield the words of the glossary, A to Z."""
    for term in library.glossary.terms:
        source = library.sources[term.source]
        yield GlossaryEntry(
            name=term.name,
            slug=term.slug,
            text=term.text,
            source=Link(text=source.title, url=source.url),
            publisher=source.publisher,
            read=source.accessed,
        )


def listed_medicines(library: Library) -> Iterable[tuple[str, SideEffectRow, ListedMedicine]]:
    """Yield (side-effect slug, row, entry) for every row of every product."""
    for page, drug in library.drugs:
        for product in drug.products:
            for row in product.side_effects:
                source = library.sources[row.source]
                yield (
                    row.effect,
                    row,
                    ListedMedicine(
                        drug=Link(text=drug.title, url=f"{page.url}#{product.id}-side-effects"),
                        product=product.brand or drug.title,
                        figure=figure_of(row),
                        serious=row.serious,
                        population=row.population,
                        source=Link(text=source.title, url=source.url),
                    ),
                )
