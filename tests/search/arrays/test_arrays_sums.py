"""Lists of words over several fields against what Whoosh scores, on several segments."""

import random
from pathlib import Path

import numpy as np
import pytest
from whoosh import query as engine

from engines import Engines, make_engines
from healthlib.search.arrays.evaluate import Evaluator
from healthlib.search.arrays.sums import Sums, write_sums
from healthlib.search.schema import Weight
from healthlib.search.words import make_word

WEIGHTS = (Weight("title", 2.0, ""), Weight("body", 1.0, ""))
WORDS = ("pain", "heart", "blood", "gout", "unknown")


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Engines:
    chance = random.Random(5)
    segments = [
        [{"title": chance.choice(WORDS[:4]), "body": " ".join(chance.choices(WORDS[:3], k=5))} for _ in range(40)]
        for _ in range(3)
    ]
    return make_engines(tmp_path_factory.mktemp("sums") / "index", *segments)


@pytest.fixture(scope="module")
def sums(engines: Engines, tmp_path_factory: pytest.TempPathFactory) -> Sums:
    directory = tmp_path_factory.mktemp("sums") / "sums"
    boosts = {weight.field: weight.boost for weight in WEIGHTS}
    write_sums(directory, engines.postings, boosts, np.arange(engines.postings.documents))
    return Sums(directory)


@pytest.mark.parametrize("together", [engine.Or, engine.And])
@pytest.mark.parametrize(
    "words", [("pain",), ("gout",), ("pain", "gout"), ("heart", "blood", "pain"), ("unknown", "gout")]
)
def test_words_score_as_their_fields_do(
    engines: Engines, sums: Sums, together: type[engine.Query], words: tuple[str, ...]
) -> None:
    tree = together([make_word(word, "any", WEIGHTS) for word in words])
    theirs = engines.whoosh.evaluate(tree)
    for ours in (Evaluator(engines.postings, {"any": sums}), engines.arrays):
        found = ours.evaluate(tree)
        np.testing.assert_array_equal(found.docs, theirs.docs)
        np.testing.assert_allclose(found.scores, theirs.scores, rtol=1e-5)


def test_numbers_stand_for_documents(engines: Engines, sums: Sums, tmp_path: Path) -> None:
    places = np.cumsum(np.ones(engines.postings.documents, np.intp)) + 6
    write_sums(tmp_path / "other", engines.postings, {"title": 2.0, "body": 1.0}, places)
    other = Sums(tmp_path / "other", np.arange(-7, engines.postings.documents, dtype=np.int32))
    word, own = other.find("gout"), sums.find("gout")
    assert word is not None
    assert own is not None
    assert (
        (other.part(word).docs - 7).tolist() == other.of_docs(word, 1.0).docs.tolist() == sums.part(own).docs.tolist()
    )
    assert other.part(word).impacts.tolist() == sums.part(own).impacts.tolist()


def test_some_documents_have_words_together(sums: Sums) -> None:
    assert sums.together(["pain", "heart"])
    assert not sums.together(["pain", "unknown"])
    assert sums.find("\ud800") is None
