from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlib.search.arrays.terms import TermTable, key_of, write_terms

KEYS = sorted(key_of(field, text.encode()) for field in (0, 1) for text in ("", "a", "ab", "abc", "b", "é", "दर्द"))


@pytest.fixture
def table(tmp_path: Path) -> TermTable:
    write_terms(tmp_path, KEYS)
    return TermTable(tmp_path)


def test_every_key_is_found_at_its_place(table: TermTable) -> None:
    assert [table.find(key) for key in KEYS] == list(range(len(KEYS)))
    assert [table.key(place) for place in range(len(table))] == KEYS


@given(st.binary(max_size=4))
def test_nothing_else_is_found(tmp_path_factory: pytest.TempPathFactory, key: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "terms"
    if not path.exists():
        path.mkdir()
        write_terms(path, KEYS)
    assert (TermTable(path).find(key) is not None) == (key in KEYS)


@pytest.mark.parametrize(("field", "prefix"), [(0, ""), (0, "a"), (1, "ab"), (1, "द"), (0, "z"), (2, "")])
def test_terms_with_the_same_beginning_stand_together(table: TermTable, field: int, prefix: str) -> None:
    wanted = key_of(field, prefix.encode())
    assert [KEYS[place] for place in table.starting(wanted)] == [key for key in KEYS if key.startswith(wanted)]


def test_a_table_may_be_empty(tmp_path: Path) -> None:
    write_terms(tmp_path, [])
    table = TermTable(tmp_path)
    assert (table.find(b"\0a"), len(table.starting(b"\0"))) == (None, 0)
