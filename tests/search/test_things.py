from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlib.search.analysis import name_key
from healthlib.search.things import Things

THINGS = Things.build(
    [
        ("ofatumumab", 0),
        ("Kesimpta", 0),
        ("blood thinners", 1),
        ("anticoagulants", 1),
        ("blood thinners", 2),
        ("Blood thinners explained", 2),
        ("PAD", 3),
    ]
)


@pytest.mark.parametrize(
    ("phrase", "pages"),
    [
        ("kesimpta", (0,)),
        ("blood thinners", (1, 2)),
        ("blood thinner", (1, 2)),
        ("anticoagulant", (1,)),
        ("pad", (3,)),
        ("pads", ()),
        ("blood", ()),
        ("", ()),
    ],
)
def test_finds_the_pages_of_a_name_as_written_or_by_stems(phrase: str, pages: tuple[int, ...]) -> None:
    assert THINGS.find([phrase]) == [pages]


def test_finds_many_at_once_in_the_order_asked() -> None:
    assert THINGS.find(["pad", "nothing", "kesimpta"]) == [(3,), (), (0,)]


def test_without_names_nothing_is_found() -> None:
    assert Things.build(()).find(["kesimpta"]) == [()]


def test_saved_and_loaded_it_finds_the_same(tmp_path: Path) -> None:
    THINGS.save(tmp_path / "things")
    assert Things.load(tmp_path / "things").find(["blood thinners"]) == [(1, 2)]


@given(st.lists(st.tuples(st.text(min_size=1, max_size=12), st.integers(0, 9)), max_size=30))
def test_every_name_is_found(names: list[tuple[str, int]]) -> None:
    things = Things.build(names)
    for name, page in names:
        if name_key(name):
            assert page in things.find([name_key(name)])[0]
