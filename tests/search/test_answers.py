"""What a reader is told besides the list of pages: over the shipped library."""

import pytest

from healthlib.search.generation.generation import Generation
from healthlib.search.query import read_query
from healthlib.search.results import Danger, Options, ResultPage


def ask(generation: Generation, raw: str, **options: object) -> ResultPage:
    return generation.searcher.search(read_query(raw), Options(**options))  # type: ignore[arg-type]


def test_a_brand_and_its_substance_give_the_same_card(generation: Generation) -> None:
    brand, substance = ask(generation, "kesimpta").answer, ask(generation, "ofatumumab").answer
    assert brand is not None
    assert substance is not None
    assert brand.card == substance.card
    assert brand.note == "Kesimpta is a brand of ofatumumab."
    assert substance.note == ""


def test_a_card_has_the_figures_of_the_product_that_was_asked_for(generation: Generation) -> None:
    kesimpta, arzerra = ask(generation, "kesimpta").answer, ask(generation, "arzerra").answer
    assert kesimpta is not None
    assert arzerra is not None
    assert (kesimpta.product, arzerra.product) == ("Kesimpta", "Arzerra")
    assert kesimpta.effects[0].figure == "39 in 100 people"
    assert kesimpta.source
    assert "multiple sclerosis" not in dict(arzerra.facts)["Used for"].lower()


@pytest.mark.parametrize("raw", ["multiple sclerosis", "hair loss", "stroke"])
def test_conditions_and_side_effects_have_cards(generation: Generation, raw: str) -> None:
    answer = ask(generation, raw).answer
    assert answer is not None
    assert answer.links


@pytest.mark.parametrize("raw", ["bleeding gums at night", "blood thinners", "zzzz"])
def test_nothing_else_has_a_card(generation: Generation, raw: str) -> None:
    assert ask(generation, raw).answer is None


def test_a_card_stands_on_the_first_page_only(generation: Generation) -> None:
    assert ask(generation, "headache", page=2).answer is None


@pytest.mark.parametrize(
    ("typed", "used", "first"),
    [
        ("kesympta", "kesimpta", "/medicines/ofatumumab/"),
        ("multipel sclerosis", "multiple sclerosis", "/conditions/multiple-sclerosis/"),
        ("hedache", "headache", "/side-effects/headache/"),
        ("rivaroxiban", "rivaroxaban", "/medicines/rivaroxaban/"),
    ],
)
def test_a_misspelt_name_is_corrected_and_said(generation: Generation, typed: str, used: str, first: str) -> None:
    found = ask(generation, typed)
    assert found.correction is not None
    assert (found.correction.typed, found.correction.used) == (typed, used)
    assert found.hits[0].card.url == first


def test_only_the_words_typed_can_be_searched(generation: Generation) -> None:
    found = ask(generation, "kesympta", literal=True)
    assert found.correction is None
    assert found.total == 0
    assert ask(generation, "heart attack", literal=True).also == ()


@pytest.mark.parametrize("name", ["hydroxyzine", "hydralazine", "prednisone", "prednisolone", "esomeprazole"])
def test_a_real_name_is_never_rewritten(generation: Generation, name: str) -> None:
    found = ask(generation, name)
    assert found.correction is None
    assert found.did_you_mean == ()


def test_a_brand_without_a_page_says_so(generation: Generation) -> None:
    (name,) = ask(generation, "lipitor").outside
    assert name.text == "Lipitor is a brand of atorvastatin; we have no page on it yet."


@pytest.mark.parametrize("raw", ["heart attack", "piles", "sugar ki bimari", "sir dard", "सिरदर्द"])
def test_what_was_added_is_said(generation: Generation, raw: str) -> None:
    assert ask(generation, raw).also


@pytest.mark.parametrize("raw", ["haemorrhoids", "hemorrhoids", "piles"])
def test_spellings_and_lay_words_are_searched_together(generation: Generation, raw: str) -> None:
    found = ask(generation, raw)
    searched = {raw, *(one.added for one in found.also)}
    assert {"haemorrhoids", "hemorrhoids"} & searched


@pytest.mark.parametrize(
    ("raw", "danger"),
    [
        ("chest pain", Danger.EMERGENCY),
        ("i want to die", Danger.MENTAL_HEALTH),
        ("overdose", Danger.POISON),
        ("kesimpta", None),
    ],
)
def test_danger_comes_first(generation: Generation, raw: str, danger: Danger | None) -> None:
    assert ask(generation, raw).danger is danger


@pytest.mark.parametrize(
    ("raw", "anchor"),
    [
        ("side effects of xarelto", "xarelto-side-effects"),
        ("xarelto missed dose", "xarelto-missed-dose"),
        ("eliquis pregnancy", "eliquis-pregnancy"),
    ],
)
def test_a_question_leads_to_the_section_it_is_after(generation: Generation, raw: str, anchor: str) -> None:
    assert ask(generation, raw).hits[0].url.endswith(f"#{anchor}")
