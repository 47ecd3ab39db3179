"""What a build learns of names: each says what it is, so that a reader who is asked can tell them apart."""

from pathlib import Path

import pytest

from healthlib.config import ROOT
from healthlib.content.library import read_library
from healthlib.content.pagetypes import PageType
from healthlib.search.corrections import Speller
from healthlib.search.generation.build import build
from healthlib.search.generation.generation import Generation
from healthlib.search.generation.layout import Layout
from samples import product, small_medicine, write_library


def purpose_of(speller: Speller, misspelt: str) -> str:
    return speller.candidates(misspelt)[0].purpose


def test_every_medicine_with_a_page_says_what_it_is_for(generation: Generation) -> None:
    words = generation.searcher.language.speller.words
    for page in read_library(ROOT / "content")[0].live(PageType.MEDICINE):
        place = words.place(page.meta.names[0].replace(" ", "").replace("-", ""))
        assert place is not None, page.path
        assert words.entry(place).purpose not in ("", "a medicine"), page.path


def test_no_name_is_only_a_medicine(generation: Generation) -> None:
    assert "a medicine" not in generation.searcher.language.speller.words.columns.purposes


@pytest.mark.parametrize(
    ("misspelt", "purpose"),
    [
        ("rivaroxabam", "a medicine for atrial fibrillation, deep vein thrombosis or pulmonary embolism"),
        ("hydroxyzime", "a medicine for anxiety and itching"),
        ("levonorgestrol", "an emergency contraceptive, which does not end a pregnancy"),
        ("mifepristome", "the first medicine in a medical abortion"),
        ("kesympta", "a brand of ofatumumab"),
    ],
)
def test_a_candidate_says_what_it_is(generation: Generation, misspelt: str, purpose: str) -> None:
    assert purpose_of(generation.searcher.language.speller, misspelt) == purpose


def test_a_medicine_without_a_condition_page_says_its_group(tmp_path: Path) -> None:
    uses = [{"text": "To prevent a rare headache [@betanol-label]"}]
    layout = Layout(tmp_path / "index")
    pages = write_library(tmp_path, small_medicine(products=[product(indications=uses, brand="Betabrand")]))
    with Generation.open(layout.path(build(pages, layout, 2).name)) as built:
        assert purpose_of(built.searcher.language.speller, "betanal") == "a medicine of the group blockers"
        assert purpose_of(built.searcher.language.speller, "alphamap") == "a medicine for migraine"
