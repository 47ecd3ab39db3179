"""The whole linter on whole folders: nothing hides anything else, and every message says where."""

import re
from datetime import date
from pathlib import Path

import pytest

from healthlib.config import ROOT
from healthlib.content.faults import ContentError, Fault
from healthlib.content.lint.check import check, load_checked
from samples import (
    OMIT,
    TODAY,
    article,
    condition,
    effect_row,
    faults,
    hair_loss,
    info_page,
    label,
    product,
    small_medicine,
    source,
    topic,
    write_library,
)

GUIDE = (ROOT / "docs" / "writing.md").read_text(encoding="utf-8").partition("## Rules")[2]
RULES = re.findall(r"^\| ([RPSLAW]\d{3}) \|", GUIDE, re.MULTILINE)
READABLE = [rule for rule in RULES if rule not in ("R001", "R002", "R005")]


# A text that breaks every rule of claims, access and plain words that a text can break.
WORDY = (
    "# Top\n\nIt cures hypertension. It is approved. Such things are common. Yes.\n\n"
    f"You should go {'on and ' * 20}on with your medication. \n\n"
    "![](/a.png) [here](/topics/nerves/)\n\n| | B |\n|---|---|\n| a | b |\n"
)


def spoilt(tmp_path: Path) -> Path:
    """Write a library with faults of every rule that a file which can be read may have."""
    root = write_library(
        tmp_path,
        article(
            drugs=["nowhere"],
            redirect_from=["/articles/living-with-migraine/"],
            reviewed_by="asha-rao",
            review_due=date(2035, 1, 1),
            red_flags=[],
            title="सिरदर्द",
            related=["conditions/migraine"],
            body="## One {#one}\n\nSuicide. [@missing]\n\nIt is 39 %.\n\nTake 20 mg. Call 911.\n\nStop taking it.\n\n"
            + WORDY,
        ),
        small_medicine(
            body=small_medicine().body + "\nBuy it at a low price.\n",
            products=[
                product(
                    brand=OMIT,
                    how_taken="Take 20 mg a day. [@agency]",
                    indications=[{"text": "To prevent migraine [@betanol-label]"}],
                    side_effects=[effect_row(source="betanol-label")],
                )
            ],
        ),
        info_page(body="## Us {#us}\n\nPharmacological individualisation necessitates consideration.\n"),
        condition(sensitive=True, published=date(2020, 1, 1), updated=date(2020, 1, 1), review_due=date(2022, 1, 1)),
        label("betanol-label", kind="trial"),
        source("spare"),
    )
    (root / "vocabulary").mkdir()
    (root / "vocabulary" / "lay.tsv").write_text("# a row without its second column\npiles\n", encoding="utf-8")
    return root


def test_the_rules_of_the_guide_are_those_tested_here() -> None:
    assert [
        *(f"R00{n}" for n in range(1, 7)),
        *(f"P10{n}" for n in range(1, 8)),
        *(f"S20{n}" for n in range(1, 7)),
        *(f"L30{n}" for n in range(1, 6)),
        *(f"A50{n}" for n in range(1, 6)),
        *(f"W40{n}" for n in range(1, 8)),
    ] == RULES


def test_a_good_library_has_no_faults(content_root: Path) -> None:
    assert faults(content_root) == []


def test_faults_of_every_rule_are_reported_at_once(tmp_path: Path) -> None:
    assert {fault.rule for fault in faults(spoilt(tmp_path))} == set(READABLE)


def test_faults_of_single_files_are_reported_with_those_of_others(tmp_path: Path) -> None:
    root = spoilt(tmp_path)
    (root / "topics" / "bad.md").write_text("no front matter", encoding="utf-8")
    topic("worse", lang="fr").write(root)
    hair_loss(body="## More {#more}\n").write(root)
    found = {fault.rule for fault in faults(root)}
    # P102 and P103 wait until every page can be read, because the missing citation may stand in one that cannot.
    assert found == set(RULES) - {"P102", "P103"}


def test_faults_are_sorted_by_file_and_line(tmp_path: Path) -> None:
    found = faults(spoilt(tmp_path))
    assert [(fault.path, fault.line) for fault in found] == sorted((fault.path, fault.line) for fault in found)


def test_every_message_names_file_line_and_rule(tmp_path: Path) -> None:
    root = spoilt(tmp_path)
    (root / "topics" / "bad.md").write_text("no front matter", encoding="utf-8")
    for fault in faults(root):
        assert re.match(
            r"content/[a-z-]+/[a-z-]+\.(?:md|yaml|tsv):[1-9]\d*: [A-Z]\d{3} (?:error|warning): \S", str(fault)
        ), str(fault)
        lines = (root.parent / fault.path).read_text(encoding="utf-8").split("\n")
        assert fault.line <= len(lines)


def test_no_fault_is_reported_twice(tmp_path: Path) -> None:
    found = faults(spoilt(tmp_path))
    assert len(found) == len(set(found))


def test_a_page_that_cannot_be_read_makes_no_faults_elsewhere(tmp_path: Path) -> None:
    root = write_library(tmp_path, small_medicine(lang="fr"), info_page(lang="fr"))
    assert {(fault.path, fault.rule) for fault in faults(root)} == {
        ("content/medicines/betanol.md", "R002"),
        ("content/pages/privacy.md", "R002"),
    }


def test_a_source_that_cannot_be_read_makes_no_faults_elsewhere(tmp_path: Path) -> None:
    root = write_library(tmp_path, source(kind="blog"))
    assert [(fault.path, fault.rule) for fault in faults(root)] == [("content/sources/agency.yaml", "R002")]


@pytest.mark.parametrize("pct", [-1, float("nan"), True])
def test_no_value_stops_the_linter(tmp_path: Path, pct: float) -> None:
    rows = [effect_row(pct=pct, comparator=OMIT, comparator_pct=OMIT, source="betanol-label")]
    bad = small_medicine(products=[product(brand=OMIT, side_effects=rows)])
    assert bad.at("pct:") in [(fault.path, fault.line) for fault in faults(write_library(tmp_path, bad))]


def test_the_day_is_the_one_given(content_root: Path) -> None:
    assert faults(content_root, TODAY) == []
    assert {fault.rule for fault in faults(content_root, date(2040, 1, 1))} == {"P107"}


def test_a_checked_library_is_returned_with_its_pages(content_root: Path) -> None:
    library, warnings = load_checked(content_root, TODAY)
    assert library.ref("medicines/alphamab") is not None
    assert warnings == []


def test_errors_stop_a_build_and_are_all_in_the_message(tmp_path: Path) -> None:
    root = spoilt(tmp_path)
    with pytest.raises(ContentError) as caught:
        load_checked(root, TODAY)
    _, found = check(root, TODAY)
    errors = [fault for fault in found if fault.level == "error"]
    assert list(caught.value.faults) == errors
    assert str(caught.value).split("\n") == [str(fault) for fault in errors]


def test_warnings_do_not_stop_a_build(content_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warning = Fault("content/a.md", 1, "W301", "a long sentence.", level="warning")
    monkeypatch.setattr("healthlib.content.lint.safety.check_page", lambda *_: [warning])
    _, warnings = load_checked(content_root, TODAY)
    assert set(warnings) == {warning}


def test_a_fault_prints_its_fix_after_the_message() -> None:
    assert str(Fault("a.md", 3, "R001", "it is bad.", "Mend it.")) == "a.md:3: R001 error: it is bad. Mend it."
    assert str(Fault("a.md", 3, "W301", "it is long.", level="warning")) == "a.md:3: W301 warning: it is long."
