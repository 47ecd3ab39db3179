import re
from datetime import date
from typing import Any

import pytest

from healthlib.content.publish.linked_data import linked_data
from healthlib.content.publish.writer import Writer, listed_medicines
from healthlib.content.published import EffectTable, Html, MedicinePage, Page
from samples import (
    OMIT,
    Sample,
    article,
    effect_row,
    label,
    library,
    medicine,
    person,
    product,
    publish,
    second_product,
    small_medicine,
    source,
)

BODY = article().body


def parts(page: Page) -> list[str]:
    return [part.part for section in page.sections for part in section.parts]


def tables(page: Page) -> list[EffectTable]:
    return [part for section in page.sections for part in section.parts if isinstance(part, EffectTable)]


def writer(sample: Sample) -> Writer:
    read = library(sample)
    page = read.ref(sample.ref)
    assert page is not None
    return Writer(page, read)


def test_a_section_has_its_id_heading_html_and_plain_text() -> None:
    page = publish("articles/living-with-migraine")
    first = page.sections[0]
    assert (first.id, first.heading) == ("help", "What helps")
    assert first.text == "Rest in a dark room helps some people. Read about alphamab."
    (part,) = first.parts
    assert isinstance(part, Html)
    assert '<a href="/medicines/alphamab/">alphamab</a>' in part.html


@pytest.mark.parametrize(
    ("table", "products"),
    [
        ("{{ side-effects alphamab }}", ["Alphaject", "Bigdrip"]),
        ("{{ side-effects alphamab bigdrip }}", ["Bigdrip"]),
        ("{{ side-effects betanol }}", ["Betanol"]),
        ("{{ side-effects betanol generic }}", ["Betanol"]),
    ],
)
def test_a_table_is_put_in_between_the_texts(table: str, products: list[str]) -> None:
    page = publish("articles/a", article("a", body=f"## One {{#one}}\n\nbefore\n\n{table}\n\nafter\n"))
    assert [one.product for one in tables(page)] == products
    assert parts(page) == ["html", *["effects"] * len(products), "html"]
    lines = page.sections[0].text.split("\n")
    assert (lines[0], lines[-1]) == ("before", "after")
    assert len(lines) > 2, "what the table says can be searched"


def test_a_row_links_to_its_side_effect_and_its_source() -> None:
    (table,) = tables(publish("articles/living-with-migraine"))
    row = table.rows[0]
    assert (row.effect.text, row.effect.url) == ("Headache", "/side-effects/headache/")
    assert (row.care, row.population, row.what_to_do) == ("self", "adults in one trial", "Rest and drink water.")
    assert re.search(r'href="#ref-\d"', row.cite)
    assert table.drug.url == "/medicines/alphamab/"


def test_references_are_numbered_by_first_use_and_counted() -> None:
    body = "## One {#one}\n\nA [@betanol-label]. B [@agency; @betanol-label].\n"
    page = publish("articles/a", article("a", body=body, key_facts=[], faq=[]))
    assert [(one.number, one.uses, one.title) for one in page.references] == [
        (1, 2, "Information on betanol-label"),
        (2, 1, "Migraine in numbers"),
    ]
    assert page.references[0].country == "US"
    assert page.references[1].date == date(2024, 5, 1)


def test_every_reference_has_as_many_anchors_as_uses() -> None:
    for ref in ("articles/living-with-migraine", "medicines/alphamab", "medicines/betanol", "conditions/migraine"):
        page = publish(ref)
        written = page.model_dump_json()
        for one in page.references:
            anchors = re.findall(rf'id=\\"cite-{one.number}-(\d+)\\"', written)
            assert sorted(map(int, anchors)) == list(range(1, one.uses + 1)), (ref, one.title)


def test_a_page_says_who_answers_for_it() -> None:
    byline = publish("articles/living-with-migraine").byline
    assert byline is not None
    assert (byline.author.text, byline.author.url) == ("The editors", "/about/people/editors/")
    assert (byline.reviewer, byline.credential, byline.last_reviewed) == (None, None, None)
    assert (byline.made_with, byline.conflicts_of_interest) == ("human", "none")


def test_a_reviewed_page_names_reviewer_credential_and_date() -> None:
    reviewed = article(reviewed_by="asha-rao", last_reviewed=date(2026, 3, 1), made_with="ai-assisted")
    byline = publish(reviewed.ref, reviewed).byline
    assert byline is not None
    assert byline.reviewer is not None
    assert (byline.reviewer.text, byline.reviewer.url) == ("Dr Asha Rao", "/about/people/asha-rao/")
    assert (byline.credential, byline.last_reviewed) == ("MD (Neurology)", date(2026, 3, 1))


def test_a_person_has_no_byline() -> None:
    assert publish(person().ref).byline is None


def test_articles_about_a_page_come_newest_first_and_at_most_twelve() -> None:
    many = [
        article(f"number-{number}", title=f"Number {number}", updated=date(2026, 3, number)) for number in range(1, 15)
    ]
    found = writer_articles(*many)
    assert found[:2] == ["Number 14", "Number 13"]
    assert len(found) == 12


def writer_articles(*changed: Sample) -> list[str]:
    read = library(*changed)
    page = read.ref("conditions/migraine")
    assert page is not None
    return [card.title for card in Writer(page, read).articles()]


def test_a_sensitive_article_is_found_on_the_page_of_what_it_is_about() -> None:
    # Promotion is a card on another page; here the reader has asked for the subject.
    assert "Hush" in writer_articles(article("hush", title="Hush", sensitive=True))


def test_a_link_to_no_page_is_an_error_and_no_empty_link() -> None:
    with pytest.raises(KeyError, match="conditions/nowhere"):
        writer(article()).link("conditions", "nowhere")


def test_the_medicines_that_list_a_side_effect() -> None:
    found = [(effect, entry.product, entry.figure.phrase) for effect, _, entry in listed_medicines(library())]
    assert sorted(found) == [
        ("hair-loss", "Alphaject", "26 in 1,000 people"),
        ("hair-loss", "Bigdrip", "not known"),
        ("headache", "Alphaject", "39 in 100 people"),
        ("headache", "Betanol", "5 in 1,000 people"),
    ]


def test_a_listed_medicine_leads_to_the_table_of_its_product() -> None:
    entries = {entry.product: entry for _, _, entry in listed_medicines(library())}
    entry = entries["Bigdrip"]
    assert (entry.drug.text, entry.drug.url) == ("Alphamab", "/medicines/alphamab/#bigdrip-side-effects")
    assert (entry.source.text, entry.source.url) == (
        "Information on bigdrip-label",
        "https://labels.example/bigdrip-label",
    )
    assert entry.serious
    anchors = {section.id for section in publish("medicines/alphamab").all_sections()}
    assert entry.drug.url.partition("#")[2] in anchors


def test_retired_medicines_are_not_listed() -> None:
    read = library(small_medicine(status="retired"))
    assert {entry.product for _, _, entry in listed_medicines(read)} == {"Alphaject", "Bigdrip"}


SCRIPT = "<script>alert(1)</script>"


def test_no_text_of_any_page_lets_raw_html_through() -> None:
    fields = ["boxed_warning", "not_for", "warnings", "how_taken", "missed_dose", "overdose", "interactions"]
    fields += ["pregnancy", "breastfeeding", "children", "storage", "maker", "form", "route"]
    texts = dict.fromkeys(fields, f"x {SCRIPT}")
    evil_product = product(
        **texts,
        strengths=[SCRIPT],
        red_flags=[SCRIPT],
        legal=[{"country": "US", "text": SCRIPT}],
        indications=[{"text": SCRIPT}],
        side_effects=[effect_row(what_to_do=SCRIPT, comparator=OMIT, comparator_pct=OMIT)],
    )
    body = "## What it is {#what-it-is}\n\n" + SCRIPT + "\n\n## How it works {#how-it-works}\n\n- " + SCRIPT + "\n"
    evil = [
        medicine(
            products=[evil_product, second_product()],
            body=body,
            look_alike=[{"name": "x", "purpose": SCRIPT}],
            codes={"atc": [SCRIPT], "unii": SCRIPT, "rxcui": SCRIPT},
        ),
        article(
            key_facts=[{"label": "x", "text": SCRIPT}],
            questions=[SCRIPT],
            faq=[{"question": "x", "answer": SCRIPT}],
            red_flags=[SCRIPT],
            body=f"## One {{#one}}\n\n{SCRIPT}\n\n:::urgent\n{SCRIPT}\n:::\n",
        ),
        label("betanol-label"),
        source(),
    ]
    for ref in ("medicines/alphamab", "articles/living-with-migraine"):
        page = publish(ref, *evil)
        # `text` is what a search reads; templates escape it, and what is no Markdown.
        bare: dict[str, Any] = {"codes": True, "sections": {"__all__": {"text"}}}
        plain = {"form": True, "route": True, "strengths": True, "maker": True}
        written = page.model_dump_json(exclude=bare | {"products": {"__all__": bare | plain}})
        assert "&lt;script&gt;" in written
        assert "<script" not in written
        if isinstance(page, MedicinePage):
            facts = [fact.html for product in page.products for fact in product.facts]
            assert any("&lt;script&gt;" in html for html in facts)
            assert not [html for html in facts if "<script" in html]
        assert b"<script" not in linked_data(page)
