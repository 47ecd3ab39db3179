from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlib.content.frequency import Frequency, frequency_of, people_in

percents = st.decimals(min_value=0, max_value=100, allow_nan=False, allow_infinity=False, places=6)


@pytest.mark.parametrize(
    ("pct", "expected"),
    [
        ("100", "very_common"),
        ("10", "very_common"),
        ("9.999", "common"),
        ("1", "common"),
        ("0.999", "uncommon"),
        ("0.1", "uncommon"),
        ("0.0999", "rare"),
        ("0.01", "rare"),
        ("0.00999", "very_rare"),
        ("0", "very_rare"),
    ],
)
def test_a_class_starts_exactly_at_its_floor(pct: str, expected: str) -> None:
    assert frequency_of(Decimal(pct)) == expected


@given(percents, percents)
def test_more_people_never_get_a_rarer_class(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    assert frequency_of(high).rank <= frequency_of(low).rank


@given(percents)
def test_a_known_percentage_is_never_not_known(pct: Decimal) -> None:
    assert frequency_of(pct) is not Frequency.NOT_KNOWN


def test_ranks_go_from_most_to_least_frequent_and_not_known_is_last() -> None:
    ranked = sorted(Frequency, key=lambda frequency: frequency.rank)
    assert [str(frequency) for frequency in ranked] == [
        "very_common",
        "common",
        "uncommon",
        "rare",
        "very_rare",
        "not_known",
    ]
    assert all(one.rank < next_one.rank for one, next_one in pairwise(ranked))


@pytest.mark.parametrize(
    ("frequency", "words"),
    [
        ("very_common", "more than 1 in 10 people"),
        ("common", "up to 1 in 10 people"),
        ("uncommon", "up to 1 in 100 people"),
        ("rare", "up to 1 in 1,000 people"),
        ("very_rare", "up to 1 in 10,000 people"),
        ("not_known", "not known"),
    ],
)
def test_a_class_is_shown_in_numbers_of_people(frequency: str, words: str) -> None:
    assert Frequency(frequency).people == words


@pytest.mark.parametrize(
    ("pct", "expected"),
    [
        ("39", ("39", "100")),
        ("39.0", ("39", "100")),
        ("100", ("100", "100")),
        ("1E+1", ("10", "100")),
        ("0", ("0", "100")),
        ("2.6", ("26", "1,000")),
        ("0.1", ("1", "1,000")),
        ("12.34", ("1,234", "10,000")),
        ("0.01", ("1", "10,000")),
        ("0.005", ("0.005", "100")),
        ("0.0050", ("0.005", "100")),
    ],
)
def test_a_percentage_becomes_whole_people_where_it_can(pct: str, expected: tuple[str, str]) -> None:
    assert people_in(Decimal(pct)) == expected


@given(percents)
def test_people_are_exactly_the_percentage(pct: Decimal) -> None:
    people, out_of = (Decimal(part.replace(",", "")) for part in people_in(pct))
    assert people * 100 == pct * out_of


@given(st.integers(0, 10_000))
def test_the_group_is_the_smallest_with_whole_people(hundredths: int) -> None:
    people, out_of = people_in(Decimal(hundredths) / 100)
    expected = "100" if hundredths % 100 == 0 else "1,000" if hundredths % 10 == 0 else "10,000"
    assert out_of == expected
    assert "." not in people
