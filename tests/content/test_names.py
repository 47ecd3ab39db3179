import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from healthlib.content.names import fold, slugify


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kesimpta", "kesimpta"),
        ("Crohn’s  Déjà", "crohn's deja"),
        ("  two\twords\n", "two words"),
        ("ŁÓDŹ", "łodz"),
        ("Straße", "strasse"),
        ("ﬁbre", "fibre"),
        ("Ｅｃｏ", "eco"),
        ("हिन्दी", "हिन्दी"),
        ("", ""),
    ],
)
def test_folding(text: str, expected: str) -> None:
    assert fold(text) == expected


def test_devanagari_vowel_signs_are_kept() -> None:
    assert fold("की") != fold("का") != fold("क")


def test_composed_and_decomposed_letters_fold_alike() -> None:
    assert fold("e\u0301cole") == fold("\u00e9cole") == "ecole"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plan B One-Step", "plan-b-one-step"),
        ("Kesimpta®", "kesimpta"),
        ("a_b", "a-b"),
        ("--a--", "a"),
        ("Écofén 2%", "ecofen-2"),
        ("!?", ""),
    ],
)
def test_slugs(text: str, expected: str) -> None:
    assert slugify(text) == expected


@given(st.text())
@example("İ")
@example("ẞ")
@example("¨")
@example("ᾳ")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
@example("İ")
@example("क्षि")
def test_slugifying_twice_changes_nothing(text: str) -> None:
    assert slugify(slugify(text)) == slugify(text)


@given(st.text())
def test_folded_text_has_single_spaces_and_none_at_the_ends(text: str) -> None:
    assert fold(text) == " ".join(fold(text).split())


@given(st.text())
def test_case_and_spaces_make_no_difference(text: str) -> None:
    assert fold(f"  {text} ") == fold(text)


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_a_latin_slug_is_fit_for_an_address(text: str) -> None:
    assert re.fullmatch(r"(?:[^\W_]+(?:-[^\W_]+)*)?", slugify(text))
