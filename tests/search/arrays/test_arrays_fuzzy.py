import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from healthlib.search.arrays.fuzzy import within

letters = st.text("abcé", max_size=6)


def distance(one: str, other: str) -> int:
    """Return the distance as the textbook defines it, one pair at a time."""
    rows = [[max(i, j) if not (i and j) else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            changed = rows[i - 1][j - 1] + (one[i - 1] != other[j - 1])
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, changed)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[len(one)][len(other)]


@given(word=letters, terms=st.lists(letters, max_size=12), most=st.integers(0, 3))
def test_distances_are_those_of_the_textbook(word: str, terms: list[str], most: int) -> None:
    found = within(word, terms, most)
    assert found.dtype == np.bool_
    assert found.tolist() == [distance(word, term) <= most for term in terms]
