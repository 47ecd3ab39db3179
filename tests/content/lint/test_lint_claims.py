"""L rules: nothing is promised, nothing is sold, and a fact of law names its country."""

import pytest

from healthlib.content.lint.claims import check_library, check_page
from samples import Sample, article, condition, info_page, library, medicine, places, product, small_medicine, topic


def text(words: str, **changes: object) -> Sample:
    return article(body=f"## One {{#one}}\n\nFine.\n\n{words}\n", **changes)


def drug(words: str, **changes: object) -> Sample:
    return small_medicine(body=f"{small_medicine().body}\n{words}\n", **changes)


def found(rule: str, sample: Sample, *others: Sample) -> list[tuple[str, int]]:
    read = library(sample, *others)
    page = read.ref(sample.ref)
    assert page is not None
    return places(check_page(page, read), rule)


def test_the_tiny_library_has_none() -> None:
    read = library()
    assert [fault for page in read.pages for fault in check_page(page, read)] == []
    assert list(check_library(read)) == []


@pytest.mark.parametrize(
    "claim",
    [
        "It cures pain.",
        "Cured at last.",
        "Success is guaranteed.",
        "It has no side effects.",
        "A miracle.",
        "It is 100% safe.",
    ],
)
def test_l301(claim: str) -> None:
    bad = text(claim)
    assert found("L301", bad) == [bad.at(claim)]


@pytest.mark.parametrize(
    "words",
    [
        "It does not cure pain.",
        "There is no cure.",
        "It cannot be cured.",
        "Nobody can promise a cure.",
        "No medicine is without side effects.",
        "In the CURE trial it did well.",
        "It is secured.",
    ],
)
def test_l301_is_content(words: str) -> None:
    assert not found("L301", text(words))


def test_l301_asks_each_sentence() -> None:
    assert found("L301", text("It does not hurt. It cures pain."))


@pytest.mark.parametrize("words", ["You can buy it anywhere.", "Its price is low.", "It costs ₹50.", "Order online."])
def test_l302_is_for_medicines(words: str) -> None:
    assert found("L302", drug(words)) == [drug(words).at(words)]
    assert not found("L302", text(words))


def test_l302_lets_a_warning_stand() -> None:
    assert not found("L302", drug("Do not buy it from abroad."))


def test_l303_of_texts_and_links() -> None:
    for words in ("This is the best brand.", "Buy it today.", "Sign up for our letter."):
        assert found("L303", text(words, sensitive=True)) == [text(words, sensitive=True).at(words)]
        assert not found("L303", text(words))
    link = "Read [how to join us](/join/)."
    assert found("L303", text(link, sensitive=True)) == [text(link, sensitive=True).at(link)]
    assert not found("L303", text(link))


def test_l303_of_pinned_pages() -> None:
    hidden = condition("secret", sensitive=True)
    bad = text("Fine.", related=["conditions/migraine", "conditions/secret"])
    assert found("L303", bad, hidden) == [bad.at("conditions/secret")]
    assert not found("L303", text("Fine.", related=["conditions/secret"], sensitive=True), hidden)


LAWS = ["It is approved.", "It is illegal.", "You get it over the counter.", "It is sold without a prescription."]


@pytest.mark.parametrize("words", [*LAWS, "It is a Schedule H medicine."])
def test_l304(words: str) -> None:
    assert found("L304", text(words)) == [text(words).at(words)]


@pytest.mark.parametrize("words", LAWS)
def test_l304_is_content_where_a_country_is_near(words: str) -> None:
    assert not found("L304", text(f"{words} This is so in India."))
    assert not found("L304", text(f"### In the US\n\n{words}"))
    assert not found("L304", text("Fine.", key_facts=[{"label": "In India", "text": words}]))
    assert not found("L304", text("Fine.", faq=[{"question": "And in the UK?", "answer": words}]))
    assert not found("L304", medicine(products=[product(legal=[{"country": "US", "text": words}])]))


def test_l304_does_not_take_a_country_from_elsewhere() -> None:
    assert found("L304", text("It is sold in India.\n\nIt is approved."))
    assert found("L304", text("### In the US\n\nFine.\n\n### Elsewhere\n\nIt is approved."))
    assert found(
        "L304", text("Fine.", key_facts=[{"label": "India", "text": "Yes"}, {"label": "Law", "text": LAWS[0]}])
    )


def test_l305() -> None:
    bad = library(info_page(body="## A {#a}\n\nHello.\n"))
    assert places(check_library(bad), "L305") == [("content/pages/privacy.md", 2)]
    assert list(check_library(bad, frozenset({"pages/terms"}))) == []
    assert list(check_library(library(topic(), without=["pages/privacy"]))) == []
