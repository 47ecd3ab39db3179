from hypothesis import given
from hypothesis import strategies as st

from healthlib.search.analysis import StemAnalyzer, stem, words
from healthlib.search.positions import PlainPositions


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_positions_come_back(positions: list[int]) -> None:
    plain = PlainPositions()
    assert plain.decode_positions(plain.encode(positions)) == positions
    assert plain.decode_frequency(plain.encode(positions)) == len(positions)


@given(st.text())
def test_stems_are_those_of_the_words(text: str) -> None:
    assert list(StemAnalyzer().stems(text)) == [stem(word.text) for word in words(text)]


def test_each_stem_is_given_once_with_its_places() -> None:
    found = {
        stem: (frequency, weight, PlainPositions().decode_positions(value))
        for stem, frequency, weight, value in PlainPositions().word_values(
            "Pain, pains and heart's pain", StemAnalyzer()
        )
    }
    assert found == {"pain": (3, 3.0, [0, 1, 4]), "and": (1, 1.0, [2]), "heart": (1, 1.0, [3])}
