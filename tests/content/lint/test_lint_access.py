"""A rules: headings, images, tables, links and languages that everyone can use."""

import pytest

from healthlib.content.lint.access import check_page
from samples import Sample, article, authored, condition, library, places


def text(words: str, **changes: object) -> Sample:
    return article(body=f"## One {{#one}}\n\n{words}\n", **changes)


def found(rule: str, sample: Sample) -> list[tuple[str, int]]:
    return places(check_page(authored(sample)), rule)


def test_the_tiny_library_has_none() -> None:
    assert [fault for page in library().pages for fault in check_page(page)] == []


def test_a501_one_title_and_no_skipped_level() -> None:
    assert found("A501", text("# Again")) == [text("# Again").at("# Again")]
    assert found("A501", text("#### Deep")) == [text("#### Deep").at("#### Deep")]
    assert not found("A501", text("### Deeper\n\n#### Deep\n\n## Two {#two}"))
    assert not found("A501", text(":::urgent\nSee a doctor today if:\n\n- it hurts\n:::"))


def test_a501_fields_hold_no_headings() -> None:
    faq = [{"question": "Why?", "answer": "### Because\n\nIt is."}]
    assert found("A501", text("Fine.", faq=faq)) == [text("Fine.", faq=faq).at("### Because")]


def test_a502() -> None:
    assert found("A502", text("![](/a.png)")) == [text("![](/a.png)").at("![]")]
    assert not found("A502", text("![A pen held at the thigh](/a.png)"))


def test_a503() -> None:
    table = "| | B |\n|---|---|\n| a | b |"
    assert found("A503", text(f"Pens:\n\n{table}")) == [text(f"Pens:\n\n{table}").at("| | B |")]
    full = table.replace("| |", "| A |")
    assert not found("A503", text(f"Pens:\n\n{full}"))
    assert found("A503", text(f"- a list\n\n{full}")) == [text(f"- a list\n\n{full}").at("| A |")]


@pytest.mark.parametrize("words", ["here", "Click here", "read more", "this page", "https://a.example", "/topics/"])
def test_a504(words: str) -> None:
    bad = text(f"Look: [{words}](/topics/nerves/).")
    assert found("A504", bad) == [bad.at("Look:")]


@pytest.mark.parametrize("words", ["brain and nerves", "here is how", "**brain**"])
def test_a504_is_content(words: str) -> None:
    assert not found("A504", text(f"Look: [{words}](/topics/nerves/)."))


def test_a505() -> None:
    assert found("A505", text("Fine.", title="सिरदर्द")) == [text("Fine.", title="सिरदर्द").at("title:")]
    assert found("A505", text("Fine.", summary="It is सिरदर्द."))
    assert not found("A505", text("Type सिरदर्द."))
    assert not found("A505", condition(aliases=["सिरदर्द"]))
    assert not found("A505", text("Fine.", title="सिरदर्द", lang="hi"))
