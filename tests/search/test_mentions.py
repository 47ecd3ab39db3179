import pytest

from healthlib.search.lexicon import Lexicon, Texts
from healthlib.search.mentions import find_mentions, names_in
from samples import article, condition, library

NAMES = {
    "conditions/stroke": ["stroke"],
    "conditions/heart-attack": ["heart attack", "myocardial infarction", "heart attack of a kind"],
    "side-effects/flu": ["flu"],
    "conditions/long": ["a name of far too many words"],
}


def found_in(*pages: list[tuple[str, ...]]) -> list[frozenset[str]]:
    """Return what is named on each page, whose texts are in pieces."""
    texts = Texts(Lexicon())
    for page in pages:
        texts.add(page)
    return list(find_mentions(NAMES, [f"articles/{number}" for number in range(len(pages))], texts).values())


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
    assert found_in([(text,)]) == [found]


def test_a_name_does_not_reach_from_one_text_into_the_next() -> None:
    assert found_in([("my heart",), ("attack",)]) == [frozenset()]
    assert found_in([("my heart", "attack")]) == [{"conditions/heart-attack"}]


def test_pages_keep_what_is_theirs() -> None:
    assert found_in([("a stroke",)], [], [("a flu",), ("heart",)], [("attack of a stroke",)]) == [
        {"conditions/stroke"},
        frozenset(),
        frozenset(),
        {"conditions/stroke"},
    ]
    assert found_in() == []


def test_without_names_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.NAMES", {})
    assert found_in([("a stroke",)]) == [frozenset()]


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
