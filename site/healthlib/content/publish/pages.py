"""Publishes a page of any kind."""

from collections.abc import Callable
from typing import cast

from healthlib.content.authored import AuthoredPage
from healthlib.content.drug import Drug
from healthlib.content.library import Library
from healthlib.content.markdown import text_html
from healthlib.content.model import Article, Condition, Meta, Person, SideEffect
from healthlib.content.names import fold
from healthlib.content.pagetypes import PageType
from healthlib.content.publish.medicine import medicine_page
from healthlib.content.publish.writer import Writer, codes_of
from healthlib.content.published import (
    ArticlePage,
    ConditionPage,
    Fact,
    FaqItem,
    GroupPage,
    InfoPage,
    Page,
    PersonPage,
    SideEffectPage,
    TreatmentGroup,
)


class Publisher:
    """Publishes the pages of one library; made once per build."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def publish(self, page: AuthoredPage) -> Page:
        """Return what views show of a page; the store adds its related pages."""
        return _WRITERS[page.type](Writer(page, self._library), page.meta)


def _article(writer: Writer, meta: Meta) -> Page:
    article = cast(Article, meta)
    red_flags = writer.inlines(article.red_flags)
    key_facts = tuple(Fact(label=fact.label, html=writer.inline(fact.text)) for fact in article.key_facts)
    sections = writer.sections()
    questions = writer.inlines(article.questions)
    faq = tuple(
        FaqItem(question=writer.inline(item.question), html=writer.block(item.answer).html) for item in article.faq
    )
    return ArticlePage.model_validate(
        {
            "kind": article.kind,
            "red_flags": red_flags,
            "key_facts": key_facts,
            "sections": sections,
            "questions": questions,
            "faq": faq,
        }
        | writer.shared()
    )


def _condition(writer: Writer, meta: Meta) -> Page:
    condition = cast(Condition, meta)
    return ConditionPage.model_validate(
        {
            "red_flags": writer.inlines(condition.red_flags),
            "sections": writer.sections(),
            "codes": codes_of({"ICD-10": condition.codes.icd10, "MeSH": condition.codes.mesh}),
            "body_system": condition.body_system,
            "specialities": condition.specialities,
            "treatments": _treatments(writer),
            "articles": writer.articles(),
        }
        | writer.shared()
    )


def _treatments(writer: Writer) -> tuple[TreatmentGroup, ...]:
    """Return the medicines whose products are used for the condition, grouped by their first class."""
    groups: dict[str, list[Fact]] = {}
    for page, drug in writer.library.drugs:
        products = [
            product
            for product in drug.products
            if any(use.condition == writer.page.slug for use in product.indications)
        ]
        if products:
            brands = ", ".join(text_html(product.brand) for product in products if product.brand)
            link = f'<a href="{page.url}#{products[0].id}">{text_html(drug.title)}</a>'
            groups.setdefault(drug.classes[0], []).append(
                Fact(label=drug.name, html=link + (f" ({brands})" if brands else ""))
            )
    found = [
        TreatmentGroup(
            drug_class=writer.link("classes", slug),
            medicines=tuple(sorted(medicines, key=lambda fact: fold(fact.label))),
        )
        for slug, medicines in groups.items()
    ]
    return tuple(sorted(found, key=lambda group: fold(group.drug_class.text)))


def _side_effect(writer: Writer, meta: Meta) -> Page:
    effect = cast(SideEffect, meta)
    return SideEffectPage.model_validate(
        {
            "red_flags": writer.inlines(effect.red_flags),
            "sections": writer.sections(),
            "medical_name": effect.medical_name,
            "care": effect.care,
            "articles": writer.articles(),
        }
        | writer.shared()
    )


def _plain(model: type[Page]) -> Callable[[Writer, Meta], Page]:
    def write(writer: Writer, _meta: Meta) -> Page:
        return model.model_validate({"red_flags": (), "sections": writer.sections()} | writer.shared())

    return write


def _person(writer: Writer, meta: Meta) -> Page:
    person = cast(Person, meta)
    return PersonPage.model_validate(
        {
            "red_flags": (),
            "sections": writer.sections(),
            "team": person.team,
            "role": person.role,
            "credential": person.credential,
        }
        | writer.shared()
    )


_WRITERS: dict[PageType, Callable[[Writer, Meta], Page]] = {
    PageType.MEDICINE: lambda writer, meta: medicine_page(writer, cast(Drug, meta)),
    PageType.CONDITION: _condition,
    PageType.SIDE_EFFECT: _side_effect,
    PageType.CLASS: _plain(GroupPage),
    PageType.TOPIC: _plain(GroupPage),
    PageType.ARTICLE: _article,
    PageType.PERSON: _person,
    PageType.INFO: _plain(InfoPage),
}
