"""P rules: every fact has a source, every review a reviewer and a date."""

from datetime import date, timedelta

import pytest

from healthlib.content.faults import Fault
from healthlib.content.lint.provenance import check_page, check_sources
from samples import (
    OMIT,
    TODAY,
    Sample,
    article,
    condition,
    effect_row,
    info_page,
    label,
    library,
    medicine,
    person,
    places,
    product,
    reviewer,
    second_product,
    small_medicine,
    source,
    topic,
)

BODY = article().body
NONE: frozenset[str] = frozenset()


def faults_of(sample: Sample, *others: Sample, today: date = TODAY) -> list[Fault]:
    read = library(sample, *others)
    page = read.ref(sample.ref)
    assert page is not None
    return list(check_page(page, read, today))


def found(rule: str, sample: Sample, *others: Sample, today: date = TODAY) -> list[tuple[str, int]]:
    return places(faults_of(sample, *others, today=today), rule)


def text(words: str) -> Sample:
    return article(body=f"{BODY}\n{words}\n")


def drug(**changes: object) -> Sample:
    return medicine(products=[product(**changes), second_product()])


# P101


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (text("A fact. [@missing]"), "[@missing]"),
        (text("One line\nand the next [@missing]."), "[@missing]"),
        (text("- one [@agency; @missing]"), "[@agency; @missing]"),
        (text("A fact. [@agency;\n@missing]"), "@missing"),
        (text(":::urgent\nSee a doctor if:\n\n- it hurts [@missing]\n:::"), "[@missing]"),
        (article(key_facts=[{"label": "x", "text": "A fact [@missing]"}]), "[@missing]"),
        (article(questions=["Why? [@missing]"]), "[@missing]"),
        (article(faq=[{"question": "Why?", "answer": "So. [@missing]"}]), "[@missing]"),
        (article(red_flags=["it hurts [@missing]"]), "[@missing]"),
        (drug(boxed_warning="A warning [@missing]"), "[@missing]"),
        (drug(indications=[{"text": "Adults [@missing]"}]), "[@missing]"),
        (drug(legal=[{"country": "US", "text": "Approved [@missing]"}]), "[@missing]"),
        (drug(side_effects=[effect_row(what_to_do="Rest [@missing]")]), "[@missing]"),
        (drug(side_effects=[effect_row(source="missing")]), "source: missing"),
        (drug(not_for="- one\n- two [@missing]\n"), "[@missing]"),
        (medicine(look_alike=[{"name": "alfamide", "purpose": "for pain [@missing]"}]), "[@missing]"),
    ],
)
def test_p101_a_citation_without_a_source_is_found_on_its_line(bad: Sample, words: str) -> None:
    assert found("P101", bad) == [bad.at(words)]


@pytest.mark.parametrize("citation", ["[@Agency]", "[@agency_page]", "[@agency, @missing]", "[@ agency]", "[@agency;]"])
def test_p101_a_citation_that_is_written_wrongly_is_found(citation: str) -> None:
    # It would be printed as it stands.
    bad = text(f"A fact. {citation}")
    assert found("P101", bad) == [bad.at(citation)]


@pytest.mark.parametrize("good", [article(), medicine(), text("A fact. [@agency; @betanol-label]"), text("a@b.org")])
def test_p101_citations_with_sources_pass(good: Sample) -> None:
    assert found("P101", good) == []


def test_p101_every_citation_is_reported() -> None:
    bad = text("First [@missing].\n\nThen [@gone] and [@missing].")
    assert found("P101", bad) == [bad.at("First"), bad.at("Then"), bad.at("Then")]


# P102


def test_p102_a_source_that_is_cited_nowhere_is_found() -> None:
    (fault,) = check_sources(library(source("spare")), NONE)
    assert (fault.path, fault.line, fault.rule) == ("content/sources/spare.yaml", 1, "P102")


@pytest.mark.parametrize(
    "user",
    [
        text("A fact. [@spare]"),
        text("A fact. [@agency; @spare]"),
        text("A fact. [@agency;\n@spare]"),
        article(questions=["Why? [@spare]"]),
        article("a-draft", status="draft", questions=["Why? [@spare]"]),
        drug(side_effects=[effect_row(source="spare")]),
        drug(storage="Keep it cold. [@spare]"),
        medicine(look_alike=[{"name": "alfamide", "purpose": "for pain [@spare]"}]),
    ],
)
def test_p102_a_source_that_is_cited_anywhere_passes(user: Sample) -> None:
    read = library(user, source("spare"))
    assert "content/sources/spare.yaml" not in {fault.path for fault in check_sources(read, NONE)}


def test_p102_waits_until_every_page_can_be_read_but_not_every_source() -> None:
    read = library(source("spare"))
    assert list(check_sources(read, frozenset(["articles/broken"]))) == []
    assert len(list(check_sources(read, frozenset(["sources/broken"])))) == 1


# P103


def only(*kinds: str) -> tuple[Sample, ...]:
    """Return the two sources that `betanol` cites here, of these kinds."""
    return tuple(source(slug, kind=kind) for slug, kind in zip(("betanol-label", "agency"), kinds, strict=False))


@pytest.mark.parametrize("kind", ["trial", "review", "agency", "textbook"])
def test_p103_a_medicine_that_cites_no_label_and_no_guideline_is_found(kind: str) -> None:
    bad = small_medicine()
    assert found("P103", bad, *only(kind)) == [(bad.file, 2)]


@pytest.mark.parametrize("kind", ["label", "guideline"])
def test_p103_a_medicine_that_cites_one_passes(kind: str) -> None:
    assert found("P103", small_medicine(), *only(kind)) == []
    extra = small_medicine(body=small_medicine().body + "\nA fact. [@agency]\n")
    assert found("P103", extra, *only("trial", kind)) == []


def test_p103_is_about_medicines_only() -> None:
    assert found("P103", article()) == []


# P104


NUMBERS = [
    "39 %",
    "39%",
    "2.6 per cent",
    "39 in 100",
    "1 in 1,000",
    "3 out of 10",
    "1 in every 10",
    "20 mg",
    "20mg",
    "0.5 ml",
    "1,000 mcg",
    "5 µg",
    "2 micrograms",
    "3 millilitres",
    "400 IU",
    "2 grams",
    "1 g",
    "₹500",
    "Rs 500",
    "Rs. 500",
    "$20",
    "€ 20",
    "£9.50",
]


@pytest.mark.parametrize("number", NUMBERS)
def test_p104_a_number_without_a_citation_is_found_on_its_line(number: str) -> None:
    bad = text(f"Fine.\n\nIt is {number} here.")
    assert found("P104", bad) == [bad.at("here.")]
    assert found("P104", text(f"Fine.\n\nIt is {number} here [@agency].")) == []


@pytest.mark.parametrize(
    "words",
    [
        "On 22 November 2026 it rained.",
        "Call 112 or 14416.",
        "Wait 4 weeks. Then wait 2 more.",
        "Chapter 4 in this book.",
        "One in ten people.",
        "Opening hours 9 to 5.",
        "This is for readers 18 and over.",
        "Call one of the numbers 14416 and 112.",
        "Vitamin B12 and COVID-19.",
    ],
)
def test_p104_other_numbers_need_no_citation(words: str) -> None:
    assert found("P104", text(words)) == []


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (text("It is 39 %.\n\nA fact of another paragraph [@agency]."), "39 %"),
        (text("- it is 39 %\n- another item [@agency]"), "39 %"),
        (text("| a | b |\n|---|---|\n| c | d [@agency] |\n| e | 39 % |"), "39 %"),
        (text("### It is 39 %\n\nA fact [@agency]."), "39 %"),
        (article(body=BODY.replace("## What helps", "## What helps 39 %")), "39 %"),
        (article(key_facts=[{"label": "x", "text": "It is 39 %"}]), "39 %"),
        (article(faq=[{"question": "Why?", "answer": "It is 39 %."}]), "39 %"),
        (article(summary="It is 39 %."), "39 %"),
        (drug(warnings="- one [@agency]\n- it is 39 %\n"), "39 %"),
        (condition(red_flags=["it is 39 %"]), "39 %"),
        (topic(body="## One {#one}\n\nIt is 39 %.\n"), "39 %"),
    ],
)
def test_p104_each_paragraph_item_and_row_needs_a_citation_of_its_own(bad: Sample, words: str) -> None:
    assert found("P104", bad) == [bad.at(words)]


@pytest.mark.parametrize(
    "good",
    [
        article(),
        medicine(),
        small_medicine(),
        text("| a | b |\n|---|---|\n| 39 % | d [@agency] |"),
        drug(strengths=["20 mg", "40 mg"]),
        drug(side_effects=[effect_row(what_to_do="Drink 200 ml of water.")]),
        info_page(body="## One {#one}\n\nWe have read 39 % of it.\n"),
    ],
)
def test_p104_cited_numbers_strengths_and_rows_with_a_source_pass(good: Sample) -> None:
    assert found("P104", good) == []


# P105


REVIEWED = article(reviewed_by="asha-rao", last_reviewed=date(2026, 2, 20))


def test_p105_a_reviewer_with_a_credential_and_a_date_passes() -> None:
    assert found("P105", REVIEWED) == []
    assert found("P105", article()) == []


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (article(reviewed_by="asha-rao"), "reviewed_by:"),
        (article(last_reviewed=date(2026, 2, 20)), "last_reviewed:"),
    ],
)
def test_p105_a_reviewer_and_a_date_go_together(bad: Sample, words: str) -> None:
    assert found("P105", bad) == [bad.at(words)]


def test_p105_a_reviewer_without_a_credential_is_found() -> None:
    (fault,) = faults_of(REVIEWED, reviewer(credential=OMIT))
    assert (fault.rule, fault.path, fault.line) == ("P105", *REVIEWED.at("reviewed_by:"))
    assert "content/people/asha-rao.md" in fault.message


# P106


@pytest.mark.parametrize(
    ("last", "due", "good"),
    [
        (date(2026, 2, 20), date(2029, 2, 20), True),
        (date(2026, 2, 20), date(2029, 2, 21), False),
        (date(2026, 12, 1), date(2029, 12, 1), True),
        (date(2026, 12, 1), date(2029, 12, 2), False),
        (date(2028, 2, 29), date(2031, 2, 28), True),
        (date(2028, 2, 29), date(2031, 3, 1), False),
        (date(2026, 3, 31), date(2029, 3, 31), True),
        (date(2026, 3, 31), date(2029, 4, 1), False),
    ],
)
def test_p106_the_next_review_is_at_most_36_months_away(last: date, due: date, good: bool) -> None:
    sample = article(updated=last, review_due=due)
    assert found("P106", sample) == ([] if good else [sample.at("review_due:")])


def test_p106_counts_from_the_last_review_when_there_is_one() -> None:
    later = {"reviewed_by": "asha-rao", "last_reviewed": date(2027, 1, 1), "review_due": date(2030, 1, 1)}
    assert found("P106", article(**later)) == []
    assert len(found("P106", article(**(later | {"review_due": date(2030, 1, 2)})))) == 1


# P107


@pytest.mark.parametrize(("days", "good"), [(-1, True), (0, True), (180, True), (181, False), (400, False)])
def test_p107_a_review_may_be_180_days_overdue_and_not_more(days: int, good: bool) -> None:
    sample = article()
    today = date(2028, 2, 20) + timedelta(days=days)
    assert found("P107", sample, today=today) == ([] if good else [sample.at("review_due:")])


def test_p107_a_retired_page_needs_no_review() -> None:
    # The fix that the fault names is to review the page or to retire it.
    assert found("P107", article(status="retired"), today=date(2040, 1, 1)) == []


def test_p107_a_person_is_not_reviewed() -> None:
    assert found("P107", person(), today=date(2040, 1, 1)) == []


# Together


def test_every_provenance_fault_of_a_page_is_reported_at_once() -> None:
    bad = small_medicine(
        reviewed_by="asha-rao",
        review_due=date(2030, 1, 1),
        body=small_medicine().body + "\nIt is 39 %.\n\nA fact [@missing].\n",
    )
    others = (label("betanol-label", kind="trial"),)
    rules = {fault.rule for fault in faults_of(bad, *others, today=date(2031, 1, 1))}
    assert rules == {"P101", "P103", "P104", "P105", "P106", "P107"}
