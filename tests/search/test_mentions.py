import pytest

from healthlib.search.mentions import Mentions, names_in
from samples import article, condition, library

MENTIONS = Mentions(
    {
        "conditions/stroke": ["stroke"],
        "conditions/heart-attack": ["heart attack", "myocardial infarction"],
        "side-effects/flu": ["flu"],
        "conditions/long": ["a name of far too many words"],
    }
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It lowers the risk of STROKES.", {"conditions/stroke"}),
        ("After a heart attack, or a stroke", {"conditions/heart-attack", "conditions/stroke"}),
        ("Myocardial infarction", {"conditions/heart-attack"}),
        ("a heart, and an attack", set()),
        ("flu", set()),
        ("a name of far too many words", set()),
        ("", set()),
    ],
)
def test_names_are_found_as_whole_words_in_any_number(text: str, found: set[str]) -> None:
    assert MENTIONS.of([text]) == found


def test_a_name_does_not_reach_from_one_text_into_the_next() -> None:
    assert MENTIONS.of(["my heart", "attack"]) == frozenset()


def test_names_of_medicines_conditions_and_side_effects_are_looked_for_but_not_of_sensitive_pages() -> None:
    names = names_in(library(condition("hush", name="a secret", sensitive=True), article()))
    assert set(names) == {
        "medicines/alphamab",
        "medicines/betanol",
        "conditions/migraine",
        "side-effects/headache",
        "side-effects/hair-loss",
    }
    assert "Alphaject" in names["medicines/alphamab"]
