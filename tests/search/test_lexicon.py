import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlib.search import lexicon as module
from healthlib.search.analysis import raw_words, stem_of
from healthlib.search.lexicon import BREAK, Forms, Lexicon, Texts

WORDS = st.lists(st.sampled_from(["Pain", "pains", "PAIN", "नमस्ते", "heart's", "7"]), max_size=6).map(" ".join)


@given(texts=st.lists(WORDS, max_size=6))
def test_numbers_lead_back_to_stems(texts: list[str]) -> None:
    lexicon = Lexicon()
    numbers = [lexicon.numbers(text) for text in texts]
    stems = lexicon.stems()
    assert stems.texts == sorted(stems.texts)
    for text, own in zip(texts, numbers, strict=True):
        assert [stems.texts[stems.places[number]].decode() for number in own] == [*map(stem_of, raw_words(text))]


def test_stems_follow_new_words() -> None:
    lexicon = Lexicon()
    lexicon.numbers("pain")
    assert lexicon.stems() is lexicon.stems()
    lexicon.numbers("heart")
    assert lexicon.stems().texts == [b"heart", b"pain"]


def test_texts_that_are_forgotten_have_the_same_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_REMEMBERED", 1)
    lexicon = Lexicon()
    first = lexicon.numbers("pain in the heart")
    lexicon.numbers("heart")
    assert lexicon.numbers("pain in the heart") == first


def test_texts_are_parted_and_pages_are_known() -> None:
    texts = Texts(Lexicon())
    texts.add([("one", "two"), ("one",)])
    texts.add([])
    texts.add([("",)])
    assert texts.numbers.tolist() == [1, 2, BREAK, 1, BREAK, BREAK]
    assert texts.starts.tolist() == [0, 5, 5, 6]
    assert len(texts) == 3
    assert dict(texts.counts()) == {"one": 2, "two": 1}


def test_nothing_has_no_form() -> None:
    forms = Forms.of({})
    assert forms.texts == []
    np.testing.assert_array_equal(forms.places, [-1])
