import pytest

from healthlib.content.pagetypes import PageType
from healthlib.content.publish.pages import Publisher
from healthlib.content.published import (
    MODELS,
    ArticlePage,
    ConditionPage,
    GroupPage,
    InfoPage,
    Page,
    PersonPage,
    SideEffectPage,
)
from samples import (
    Sample,
    article,
    condition,
    drug_class,
    library,
    medicine,
    product,
    publish,
    samples,
    second_product,
    small_medicine,
)

PAGES = [sample for sample in samples() if sample.folder != "sources"]


@pytest.mark.parametrize("sample", PAGES, ids=lambda sample: sample.ref)
def test_every_kind_of_page_is_published_and_read_back_the_same(sample: Sample) -> None:
    page = publish(sample.ref)
    assert type(page) is MODELS[page.type]
    assert type(page).model_validate_json(page.model_dump_json()) == page
    assert page.slug == sample.slug
    assert page.summary == sample.front["summary"]
    assert (page.published, page.updated) == (sample.front["published"], sample.front["updated"])


def test_one_publisher_publishes_every_page() -> None:
    read = library()
    publisher = Publisher(read)
    assert {publisher.publish(page).url for page in read.live()} == {page.url for page in read.live()}


def test_an_article() -> None:
    page = publish("articles/living-with-migraine")
    assert isinstance(page, ArticlePage)
    assert (page.kind, page.title) == ("guide", "Living with migraine")
    assert page.red_flags == ("your face, lips or tongue swell",)
    assert page.questions == ("Which medicine suits me?",)
    assert page.key_facts[0].label == "How many"
    assert page.key_facts[0].html.startswith("Migraine affects 14 in 100 people<sup")
    assert page.faq[0].question == "Can I drink coffee?"
    assert page.faq[0].html.startswith("<p>One cup is fine")
    assert [(link.text, link.url) for link in page.topics] == [("Brain and nerves", "/topics/nerves/")]
    assert set(page.about) == {"topics/nerves", "medicines/alphamab", "conditions/migraine", "side-effects/headache"}


def test_citations_of_an_article_are_numbered_from_top_to_bottom() -> None:
    names = ["agency", "alphaject-label", "bigdrip-label", "betanol-label"]
    page = publish(
        "articles/a",
        article(
            "a",
            red_flags=[f"one [@{names[0]}]"],
            key_facts=[{"label": "x", "text": f"two [@{names[1]}]"}],
            body=f"## One {{#one}}\n\nthree [@{names[2]}]\n",
            questions=[],
            faq=[{"question": "x", "answer": f"four [@{names[3]}]"}],
        ),
    )
    assert [one.number for one in page.references] == [1, 2, 3, 4]
    assert isinstance(page, ArticlePage)
    shown = [page.red_flags[0], page.key_facts[0].html, page.sections[0].model_dump_json(), page.faq[0].html]
    for number, html in enumerate(shown, 1):
        assert f"#ref-{number}" in html


def test_a_citation_in_a_question_is_not_printed_as_it_stands() -> None:
    page = publish("articles/a", article("a", faq=[{"question": "Is it so? [@agency]", "answer": "Yes."}]))
    assert isinstance(page, ArticlePage)
    assert "[@" not in page.faq[0].question


def test_a_condition_lists_its_medicines_by_class_in_order() -> None:
    page = publish("conditions/migraine")
    assert isinstance(page, ConditionPage)
    assert (page.body_system, page.specialities) == ("brain and nerves", ("neurology",))
    assert page.red_flags == ("you have the worst headache of your life",)
    assert [group.drug_class.text for group in page.treatments] == ["Antibodies", "Blockers"]
    assert [(one.label, one.html) for group in page.treatments for one in group.medicines] == [
        ("alphamab", '<a href="/medicines/alphamab/#alphaject">Alphamab</a> (Alphaject)'),
        ("betanol", '<a href="/medicines/betanol/#generic">Betanol</a>'),
    ]


def test_only_products_that_are_used_for_a_condition_are_named_there() -> None:
    other = medicine(
        products=[
            product(indications=[{"text": "x"}]),
            second_product(indications=[{"condition": "migraine", "text": "x"}]),
        ]
    )
    page = publish("conditions/migraine", other, small_medicine(status="retired"))
    assert isinstance(page, ConditionPage)
    (group,) = page.treatments
    assert [one.html for one in group.medicines] == ['<a href="/medicines/alphamab/#bigdrip">Alphamab</a> (Bigdrip)']


def test_brands_are_escaped_among_treatments() -> None:
    page = publish("conditions/migraine", medicine(products=[product(brand="A<b>"), second_product()]))
    assert isinstance(page, ConditionPage)
    assert "(A&lt;b&gt;)" in page.treatments[0].medicines[0].html


def test_medicines_of_one_class_are_in_order() -> None:
    page = publish("conditions/migraine", small_medicine(name="Äbetanol", classes=["antibodies"]))
    assert isinstance(page, ConditionPage)
    assert [one.label for one in page.treatments[0].medicines] == ["Äbetanol", "alphamab"]


def test_a_condition_without_medicines_has_no_treatments() -> None:
    page = publish("conditions/tension", condition("tension", name="tension"))
    assert isinstance(page, ConditionPage)
    assert page.treatments == ()
    assert page.articles == ()


def test_a_side_effect() -> None:
    page = publish("side-effects/hair-loss")
    assert isinstance(page, SideEffectPage)
    assert (page.title, page.medical_name, page.care) == ("Hair loss", "alopecia", "doctor")
    assert page.names == ("hair loss", "alopecia")
    assert page.aliases == ("thin hair",)
    assert page.articles == ()


def test_people_groups_and_pages_about_the_site() -> None:
    reviewer = publish("people/asha-rao")
    assert isinstance(reviewer, PersonPage)
    assert (reviewer.role, reviewer.credential) == ("Reviewer", "MD (Neurology)")
    for ref in ("classes/antibodies", "topics/nerves"):
        assert isinstance(publish(ref), GroupPage)
    info = publish("pages/privacy")
    assert isinstance(info, InfoPage)
    assert (info.url, info.sections[0].heading) == ("/privacy/", "What we keep")


def test_a_class_may_have_a_body() -> None:
    page: Page = publish("classes/antibodies", drug_class(body="## What they do {#do}\n\nThey bind.\n"))
    assert page.type is PageType.CLASS
    assert page.sections[0].text == "They bind."
