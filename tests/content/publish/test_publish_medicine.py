import re

import pytest

from healthlib.content.published import EffectTable, Html, MedicinePage, Section
from samples import (
    OMIT,
    Sample,
    condition,
    effect_row,
    medicine,
    product,
    publish,
    second_product,
    small_medicine,
)


def published(sample: Sample, *others: Sample) -> MedicinePage:
    page = publish(sample.ref, sample, *others)
    assert isinstance(page, MedicinePage)
    return page


def html(section: Section) -> str:
    return "".join(part.html for part in section.parts if isinstance(part, Html))


def rows(section: Section) -> list[tuple[str, str, bool]]:
    (table,) = section.parts
    assert isinstance(table, EffectTable)
    return [(row.effect.text, row.figure.phrase, row.serious) for row in table.rows]


def test_two_products_are_never_merged() -> None:
    page = published(medicine())
    first, second = page.products
    assert (first.id, first.name, first.other_brands) == ("alphaject", "Alphaject", ("Écofén",))
    assert (second.id, second.name) == ("bigdrip", "Bigdrip")
    assert rows(first.sections[-1]) == [
        ("Headache", "39 in 100 people", False),
        ("Hair loss", "26 in 1,000 people", False),
    ]
    assert rows(second.sections[-1]) == [("Hair loss", "not known", True)]
    assert first.red_flags == ("you cannot breathe well",)
    assert second.red_flags == ()


def test_a_product_without_a_brand_is_called_by_the_generic_name() -> None:
    (only,) = published(small_medicine()).products
    assert (only.id, only.name) == ("generic", "Betanol")


ALL_TEXTS = {
    "not_for": "Who should not take it",
    "warnings": "Before you start",
    "how_taken": "How it is taken",
    "missed_dose": "If you miss a dose",
    "interactions": "Other medicines and food",
    "pregnancy": "Pregnancy",
    "breastfeeding": "Breastfeeding",
    "children": "Children",
    "overdose": "If someone takes too much",
    "storage": "Keeping it",
}


def test_every_text_of_a_product_is_a_section_with_its_own_anchor() -> None:
    texts = {field: f"Words on {field}." for field in ALL_TEXTS}
    legal = [{"country": "US", "text": "Approved in the US."}]
    page = published(medicine(products=[product(**texts, legal=legal), second_product(**texts, legal=legal)]))
    for one in page.products:
        sections = {section.id: section for section in one.sections}
        assert {f"{one.id}-used-for", f"{one.id}-side-effects", f"{one.id}-approval"} < set(sections)
        for field, heading in ALL_TEXTS.items():
            section = sections[f"{one.id}-{field.replace('_', '-')}"]
            assert section.heading == heading
            assert f"Words on {field}." in html(section)
            assert section.text == f"Words on {field}."
    ids = [section.id for section in page.all_sections()]
    assert len(ids) == len(set(ids))


def test_a_text_that_is_not_there_makes_no_section() -> None:
    ids = [section.id for section in published(small_medicine()).products[0].sections]
    assert ids == ["generic-used-for", "generic-how-taken", "generic-side-effects"]


def test_the_body_stands_around_the_products() -> None:
    page = published(small_medicine())
    assert [section.id for section in page.sections] == ["what-it-is", "how-it-works"]
    assert [section.id for section in page.after] == ["good-to-know"]
    assert [section.id for section in page.all_sections()][-1] == "good-to-know"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("migraine", "About migraine"),
        ("HIV infection", "About HIV infection"),
        ("Dravet syndrome", "About Dravet syndrome"),
        ("Crohn's disease", "About Crohn's disease"),
    ],
)
def test_a_use_leads_to_the_condition_by_its_name(name: str, words: str) -> None:
    page = published(small_medicine(), condition(name=name))
    assert f'<a href="/conditions/migraine/">{words}</a>' in html(page.products[0].sections[0])


def test_strengths_cite_their_source() -> None:
    cited = product(strengths=["40 mg [@alphaject-label]", "80 mg"])
    page = publish("medicines/alphamab", medicine(products=[cited, second_product()]))
    assert isinstance(page, MedicinePage)
    (strengths,) = (fact.html for fact in page.products[0].facts if fact.label == "Strengths")
    assert "[@" not in strengths
    assert strengths.startswith('40 mg<sup class="cite"><a href="#ref-')
    assert strengths.endswith(", 80 mg")


def test_facts_are_named_and_escaped() -> None:
    page = published(medicine(products=[product(maker="A & <b>B</b>", strengths=["20 mg", "40 mg"]), second_product()]))
    facts = {fact.label: fact.html for fact in page.products[0].facts}
    assert facts == {
        "Form": "pre-filled pen",
        "Taken": "injection under the skin",
        "Strengths": "20 mg, 40 mg",
        "Prescription": "needed",
        "Maker": "A &amp; &lt;b&gt;B&lt;/b&gt;",
    }
    assert {one.system: one.values for one in page.codes} == {"ATC code": ("L04AG99",), "RxNorm": ("712",)}


@pytest.mark.parametrize(("needed", "words"), [(True, "needed"), (False, "not needed")])
def test_a_prescription_is_needed_or_not(needed: bool, words: str) -> None:
    page = published(medicine(products=[product(prescription=needed), second_product()]))
    assert words in [fact.html for fact in page.products[0].facts if fact.label == "Prescription"]


def test_a_boxed_warning_belongs_to_its_product() -> None:
    page = published(medicine(products=[product(boxed_warning="**Take care** [@agency]"), second_product()]))
    first, second = page.products
    assert first.boxed_warning is not None
    assert "<strong>Take care</strong>" in first.boxed_warning
    assert second.boxed_warning is None


def test_side_effects_are_sorted_by_danger_and_then_by_figure() -> None:
    def row(effect: str, pct: object = OMIT, **more: object) -> dict[str, object]:
        return effect_row(effect=effect, pct=pct, comparator=OMIT, comparator_pct=OMIT, **more)

    listed = [
        row("headache", 2),
        row("hair-loss", 30),
        row("headache", OMIT),
        row("hair-loss", OMIT, frequency="very_common"),
        row("headache", 12, serious=True, care="urgent"),
        row("hair-loss", 25, serious=True, care="urgent"),
    ]
    page = published(small_medicine(products=[product(brand=OMIT, side_effects=listed)]))
    table = next(section for section in page.products[0].sections if section.id == "generic-side-effects")
    assert [phrase for _, phrase, _ in rows(table)] == [
        "25 in 100 people",
        "12 in 100 people",
        "30 in 100 people",
        "more than 1 in 10 people",
        "2 in 100 people",
        "not known",
    ]
    assert table.text.split("\n")[0] == "Hair loss: 25 in 100 people."


def test_a_comparison_says_with_what() -> None:
    table = next(section for section in published(medicine()).products[0].sections if "side-effects" in section.id)
    (part,) = table.parts
    assert isinstance(part, EffectTable)
    assert [row.figure.comparison for row in part.rows] == ["38 in 100 with placebo", ""]


def test_references_are_numbered_as_the_page_shows_them() -> None:
    page = published(medicine())
    shown = "".join(html(section) for section in page.all_sections())
    cites = [
        row.cite
        for section in page.all_sections()
        for part in section.parts
        if isinstance(part, EffectTable)
        for row in part.rows
    ]
    numbers = [int(number) for number in re.findall(r"#ref-(\d+)", shown + "".join(cites))]
    assert set(numbers) == {reference.number for reference in page.references}
    assert [reference.title for reference in page.references] == [
        "Information on alphaject-label",
        "Information on bigdrip-label",
    ]
    assert sum(reference.uses for reference in page.references) == len(numbers)


def test_look_alikes_classes_and_articles() -> None:
    page = published(medicine(look_alike=[{"name": "alfamide", "purpose": "for <b>pain</b>"}]))
    assert [(other.label, other.html) for other in page.look_alike] == [("alfamide", "for &lt;b&gt;pain&lt;/b&gt;")]
    assert [(link.text, link.url) for link in page.classes] == [("Antibodies", "/medicines/classes/antibodies/")]
    assert [card.url for card in page.articles] == ["/articles/living-with-migraine/"]
