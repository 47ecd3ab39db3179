"""W rules: each fires where it should, on its line, and not elsewhere."""

import pytest

from healthlib.content.lint.plain_words import JARGON, check_page, reading_grade
from samples import Sample, article, authored, condition, info_page, library, places


def text(words: str, **changes: object) -> Sample:
    return article(body=f"## One {{#one}}\n\n{words}\n", **changes)


def found(rule: str, sample: Sample) -> list[tuple[str, int]]:
    return places(check_page(authored(sample)), rule)


def test_the_tiny_library_has_none() -> None:
    assert [fault for page in library().pages for fault in check_page(page)] == []


def test_all_of_them_warn() -> None:
    bad = text("Adverse events are common with this medication. \n\nOne. Two. Three. Four.")
    levels = {fault.rule: fault.level for fault in check_page(authored(bad))}
    assert {"W403", "W404", "W405", "W406", "W407"} <= set(levels)
    assert set(levels.values()) == {"warning"}


def test_w401_is_the_grade_of_the_running_text() -> None:
    heavy = "Pharmacological individualisation necessitates consideration of comorbidities."
    assert found("W401", text(heavy * 3))
    assert not found("W401", text("Rest in a dark room."))
    # Headings and tables are left out.
    assert not found("W401", text(f"## {heavy} {{#two}}\n\n| {heavy} |\n|---|\n| {heavy} |"))
    assert reading_grade(authored(text(heavy * 3))) > reading_grade(authored(text("Rest.")))  # type: ignore[operator]


def test_w402_counts_the_words_of_each_sentence() -> None:
    twenty = " ".join(["word"] * 20)
    assert found("W402", text(f"Fine.\n\n{twenty} more.")) == [text(f"Fine.\n\n{twenty} more.").at("more.")]
    assert not found("W402", text(f"{twenty}. W{twenty[1:]}."))
    assert not found("W402", text("Fine.", summary_hi=" ".join(["सिर"] * 30)))
    assert found("W402", text("Fine.", faq=[{"question": "Why?", "answer": f"{twenty} more."}]))


def test_w403_counts_the_sentences_of_a_paragraph() -> None:
    assert found("W403", text("One. Two. Three. Four."))
    assert not found("W403", text("One. Two. Three.\n\nFour. Five."))


@pytest.mark.parametrize("term", ["hypertension", "Dyspnea", "adverse events", "renal", "thrombosis", "metastatic"])
def test_w404_wants_the_plain_word_first(term: str) -> None:
    bad = text(f"Fine.\n\nYou may get {term} here.")
    assert found("W404", bad) == [bad.at("here.")]


@pytest.mark.parametrize(
    "good",
    [
        text("High blood pressure (hypertension) is silent."),
        text("High blood pressure is silent.\n\nHypertension can be treated."),
        text("Hypertension is silent.", summary="About high blood pressure."),
        condition(name="pulmonary hypertension", body=condition().body + "\nPulmonary hypertension is silent.\n"),
        condition(aliases=["hypertension"], body=condition().body + "\nHypertension is silent.\n"),
    ],
)
def test_w404_is_content(good: Sample) -> None:
    assert not found("W404", good)


def test_w404_fires_once_a_term() -> None:
    assert len(found("W404", text("Hypertension.\n\nHypertension.\n\nRenal hypertension."))) == 2


def test_jargon_has_a_plain_word_for_each_term() -> None:
    assert all(plain and plain != term for term, plain in JARGON.items())


@pytest.mark.parametrize(
    "words", ["Nausea is common.", "This is very rare.", "It rarely hurts.", "It frequently hurts."]
)
def test_w405(words: str) -> None:
    assert found("W405", text(words))


@pytest.mark.parametrize(
    "words",
    [
        "Nausea is common: 12 in 100 people.",
        "Half of people have this common problem.",
        "You have a common cold.",
        "They have much in common.",
        "How rare it is is not known.",
    ],
)
def test_w405_is_content(words: str) -> None:
    assert not found("W405", text(words))


def test_w405_is_not_asked_of_pages_about_the_site() -> None:
    assert not found("W405", info_page(body="## A {#a}\n\nQuestions like this are common.\n"))


def test_w406_knows_the_medication_guide() -> None:
    assert found("W406", text("Take your medications."))
    assert not found("W406", text("Read the Medication Guide. Take your medicines."))


def test_w407_names_the_line() -> None:
    bad = text("Fine.\n\nNot fine. \nFine.")
    assert found("W407", bad) == [bad.at("Not fine.")]
