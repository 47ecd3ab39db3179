"""Which figures a sentence or a table row of a label prints."""

from decimal import Decimal

import pytest

from healthlib.content.labels.label import Row, Sentence, cell_figures, sentences, table_rows


@pytest.mark.parametrize(
    ("cell", "figures"),
    [
        ("13.8", ["13.8"]),
        ("18%", ["18"]),
        ("713 (7.7)", ["7.7"]),
        ("1,169 (28.3)", ["28.3"]),
        ("45 (0.4%)", ["0.4"]),
        ("7.7 (713)", ["7.7"]),
        ("12 a", ["12"]),
        ("<1", []),
        ("<0.1%", []),
        (">=5", []),
        ("N=705", []),
        ("-", []),
    ],
)
def test_figures_of_a_cell(cell: str, figures: list[str]) -> None:
    assert cell_figures(cell) == tuple(Decimal(figure) for figure in figures)


def holds(text: str, pct: str, comparator_pct: str | None = None) -> bool:
    return Sentence(text).holds(Decimal(pct), Decimal(comparator_pct) if comparator_pct else None, "placebo")


@pytest.mark.parametrize(
    ("text", "pct", "comparator_pct"),
    [
        ("Headache occurred in 12% of patients.", "12", None),
        ("Headache occurred in 12.0 percent of patients.", "12", None),
        ("Six percent had headache.", "6", None),
        ("Headache (7.5% vs. 5.5% on placebo).", "7.5", "5.5"),
        ("The incidence was 8% in both groups.", "8", "8"),
    ],
)
def test_a_sentence_holds_its_figures(text: str, pct: str, comparator_pct: str | None) -> None:
    assert holds(text, pct, comparator_pct)


@pytest.mark.parametrize(
    ("text", "pct", "comparator_pct"),
    [
        ("Headache occurred in 12 patients.", "12", None),
        ("Headache occurred in <12% of patients.", "12", None),
        ("Headache occurred in at least 12% of patients.", "12", None),
        ("Headache occurred in 112% of patients.", "12", None),
        ("Headache occurred in 12.5% of patients.", "12", None),
        ("Headache occurred in 1.2% of patients.", "2", None),
        ("Headache (8%, placebo 5%).", "8", "8"),
        ("Headache (8%).", "8", "5"),
    ],
)
def test_a_sentence_does_not_hold_other_figures(text: str, pct: str, comparator_pct: str | None) -> None:
    assert not holds(text, pct, comparator_pct)


def rows(*table: list[str]) -> list[Row]:
    return [row for row in table_rows(list(table)) if isinstance(row, Row)]


def row_holds(row: Row, pct: str, comparator_pct: str | None, comparator: str | None = "placebo") -> bool:
    return row.holds(Decimal(pct), Decimal(comparator_pct) if comparator_pct else None, comparator)


def test_columns_are_told_by_their_headings() -> None:
    (row,) = rows(["Effect", "Alphaject", "N=10", "Placebo", "N=9"], ["Headache", "12", "8"])
    assert row_holds(row, "12", "8")
    assert row_holds(row, "12", None)
    assert not row_holds(row, "8", "12")
    assert not row_holds(row, "8", None)


def test_placebo_may_stand_first_and_headings_may_span() -> None:
    (row,) = rows(["Placebo", "Alphaject"], ["Headache", "3", "1", "12", "4"])
    assert row_holds(row, "12", "3")
    assert not row_holds(row, "3", "12")
    first, _ = rows(
        ["Placebo", "Dose of Alphaject", "All"], ["Low", "High"], ["Headache", "3", "5", "9", "7", "2"], ["A", "1"]
    )
    assert row_holds(first, "7", "3")
    assert not row_holds(first, "3", "7")


def test_the_subject_may_take_two_cells_and_a_heading_two() -> None:
    (row,) = rows(["Class", "Effect", "Alphaject", "Placebo"], ["Headache", "12", "8"])
    assert not row_holds(row, "8", "12")
    (row,) = rows(["Effect", "Alphaject", "Enoxaparin/", "VKA"], ["Headache", "12", "8"])
    assert row_holds(row, "12", "8", "enoxaparin then warfarin")


def test_a_name_alone_in_its_line_is_no_heading() -> None:
    _, row = rows(["Effect", "Alphaject", "Placebo"], ["Nausea", "4", "2"], ["Nervous system"], ["Headache", "12", "8"])
    assert not row_holds(row, "8", "12")


def test_later_headings_begin_another_table() -> None:
    _, row = rows(
        ["Effect", "Alphaject", "Placebo"], ["A", "4", "2"], ["Effect", "Placebo", "Alphaject"], ["B", "12", "8"]
    )
    assert row_holds(row, "8", "12")


def test_without_headings_any_two_columns_do_but_not_one() -> None:
    (row,) = rows(["Headache", "12", "8"])
    assert row_holds(row, "8", "12")
    assert not row_holds(row, "12", "12")


def test_lines_without_figures_are_sentences() -> None:
    assert list(table_rows([["Blood disorders:", "low platelets"]])) == [Sentence("Blood disorders: low platelets")]


def test_sentences_end_at_full_stops_not_at_abbreviations() -> None:
    texts = [
        sentence.text
        for sentence in sentences("Rash (7.5% vs. 5.5% on\n placebo).  Itching was rare. 6.2 Later experience")
    ]
    assert texts == ["Rash (7.5% vs. 5.5% on placebo).", "Itching was rare.", "6.2 Later experience"]
