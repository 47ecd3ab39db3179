from pathlib import Path

import numpy as np
import pytest

from healthlib.search.lexicon import Lexicon, Texts
from healthlib.search.meaning import DIMENSIONS, Meaning

PAGES = [
    ["heart", "attack", "chest", "pain"],
    ["myocardi", "infarct", "heart", "chest"],
    ["myocardi", "infarct", "heart", "clot"],
    ["headach", "migrain", "light"],
    ["headach", "migrain", "aura"],
    ["migrain", "light", "aura"],
]


def learnt(pages: list[list[str]]) -> Meaning:
    texts = Texts(Lexicon())
    for words in pages:
        texts.add([words])
    return Meaning.learn(texts)


@pytest.fixture
def meaning() -> Meaning:
    return learnt(PAGES)


def test_pages_that_share_no_word_can_be_close(meaning: Meaning) -> None:
    direction = meaning.vector(["attack"])
    assert direction is not None
    close = meaning.similarity(direction)
    assert close[1] > max(close[3:]) + 0.2
    assert np.argmax(close) == 0


def test_lengths_are_one(meaning: Meaning) -> None:
    assert np.allclose(np.linalg.norm(meaning.page_vectors, axis=1), 1, atol=1e-5)
    direction = meaning.vector(["heart", "clot"])
    assert direction is not None
    assert np.isclose(np.linalg.norm(direction), 1)


@pytest.mark.parametrize("stems", [[], ["unknown"], ["zzz", "aaa"]])
def test_unknown_words_have_no_direction(meaning: Meaning, stems: list[str]) -> None:
    assert meaning.vector(stems) is None


def test_an_unknown_word_does_not_disturb_a_known_one(meaning: Meaning) -> None:
    assert np.array_equal(meaning.vector(["heart", "unknown"]), meaning.vector(["heart"]))


def test_learning_is_the_same_each_time(meaning: Meaning) -> None:
    assert np.array_equal(meaning.page_vectors, learnt(PAGES).page_vectors)


def test_saved_and_loaded_it_is_the_same(meaning: Meaning, tmp_path: Path) -> None:
    meaning.save(tmp_path / "meaning")
    loaded = Meaning.load(tmp_path / "meaning")
    for name in ("terms", "term_vectors", "page_vectors"):
        assert np.array_equal(getattr(loaded, name), getattr(meaning, name))


@pytest.mark.parametrize("pages", [[], [["one"]], [["one"], ["two"]], [[], []]])
def test_a_tiny_library_has_a_meaning_too(pages: list[list[str]]) -> None:
    meaning = learnt(pages)
    assert len(meaning.page_vectors) == len(pages)
    direction = meaning.vector(["one"])
    if direction is not None:
        assert meaning.similarity(direction).shape == (len(pages),)


def test_dimensions_are_bounded() -> None:
    random = np.random.default_rng(1)
    pages = [[f"w{n}" for n in random.integers(0, 2000, 30)] for _ in range(500)]
    assert learnt(pages).page_vectors.shape == (500, DIMENSIONS)
