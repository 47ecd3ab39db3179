"""The command that measures corrections, on lists of a few lines."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from healthlib.cli.misspellings import BRANDS, LOOK_ALIKES, MISSPELLINGS, TEXTS, main, outcome
from healthlib.search.corrections import KnownName, Speller

NAMES = ("Kesimpta", "prednisone", "zorubicin", "zorubacin", "warfarin")
SPELLER = Speller.build([KnownName(name, "a medicine", 1.0) for name in NAMES], {})


@pytest.mark.parametrize(
    ("typed", "right", "found"),
    [
        ("kesympta", "kesimpta", "applied right"),
        ("kesympta", "warfarin", "applied wrong"),
        ("zorubecin", "zorubacin", "asked, right first"),
        ("zorubecin", "zorubicin", "asked, another first"),
        ("qqqqqqqq", "warfarin", "nothing found"),
        ("prednisone", "warfarin", "typed word is in the texts"),
    ],
)
def test_what_becomes_of_a_misspelling(typed: str, right: str, found: str) -> None:
    assert outcome(SPELLER, typed, right) == found


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for path in (MISSPELLINGS, LOOK_ALIKES, TEXTS, BRANDS):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / MISSPELLINGS).write_text("misspelling\tcorrect\nkesympta\tkesimpta\nqqqqqqqq\twarfarin\n", "utf-8")
    (tmp_path / LOOK_ALIKES).write_text("drug1,drug2\nzorubicin,zorubacin\n", "utf-8")
    (tmp_path / BRANDS).write_text("drug_name\tactive_ingredients\nZORUBIX\tZORUBICIN; ZORUBACIN\n", "utf-8")
    page = {"focus": "Zorubiosis", "qa": [{"question": "What is it?", "answer": "A disease."}]}
    with gzip.open(tmp_path / TEXTS, "wt", encoding="utf-8") as file:
        file.write(json.dumps(page) + "\n")
    return tmp_path


def test_everything_is_measured(data: Path) -> None:
    result = CliRunner().invoke(main, ["--data", str(data), "--wrong"])
    assert result.exit_code == 0, result.output
    assert "misspellings 2, right word in the vocabulary 2" in result.output
    assert "applied or offered first: 1 (50.0%)" in result.output
    assert "qqqqqqqq -> warfarin: nothing found ()" in result.output
    assert "look-alike names 2, all words in the vocabulary 2, rewritten 0" in result.output
    assert "one word: median" in result.output


def test_without_the_lists_it_says_so(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["--data", str(tmp_path)])
    assert result.exit_code == 0
    assert "not on this machine" in result.output
