from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlib.search.arrays.matches import Matches, Part, best, look_up, union

# Quarters add up exactly, in any order.
lists = st.dictionaries(st.integers(0, 300), st.integers(1, 16).map(lambda quarter: quarter / 4), max_size=60)


def parts_of(postings: Sequence[dict[int, float]]) -> list[Part]:
    return [
        Part(np.array(sorted(own), np.int32), np.array([own[doc] for doc in sorted(own)], np.float32), 2.0)
        for own in postings
    ]


def totals(postings: Sequence[dict[int, float]]) -> dict[int, float]:
    return {doc: sum(2 * own.get(doc, 0) for own in postings) for doc in set().union(*postings)}


# An index in which the lists fill much, and one in which they fill next to nothing, are added up in different ways.
@pytest.mark.parametrize("documents", [301, 100_000])
@given(postings=st.lists(lists, max_size=4))
def test_union_adds_up(documents: int, postings: list[dict[int, float]]) -> None:
    found = union(parts_of(postings), documents)
    assert dict(zip(found.docs.tolist(), found.scores.tolist(), strict=True)) == totals(postings)
    assert sorted(found.docs.tolist()) == found.docs.tolist()


@pytest.mark.parametrize("documents", [301, 100_000])
@given(postings=st.lists(lists, max_size=4), docs=st.sets(st.integers(0, 300)))
def test_look_up_gives_nothing_where_no_part_has_the_document(
    documents: int, postings: list[dict[int, float]], docs: set[int]
) -> None:
    wanted = np.array(sorted(docs), np.int32)
    found = look_up(parts_of(postings), wanted, documents)
    assert found.tolist() == [totals(postings).get(doc, 0) for doc in wanted.tolist()]


@given(scores=st.lists(st.integers(1, 5).map(float)), count=st.integers(1, 12))
def test_the_best_are_those_of_a_whole_sort(scores: list[float], count: int) -> None:
    docs = np.arange(len(scores), dtype=np.int32) * 3
    found = best(Matches(docs, np.array(scores)), count)
    expected = sorted(zip(docs.tolist(), scores, strict=True), key=lambda pair: (-pair[1], pair[0]))[:count]
    assert list(zip(found.docs.tolist(), found.scores.tolist(), strict=True)) == expected
