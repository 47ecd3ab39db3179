from pathlib import Path

import pytest

from healthlib.search.lookup import Lookup, LookupFiles, write_lookups

FIRST = {"heart attack": ["myocardial infarction"], "मधुमेह": ["diabetes", "sugar"], "": [""]}
SECOND = {"heart attack": "emergency"}


@pytest.fixture
def files(tmp_path: Path) -> LookupFiles:
    write_lookups(tmp_path / "tables", (FIRST, SECOND, {}))
    return LookupFiles(tmp_path / "tables")


def test_each_table_has_its_own_entries(files: LookupFiles) -> None:
    first: Lookup[tuple[str, ...]] = files.table(0, tuple)
    assert first == {key: tuple(values) for key, values in FIRST.items()}
    assert files.table(1, str) == SECOND
    assert files.table(2, str) == {}


def test_what_is_not_there(files: LookupFiles) -> None:
    table = files.table(1, str)
    assert "heart" not in table
    assert 1 not in table
    assert table.get("heart") is None
    assert table.get("heart", "default") == "default"
    assert "\ud800" not in table
    with pytest.raises(KeyError):
        table["heart"]


def test_a_value_is_made_as_the_table_says(files: LookupFiles) -> None:
    table = files.table(0, len)
    assert table["मधुमेह"] == table.get("मधुमेह") == 2
    assert "heart attack" in table
