"""A medicine's page: products kept apart, each with its own uses, cautions and side effects."""

from collections.abc import Iterator

from healthlib.content.drug import Drug, Product
from healthlib.content.markdown import parse, plain
from healthlib.content.publish.cards import subject
from healthlib.content.publish.writer import Writer, codes_of, table_text
from healthlib.content.published import Fact, MedicinePage, ProductView, Section

# Texts of a product in the order of the page; the side-effect table stands between the two groups.
BEFORE = (
    ("not_for", "Who should not take it"),
    ("warnings", "Before you start"),
    ("how_taken", "How it is taken"),
    ("missed_dose", "If you miss a dose"),
)
AFTER = (
    ("interactions", "Other medicines and food"),
    ("pregnancy", "Pregnancy"),
    ("breastfeeding", "Breastfeeding"),
    ("children", "Children"),
    ("overdose", "If someone takes too much"),
    ("storage", "Keeping it"),
)


def medicine_page(writer: Writer, drug: Drug) -> MedicinePage:
    """Return the page of a medicine."""
    # Boxed warnings stand at the top of the page, so their sources are numbered first.
    boxed = [writer.block(product.boxed_warning).html if product.boxed_warning else None for product in drug.products]
    sections = writer.sections("what-it-is", "how-it-works")
    products = tuple(_product(writer, drug, *pair) for pair in zip(drug.products, boxed, strict=True))
    after = writer.sections("good-to-know")
    return MedicinePage.model_validate(
        {
            "red_flags": (),
            "sections": sections,
            "products": products,
            "after": after,
            "name": drug.name,
            "pronunciation": drug.pronunciation,
            "classes": tuple(writer.link("classes", slug) for slug in drug.classes),
            "look_alike": tuple(Fact(label=other.name, html=writer.inline(other.purpose)) for other in drug.look_alike),
            "codes": codes_of({"ATC code": drug.codes.atc, "RxNorm": drug.codes.rxcui, "UNII": drug.codes.unii}),
            "articles": writer.articles(),
        }
        | writer.shared()
    )


def _product(writer: Writer, drug: Drug, product: Product, boxed: str | None) -> ProductView:
    red_flags = writer.inlines(product.red_flags)
    strengths = writer.inlines(product.strengths)
    return ProductView(
        id=product.id,
        name=product.brand or drug.title,
        other_brands=product.other_brands,
        form=product.form,
        route=product.route,
        strengths=tuple(plain(parse(strength)) for strength in product.strengths),
        strengths_html=", ".join(strengths),
        prescription=product.prescription,
        maker=product.maker,
        boxed_warning=boxed,
        red_flags=red_flags,
        sections=tuple(_product_sections(writer, drug, product)),
    )


def _product_sections(writer: Writer, drug: Drug, product: Product) -> Iterator[Section]:
    yield _uses(writer, product)
    yield from _texts(writer, product, BEFORE)
    table = writer.effect_table(writer.page, drug, product)
    yield Section(id=f"{product.id}-side-effects", heading="Side effects", parts=(table,), text=table_text(table))
    yield from _texts(writer, product, AFTER)
    if product.legal:
        items = "\n".join(f"- {fact.text}" for fact in product.legal)
        yield writer.section(f"{product.id}-approval", "Approval and law", items)


def _uses(writer: Writer, product: Product) -> Section:
    items = []
    for use in product.indications:
        page = writer.library.find("conditions", use.condition) if use.condition else None
        items.append(f"- {use.text}" + (f" [About {subject(page)}]({page.url})" if page else ""))
    section = writer.section(f"{product.id}-used-for", "What it is used for", "\n".join(items))
    # A search reads the uses alone, without the words of the links.
    uses = "\n".join(plain(parse(use.text)) for use in product.indications)
    return section.model_copy(update={"text": uses})


def _texts(writer: Writer, product: Product, fields: tuple[tuple[str, str], ...]) -> Iterator[Section]:
    for field, heading in fields:
        if text := getattr(product, field):
            anchor = field.replace("_", "-")
            yield writer.section(f"{product.id}-{anchor}", heading, text)
