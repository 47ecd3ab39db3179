from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from healthlib.content.frequency import Figure, Frequency
from healthlib.content.pagetypes import PageType
from healthlib.search.kinship import BONDS, SELF, Kinship, bonds_of_types, figure_strength, spread

# Page 0 is bound to 1 and 2, page 3 to 2.
KINSHIP = Kinship.build(4, [(0, 1, 0.5), (0, 2, 1.0), (3, 2, 0.8), (0, 2, 0.7), (1, 3, 0.0)])


def test_a_thing_and_the_pages_bound_to_it() -> None:
    assert KINSHIP.toward([(0,)]).tolist() == pytest.approx([SELF, 0.5, 1.0, 0])


def test_pages_bound_to_all_that_is_named_come_before_pages_bound_to_one() -> None:
    closeness = KINSHIP.toward([(0,), (3,)])
    assert closeness.tolist() == pytest.approx([SELF / 2, 0.25, 0.9, SELF / 2])


def test_a_name_of_several_pages_takes_the_closest() -> None:
    assert KINSHIP.toward([(0, 3)]).tolist() == pytest.approx([SELF, 0.5, 1.0, SELF])


def test_nothing_named_is_close_to_nothing() -> None:
    assert not KINSHIP.toward([]).any()


def test_saved_and_loaded_it_is_the_same(tmp_path: Path) -> None:
    KINSHIP.save(tmp_path / "kinship")
    loaded = Kinship.load(tmp_path / "kinship")
    for name in ("starts", "pages", "strengths"):
        assert np.array_equal(getattr(loaded, name), getattr(KINSHIP, name))


def test_pages_without_bonds_have_none() -> None:
    assert Kinship.build(3, []).toward([(1,)]).tolist() == [0, SELF, 0]


def test_the_table_has_each_pair_of_types_once_and_less_than_the_page_itself() -> None:
    pairs = [(bond.thing, bond.to) for bond in BONDS]
    assert len(set(pairs)) == len(pairs)
    assert all(0 < bond.strength < SELF and bond.reason for bond in BONDS)


def test_only_types_in_the_table_are_bound() -> None:
    assert bonds_of_types(PageType.MEDICINE, PageType.CLASS) > 0
    assert bonds_of_types(PageType.PERSON, PageType.MEDICINE) == 0


def test_the_more_frequent_the_closer_and_unknown_is_no_bond() -> None:
    rising = [
        figure_strength(Figure(frequency=Frequency.NOT_KNOWN)),
        figure_strength(Figure(frequency=Frequency.RARE)),
        figure_strength(Figure(frequency=Frequency.COMMON, pct=Decimal(3))),
        figure_strength(Figure(frequency=Frequency.COMMON, pct=Decimal(7))),
        figure_strength(Figure(frequency=Frequency.VERY_COMMON, pct=Decimal(39))),
    ]
    assert rising[0] == 0
    assert rising == sorted(rising)
    assert len(set(rising)) == len(rising)


def test_a_page_about_many_things_belongs_less_to_each() -> None:
    assert spread(1) == 1
    assert spread(1) > spread(4) > spread(10) > 0.5
