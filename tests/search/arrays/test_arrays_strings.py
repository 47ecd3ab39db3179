from bisect import bisect_left
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlib.search.arrays.strings import Strings, write_strings

TEXTS = ["", "a", "ab c", "मधुमेह", "\ud800", "é"]


@pytest.fixture
def strings(tmp_path: Path) -> Strings:
    write_strings(tmp_path, "texts", TEXTS)
    return Strings(tmp_path, "texts")


def test_texts_are_read_one_at_a_time(strings: Strings) -> None:
    assert [strings[place] for place in range(len(strings))] == TEXTS
    assert list(strings) == TEXTS
    with pytest.raises(IndexError):
        strings[len(TEXTS)]


@pytest.mark.parametrize(("first", "last"), [(0, 6), (1, 3), (2, 2), (4, 2), (3, 99), (9, 99)])
def test_texts_are_read_in_runs(strings: Strings, first: int, last: int) -> None:
    assert strings[first:last] == TEXTS[first:last]


def test_no_texts_at_all(tmp_path: Path) -> None:
    write_strings(tmp_path, "none", ())
    assert list(Strings(tmp_path, "none")) == []


@given(texts=st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=("Cs",)))), wanted=st.text())
def test_sorted_texts_can_be_searched_in_halves(
    texts: list[str], wanted: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    directory = tmp_path_factory.mktemp("strings")
    write_strings(directory, "texts", sorted(texts))
    assert bisect_left(Strings(directory, "texts"), wanted) == bisect_left(sorted(texts), wanted)
