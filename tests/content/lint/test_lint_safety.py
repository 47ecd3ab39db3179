"""S rules: a reader in danger is told what to do, and nobody finds a dose where it has no context."""

import pytest

from healthlib.content.lint.safety import check_page
from samples import (
    Sample,
    article,
    authored,
    condition,
    effect_row,
    hair_loss,
    info_page,
    library,
    medicine,
    person,
    places,
    product,
    second_product,
    side_effect,
    small_medicine,
)

BODY = article().body


def found(rule: str, sample: Sample) -> list[tuple[str, int]]:
    return places(check_page(authored(sample), library(sample)), rule)


def text(words: str, **changes: object) -> Sample:
    return article(body=f"{BODY}\n{words}\n", **changes)


def calm(words: str, **changes: object) -> Sample:
    """Return an article that has no card and no warning signs of its own."""
    return text(words, **({"red_flags": []} | changes))


def drug(**changes: object) -> Sample:
    return medicine(products=[product(**changes), second_product()])


# S201


SIGNS = [
    "chest pain",
    "trouble breathing",
    "difficulty breathing",
    "you cannot breathe well",
    "coughing up blood",
    "vomiting blood",
    "your face swells",
    "Swelling of your lips",
    "anaphylaxis",
    "seizures that do not stop",
    "unconscious",
    "passing out",
    "sudden weakness",
    "thoughts of suicide",
    "self-harm",
]


@pytest.mark.parametrize("sign", SIGNS)
def test_s201_a_warning_sign_on_a_page_without_a_card_is_found_on_its_line(sign: str) -> None:
    bad = calm(f"Fine.\n\nSome people have {sign} now.")
    assert found("S201", bad) == [bad.at("now.")]


@pytest.mark.parametrize(
    "good",
    [
        text("Some have chest pain.", red_flags=["it hurts"]),
        calm("Some have chest pain.\n\n:::urgent\nSee a doctor today if:\n\n- it hurts\n:::"),
        calm("Some have chest pain.\n\n:::emergency\nCall 112 if:\n\n- it hurts\n:::"),
        medicine(body=medicine().body + "\nSome have chest pain.\n"),
        calm("Some people feel tired."),
        person(body="## One {#one}\n\nShe writes about chest pain.\n"),
    ],
)
def test_s201_a_warning_sign_beside_a_card_passes(good: Sample) -> None:
    assert found("S201", good) == []


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (calm("Some have chest pain.\n\n:::nonurgent\nSee a doctor if:\n\n- it hurts\n:::"), "chest pain"),
        (calm("Some have chest pain.\n\n:::warning\nTake care\n:::"), "chest pain"),
        (calm("", faq=[{"question": "What about chest pain?", "answer": "So."}]), "chest pain"),
        (calm("## Chest pain {#chest-pain}\n\nIt hurts."), "## Chest pain"),
        (calm("### Chest pain\n\nIt hurts."), "### Chest pain"),
        (hair_loss(summary="Hair loss with chest pain."), "chest pain"),
        (info_page(body="## One {#one}\n\nChest pain.\n"), "Chest pain"),
        (
            medicine(products=[product(red_flags=[], warnings="Chest pain."), second_product()]),
            "Chest pain",
        ),
    ],
)
def test_s201_signs_are_found_wherever_they_stand(bad: Sample, words: str) -> None:
    assert found("S201", bad) == [bad.at(words)]


# S202


def card(*lines: str) -> str:
    return "\n".join([":::emergency", *lines, ":::"])


def test_s202_an_emergency_card_that_says_112_passes() -> None:
    assert found("S202", text(card("Call 112 if:", "", "- your face swells"))) == []
    assert found("S202", text(card("", "Call 112 if:", "", "- your face swells"))) == []
    assert found("S202", side_effect()) == []


@pytest.mark.parametrize(
    "lines",
    [
        ["See a doctor if:", "", "- your face swells"],
        ["Call 112", "", "- your face swells"],
        ["call 112 if:", "", "- your face swells"],
        ["- your face swells"],
        [],
        ["Call 112 if:", "", "- your face swells: [read more](/privacy/)"],
        ["Call 112 if:", "", "- your face swells: <https://agency.example>"],
        ["Call 112 if:", "", "- your face swells: [read more][more]", "", "[more]: /privacy/"],
    ],
)
def test_s202_an_emergency_card_without_its_heading_or_with_a_link_is_found(lines: list[str]) -> None:
    bad = text(card(*lines))
    assert found("S202", bad) == [bad.at(":::emergency")]


@pytest.mark.parametrize(
    "opening", [":::emergency", "::: emergency", "::::emergency", "  :::emergency", ":::emergency x"]
)
def test_s202_every_spelling_that_makes_a_card_is_checked(opening: str) -> None:
    bad = text(f"{opening}\nSee a doctor if:\n\n- your face swells\n{opening.strip().split('e')[0].strip()}")
    assert found("S202", bad) == [bad.at(opening)]


def test_s202_a_card_in_front_matter_is_checked() -> None:
    bad = drug(how_taken=card("See a doctor if:", "", "- your face swells") + "\n")
    assert found("S202", bad) == [bad.at(":::emergency")]


def test_s202_warning_signs_of_the_front_matter_become_a_card_and_have_no_link() -> None:
    bad = article(red_flags=["your face swells", "you [read this](/privacy/)"])
    assert found("S202", bad) == [bad.at("[read this]")]


@pytest.mark.parametrize("number", ["911", "999"])
@pytest.mark.parametrize(
    "sample",
    [
        text("Call NUMBER now."),
        text(card("Call 112 if:", "", "- or NUMBER")),
        article(red_flags=["call NUMBER"]),
        drug(overdose="Call NUMBER."),
    ],
)
def test_s202_another_countrys_number_is_found_on_its_line(sample: Sample, number: str) -> None:
    bad = Sample(
        sample.folder,
        sample.slug,
        _replaced(sample.front, number),  # type: ignore[arg-type]
        sample.body.replace("NUMBER", number),
    )
    assert found("S202", bad) == [bad.at(number)]


def _replaced(value: object, number: str) -> object:
    if isinstance(value, dict):
        return {key: _replaced(inner, number) for key, inner in value.items()}
    if isinstance(value, list):
        return [_replaced(inner, number) for inner in value]
    return value.replace("NUMBER", number) if isinstance(value, str) else value


@pytest.mark.parametrize("words", ["It costs ₹1,999 [@agency].", "It was 0.911 [@agency].", "Call 9112.", "Page 1999."])
def test_s202_parts_of_other_numbers_are_no_phone_numbers(words: str) -> None:
    assert found("S202", text(words)) == []


# S203


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (text("Some have thoughts of suicide."), "suicide"),
        (text("Some feel suicidal."), "suicidal"),
        (text("Some self-harm."), "self-harm"),
        (text("You think about harming yourself."), "harming yourself"),
        (text("You think about ending your life."), "ending your life"),
        (article(red_flags=["you think about suicide"]), "suicide"),
        (article(faq=[{"question": "Is it suicide?", "answer": "No."}]), "suicide"),
        (drug(warnings="- one\n- suicide\n"), "- suicide"),
        (text("## Suicide {#suicide}\n\nIt is a risk."), "## Suicide"),
        (article(summary="It can lead to suicide."), "suicide"),
        (condition(name="suicidal thoughts"), "suicidal"),
    ],
)
def test_s203_a_page_on_self_harm_without_14416_is_found_on_its_line(bad: Sample, words: str) -> None:
    assert found("S203", bad) == [bad.at(words)]


@pytest.mark.parametrize(
    "good",
    [
        text("Some have thoughts of suicide. Call 14416."),
        text("Some have thoughts of suicide.\n\nCall Tele-MANAS: 14416."),
        article(red_flags=["you think about suicide: call 14416 too"]),
        text("Some people feel low."),
    ],
)
def test_s203_a_page_that_prints_14416_passes(good: Sample) -> None:
    assert found("S203", good) == []


# S204


DOSES = ["20 mg", "20mg", "0.5 mg", "1,000 mg", "100 mcg", "5 µg", "5 μg", "2 micrograms", "400 IU", "20-mg", "1 g"]


@pytest.mark.parametrize("dose", [*DOSES, "1 gram", "20 milligrams"])
def test_s204_a_dose_in_the_text_is_found_on_its_line(dose: str) -> None:
    bad = text(f"Fine.\n\nTake {dose} now [@agency].")
    assert found("S204", bad) == [bad.at("now")]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (article(summary="Take 20 mg."), "20 mg"),
        (article(title="Why 20 mg is enough"), "20 mg"),
        (text("## Take 20 mg {#dose}\n\nText."), "20 mg"),
        (text("### Take 20 mg\n\nText."), "20 mg"),
        (text("| a |\n|---|\n| 20 mg |"), "20 mg"),
        (article(questions=["Is 20 mg enough?"]), "20 mg"),
        (article(key_facts=[{"label": "Dose", "text": "20 mg [@agency]"}]), "20 mg"),
        (article(key_facts=[{"label": "What 20 mg does", "text": "It helps."}]), "20 mg"),
        (article(faq=[{"question": "Is 50 mg enough?", "answer": "Ask."}]), "50 mg"),
        (article(red_flags=["you took 50 mg"]), "50 mg"),
        (drug(warnings="- one\n- not over 50 mg [@agency]\n"), "50 mg"),
        (drug(interactions="Not with 50 mg [@agency]"), "50 mg"),
        (drug(indications=[{"text": "Adults who take 50 mg [@agency]"}]), "50 mg"),
        (drug(side_effects=[effect_row(what_to_do="Take 50 mg of another.")]), "50 mg"),
    ],
)
def test_s204_a_dose_out_of_place_is_found_on_its_line(bad: Sample, words: str) -> None:
    assert found("S204", bad) == [bad.at(words)]


@pytest.mark.parametrize(
    "good",
    [
        medicine(),
        drug(how_taken="50 mg [@agency]", missed_dose="50 mg [@agency]", overdose="50 mg", strengths=["50 mg"]),
        text("Sugar above 126 mg/dL [@agency]."),
        text("Wait 20 minutes. Drink 200 ml of water [@agency]."),
    ],
)
def test_s204_a_dose_in_its_place_passes(good: Sample) -> None:
    assert found("S204", good) == []


# S205


@pytest.mark.parametrize(
    "words",
    [
        "Stop taking it if you itch.",
        "You can stop taking your tablets.",
        "Stop using the cream.",
        "You may stop using this medicine.",
        "Stop taking ofatumumab if you itch.",
        "Stop taking these tablets.",
    ],
)
def test_s205_telling_a_reader_to_stop_is_found_on_its_line(words: str) -> None:
    bad = text(f"Fine.\n\n{words}")
    assert found("S205", bad) == [bad.at(words)]


@pytest.mark.parametrize(
    "bad",
    [
        text("Stop taking it if you itch.\n\nAnd talk to your doctor first."),
        text("Do not stop suddenly. If you itch, stop taking it."),
        article(faq=[{"question": "What if I itch?", "answer": "Stop taking it if you itch."}]),
        drug(warnings="- stop taking it if you itch\n- talk to your doctor first\n"),
    ],
)
def test_s205_the_doctor_stands_in_the_same_paragraph(bad: Sample) -> None:
    words = next(words for words in ("Stop taking it", "stop taking it") if words in bad.text())
    assert found("S205", bad) == [bad.at(words)]


@pytest.mark.parametrize(
    "words",
    [
        "Talk to your doctor first before you stop taking it.",
        "Do not stop taking it.",
        "Never stop taking your tablets on your own.",
        "Don't suddenly stop taking this medicine.",
        "Stop taking it and call 112.",
        "Stop smoking.",
        "The rash may stop.",
    ],
)
def test_s205_advice_to_ask_first_passes(words: str) -> None:
    assert found("S205", text(words)) == []


# Together


def test_the_tiny_library_is_safe() -> None:
    read = library()
    assert [fault for page in read.pages for fault in check_page(page, read)] == []


def test_every_safety_fault_of_a_page_is_reported_at_once() -> None:
    bad = hair_loss(body=hair_loss().body + "\nSuicide. Take 20 mg. Call 911.\n\nStop taking it.\n")
    assert {fault.rule for fault in check_page(authored(bad), library(bad))} == {"S201", "S202", "S203", "S204", "S205"}


def test_a_medicine_with_one_product_is_checked_too() -> None:
    bad = small_medicine(body=small_medicine().body + "\nTake 20 mg.\n")
    assert found("S204", bad) == [bad.at("20 mg")]
