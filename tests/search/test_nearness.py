import numpy as np
import pytest

from healthlib.search.meaning import Vector
from healthlib.search.nearness import nearest


@pytest.fixture
def pages() -> Vector:
    vectors = np.random.default_rng(3).standard_normal((40, 8)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_the_nearest_pages_are_those_with_the_largest_cosines(pages: Vector) -> None:
    cosines = pages @ pages.T
    for row, near in enumerate(nearest(pages, count=5)):
        others = sorted((c for place, c in enumerate(cosines[row]) if place != row), reverse=True)
        assert sorted(near.values(), reverse=True) == pytest.approx(others[:5], abs=1e-6)
        assert all(cosines[row][place] == pytest.approx(cosine, abs=1e-6) for place, cosine in near.items())


@pytest.mark.parametrize("cells", [1, 41, 100, 1600, 10**9])
def test_blocks_change_nothing(pages: Vector, cells: int) -> None:
    whole, blocks = list(nearest(pages, count=7)), list(nearest(pages, count=7, cells=cells))
    assert [set(near) for near in blocks] == [set(near) for near in whole]


def test_a_page_is_not_near_itself_and_the_opposite_is_not_near() -> None:
    pages = np.array([[1, 0], [-1, 0], [0, 1]], np.float32)
    assert list(nearest(pages)) == [{}, {}, {}]


def test_an_empty_library_has_no_neighbours() -> None:
    assert list(nearest(np.zeros((0, 1), np.float32))) == []
    assert list(nearest(np.zeros((2, 1), np.float32))) == [{}, {}]
