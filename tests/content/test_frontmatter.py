from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from healthlib.content.faults import ContentError, Fault
from healthlib.content.frontmatter import LocatedYaml

FILE = Path("content/articles/one.md")

EXAMPLE = """\
title: One
topics: [nerves, heart]
facts:
  - label: First
    text: Some text
  -
    label: Second
    text: |
      line one
      line two
summary: >-
  folded
empty:
count: 3
"""


def located(text: str, first_line: int = 1) -> LocatedYaml:
    return LocatedYaml(text, FILE, first_line)


def faults_of(text: str, first_line: int = 1) -> tuple[Fault, ...]:
    with pytest.raises(ContentError) as caught:
        located(text, first_line)
    return caught.value.faults


@pytest.mark.parametrize(
    ("loc", "line"),
    [
        (("title",), 1),
        (("topics",), 2),
        (("topics", 1), 2),
        (("facts",), 3),
        (("facts", 0), 4),
        (("facts", 0, "text"), 5),
        (("facts", 1), 7),
        (("facts", 1, "label"), 7),
        (("facts", 1, "text"), 8),
        (("summary",), 11),
        (("empty",), 13),
        (("count",), 14),
    ],
)
@pytest.mark.parametrize("first_line", [1, 2, 10])
def test_every_value_knows_its_line(loc: tuple[str | int, ...], line: int, first_line: int) -> None:
    assert located(EXAMPLE, first_line).line(loc) == line + first_line - 1


@pytest.mark.parametrize(
    ("loc", "line"),
    [(("facts", 1, "missing"), 7), (("facts", 9, "label"), 3), (("nowhere",), 1), ((), 1), (("topics", 1, "deep"), 2)],
)
def test_a_value_that_is_not_there_is_placed_at_the_nearest_around_it(loc: tuple[str | int, ...], line: int) -> None:
    assert located(EXAMPLE).line(loc) == line


def test_texts_are_listed_in_order_with_field_and_line() -> None:
    assert [(text.field, text.text, text.line) for text in located(EXAMPLE, 2).texts()] == [
        ("title", "One", 2),
        ("topics", "nerves", 3),
        ("topics", "heart", 3),
        ("label", "First", 5),
        ("text", "Some text", 6),
        ("label", "Second", 8),
        ("text", "line one\nline two\n", 10),
        ("summary", "folded", 13),
    ]


def test_the_data_is_what_yaml_says() -> None:
    assert located(EXAMPLE).data == yaml.safe_load(EXAMPLE)


keys = st.sampled_from(["a", "b", "key", "text", "side_effects", "on"])
scalars = st.sampled_from([None, True, 7, "", "word", "a: b # c", "- [@one]", "'\"", "|", "x" * 99])
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)
fields = st.dictionaries(keys, trees, min_size=1, max_size=3)


def written(value: object, indent: str = "") -> list[str]:
    """Write YAML with every scalar on a line of its own, as a mark to be found again."""
    if isinstance(value, dict) and value:
        return [line for key, inner in value.items() for line in _under(f"{indent}{key}:", inner, indent)]
    if isinstance(value, list) and value:
        return [line for inner in value for line in _under(f"{indent}-", inner, indent)]
    return [f"{indent}{yaml.safe_dump(value, default_style=chr(34), width=9_999).splitlines()[0]}"]


def _under(head: str, inner: object, indent: str) -> list[str]:
    return [head, *written(inner, indent + "  ")]


def leaves(value: object, loc: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict) and value:
        return [leaf for key, inner in value.items() for leaf in leaves(inner, (*loc, key))]
    if isinstance(value, list) and value:
        return [leaf for number, inner in enumerate(value) for leaf in leaves(inner, (*loc, number))]
    return [loc]


@settings(max_examples=60)
@given(fields, st.integers(1, 50))
def test_items_and_fields_are_found_on_the_lines_they_were_written_on(tree: dict[str, Any], first_line: int) -> None:
    lines = written(tree)
    front = located("\n".join(lines) + "\n", first_line)
    for loc in leaves(tree):
        line = lines[front.line(loc) - first_line].strip()
        # A field is placed at its name, an item at its value.
        wanted = f"{loc[-1]}:" if isinstance(loc[-1], str) else written(_value(tree, loc))[0].strip()
        assert line == wanted


@settings(max_examples=60)
@given(fields, st.integers(1, 50))
def test_texts_are_found_on_the_lines_they_were_written_on(tree: dict[str, Any], first_line: int) -> None:
    lines = written(tree)
    front = located("\n".join(lines) + "\n", first_line)
    for text in front.texts():
        assert lines[text.line - first_line].strip() == written(text.text)[0]


def _value(tree: Any, loc: tuple[str | int, ...]) -> object:
    for part in loc:
        tree = tree[part]
    return tree


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title: One\nbad: [1, 2\nmore: 3\n", 3),
        ("title: One\n\tbad: 2\n", 2),
        ("title: One\nbad: 'never closed\n", 3),
        ("title: One: Two\n", 1),
        ("title: *nowhere\n", 1),
        ("- a\n- b\n", 1),
        ("just words\n", 1),
        ("", 1),
        ("# only a comment\n", 1),
    ],
)
def test_text_that_is_no_yaml_mapping_is_one_r001_with_its_line(text: str, line: int) -> None:
    (fault,) = faults_of(text, first_line=2)
    assert (fault.path, fault.line, fault.rule) == (str(FILE), line + 1, "R001")


@pytest.mark.parametrize(
    "bad",
    ["updated: 2026-02-30", "updated: 2026-13-01", "title: bell \a here"],
    ids=["no such day", "no such month", "control character"],
)
def test_a_value_that_yaml_cannot_make_is_a_fault_on_its_own_line(bad: str) -> None:
    (fault,) = faults_of(f"name: One\nlang: en\n{bad}\nstatus: draft\n", first_line=2)
    assert fault.line == 4


def test_a_field_written_twice_is_r002_on_its_second_line() -> None:
    (fault,) = faults_of("title: One\nkind: guide\ntitle: Two\n", first_line=2)
    assert (fault.line, fault.rule) == (4, "R002")
    assert "`title`" in fault.message


def test_a_field_may_stand_in_two_items() -> None:
    assert located("facts:\n  - text: a\n  - text: b\n").data == {"facts": [{"text": "a"}, {"text": "b"}]}


def test_all_fields_written_twice_are_reported_at_once() -> None:
    faults = faults_of("title: One\ntitle: Two\nkind: guide\nkind: news\n")
    assert [fault.line for fault in faults] == [2, 4]


@pytest.mark.parametrize("text", ["a: &x [*x]\n", "a: &x {b: *x}\n"])
def test_a_value_that_holds_itself_is_a_fault(text: str) -> None:
    (fault,) = faults_of(text)
    assert (fault.path, fault.line) == (str(FILE), 1)


def test_a_field_name_that_is_a_number_breaks_nothing() -> None:
    front = located("title: One\n2: two\n")
    assert front.data == {"title": "One", 2: "two"}
    assert front.line(("2",)) == 2
