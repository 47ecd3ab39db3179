"""R003: whatever a page names or links to exists."""

from datetime import date
from pathlib import Path

import pytest

from healthlib.content.lint.references import check
from samples import (
    Sample,
    article,
    condition,
    effect_row,
    faults,
    info_page,
    library,
    medicine,
    person,
    places,
    product,
    second_product,
    small_medicine,
    source,
    topic,
    write_library,
)

BODY = article().body


def found(*changed: Sample) -> list[tuple[str, int]]:
    return places(check(library(*changed)), "R003")


def test_r003_a_library_where_everything_exists_passes() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (article(topics=["nerves", "nowhere"]), "- nowhere"),
        (article(drugs=["alphamab", "nowhere"]), "- nowhere"),
        (article(conditions=["nowhere"]), "- nowhere"),
        (article(side_effects=["nowhere"]), "- nowhere"),
        (article(author="nobody"), "author:"),
        (article(reviewed_by="nobody", last_reviewed=date(2026, 2, 20)), "reviewed_by:"),
        (article(related=["medicines/alphamab", "articles/nowhere"]), "- articles/nowhere"),
        (article(related=["nowhere/slug"]), "- nowhere/slug"),
        (article(blocked_related=["articles/nowhere"]), "- articles/nowhere"),
        (medicine(classes=["antibodies", "nowhere"]), "- nowhere"),
        (person(topics=["nowhere"]), "- nowhere"),
        (info_page(topics=["nowhere"]), "- nowhere"),
        (
            medicine(products=[product(), second_product(indications=[{"condition": "nowhere", "text": "x"}])]),
            "condition: nowhere",
        ),
        (
            medicine(products=[product(), second_product(side_effects=[effect_row(effect="nowhere")])]),
            "effect: nowhere",
        ),
    ],
)
def test_r003_a_name_of_no_page_is_found_on_its_line(bad: Sample, words: str) -> None:
    assert found(bad) == [bad.at(words)]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (article(aliases=["back pain"], conditions=["pain"]), "- pain"),
        (article(summary="All about pain", conditions=["pain"]), "- pain"),
        (article(title="Telling your author from a pain", conditions=["pain"]), "- pain"),
        (article(related=["nowhere/alphamab"]), "- nowhere/alphamab"),
        (article(drugs=["headache"], side_effects=["headache"]), "- headache"),
    ],
)
def test_r003_a_name_is_not_looked_for_in_other_texts_that_end_alike(bad: Sample, words: str) -> None:
    assert found(bad) == [bad.at(words)]


def test_r003_a_name_is_found_in_each_place_that_has_it() -> None:
    row = effect_row(effect="nowhere")
    bad = medicine(products=[product(side_effects=[row]), second_product(side_effects=[row])])
    assert found(bad) == [
        bad.at("effect: nowhere", 1),
        bad.at("effect: nowhere", 2),
    ]


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_r003_a_page_that_readers_cannot_open_cannot_be_named(status: str) -> None:
    other = condition("tension", name="tension", status=status)
    bad = article(conditions=["migraine", "tension"])
    assert found(other, bad) == [bad.at("- tension")]


# Tables


@pytest.mark.parametrize(
    "table", ["{{ side-effects nowhere }}", "{{ side-effects alphamab nowhere }}", "{{ side-effects betanol betanol }}"]
)
def test_r003_a_table_of_nothing_is_found_on_its_line(table: str) -> None:
    bad = article(body=f"{BODY}\n{table}\n")
    assert found(bad) == [bad.at(table)]


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_r003_a_table_of_a_medicine_that_readers_cannot_open(status: str) -> None:
    gone = small_medicine("gamma", name="gamma", status=status)
    bad = article(body=f"{BODY}\n{{{{ side-effects gamma }}}}\n")
    assert found(gone, bad) == [bad.at("{{ side-effects gamma }}")]


@pytest.mark.parametrize(
    "table",
    ["{{ side-effects alphamab }}", "{{ side-effects alphamab bigdrip }}", "{{ side-effects betanol generic }}"],
)
def test_r003_a_table_of_a_medicine_or_product_passes(table: str) -> None:
    assert found(article(body=f"{BODY}\n{table}\n")) == []


# Links


@pytest.mark.parametrize(
    "link",
    [
        "/medicines/nowhere/",
        "/medicines/alphamab",
        "medicines/alphamab/",
        "../medicines/alphamab/",
        "//evil.example/",
        "https://agency.example/",
        "HTTPS://agency.example/",
        "http://agency.example/",
        "mailto:a@b.example",
        "/articles/a-draft/",
        "/articles/a-gone/",
    ],
)
def test_r003_a_link_that_leads_nowhere_or_away_is_found_on_its_line(link: str) -> None:
    bad = article(body=f"{BODY}\nRead [more here]({link}).\n")
    hidden = [article("a-draft", status="draft"), article("a-gone", status="retired")]
    assert found(bad, *hidden) == [bad.at("more here")]


@pytest.mark.parametrize(
    "link",
    [
        "/medicines/alphamab/",
        "/medicines/alphamab/#alphaject",
        "/medicines/bigdrip/",
        "/old/",
        "/search?q=pain",
        "/search/",
        "/",
        "/privacy/",
        "/medicines/classes/antibodies/",
        "/side-effects/a-to-z/",
        "#help",
        "tel:112",
        "/feed.atom",
    ],
)
def test_r003_a_link_to_a_page_passes(link: str) -> None:
    good = article(body=f"{BODY}\nRead [more here]({link}).\n", redirect_from=["/old/"])
    assert found(good) == []


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (article(questions=["See [this](/nowhere/)?"]), "[this]"),
        (article(faq=[{"question": "Why?", "answer": "See [this](/nowhere/)."}]), "[this]"),
        (article(body=f"{BODY}\n- one\n- see [this](/nowhere/)\n"), "[this]"),
        (article(body=f"{BODY}\n| a |\n|---|\n| [this](/nowhere/) |\n"), "[this]"),
        (article(body=f"{BODY}\n:::do\nDo\n\nSee [this](/nowhere/)\n:::\n"), "[this]"),
        (topic(body="## One {#one}\n\nSee [this](/nowhere/).\n"), "[this]"),
        (medicine(products=[product(warnings="- one\n- see [this](/nowhere/)\n"), second_product()]), "[this]"),
    ],
)
def test_r003_links_are_checked_wherever_they_stand(bad: Sample, words: str) -> None:
    assert found(bad) == [bad.at(words)]


def test_r003_a_reviewer_who_exists_passes() -> None:
    assert found(article(reviewed_by="asha-rao", last_reviewed=date(2026, 2, 20))) == []


# Files that could not be read


def test_r003_a_page_with_faults_of_its_own_is_not_missing(tmp_path: Path) -> None:
    root = write_library(tmp_path, small_medicine(lang="fr"), person(lang="fr"))
    assert {fault.rule for fault in faults(root)} == {"R002"}


def test_r003_a_bad_link_is_reported_though_a_source_cannot_be_read(tmp_path: Path) -> None:
    bad = article(body=f"{BODY}\nRead [more here](/nowhere/).\n")
    root = write_library(tmp_path, bad, source(kind="blog"))
    assert places(faults(root), "R003") == [bad.at("more here")]
