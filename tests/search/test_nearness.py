import numpy as np
import pytest

from healthlib.search import nearness
from healthlib.search.meaning import Vector
from healthlib.search.nearness import nearest


def unit(vectors: np.ndarray) -> Vector:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def pages() -> Vector:
    return unit(np.random.default_rng(3).standard_normal((40, 8)))


def of(pages: Vector, count: int, **options: int) -> list[dict[int, float]]:
    found = nearest(pages, count, **options)
    return [dict(zip(near.tolist(), cosines.tolist(), strict=True)) for near, cosines in found]


def test_the_nearest_pages_are_those_with_the_largest_cosines(pages: Vector) -> None:
    cosines = pages @ pages.T
    for row, near in enumerate(of(pages, 5)):
        others = sorted((c for place, c in enumerate(cosines[row]) if place != row), reverse=True)
        assert sorted(near.values(), reverse=True) == pytest.approx(others[:5], abs=1e-6)
        assert all(cosines[row][place] == pytest.approx(cosine, abs=1e-6) for place, cosine in near.items())


@pytest.mark.parametrize("block", [1, 7, 40, 1000])
def test_blocks_change_nothing(pages: Vector, monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    whole = of(pages, 7)
    monkeypatch.setattr(nearness, "_BLOCK", block)
    assert [set(near) for near in of(pages, 7)] == [set(near) for near in whole]


def test_a_page_is_not_near_itself_and_the_opposite_is_not_near() -> None:
    pages = np.array([[1, 0], [-1, 0], [0, 1]], np.float32)
    assert of(pages, 60) == of(pages, 60, exact=0) == [{}, {}, {}]


def test_an_empty_library_has_no_neighbours() -> None:
    assert of(np.zeros((0, 1), np.float32), 60) == []
    assert of(np.zeros((2, 1), np.float32), 60) == [{}, {}]


def test_in_a_large_library_nearly_all_neighbours_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    # Subjects of some ten pages each, some of them close to one another, as in a library.
    random = np.random.default_rng(5)
    areas = random.standard_normal((30, 24))
    subjects = areas[random.integers(0, 30, 300)] + 0.6 * random.standard_normal((300, 24))
    pages = unit(subjects[random.integers(0, 300, 3000)] + 0.3 * random.standard_normal((3000, 24)))
    monkeypatch.setattr(nearness, "_GROUP", 32)
    every, found = of(pages, 60), of(pages, 60, exact=0)
    kept = sum(len(set(near) & set(true)) for near, true in zip(found, every, strict=True))
    assert 0.95 < kept / sum(map(len, every)) < 1
    cosines = pages @ pages.T
    for row, near in enumerate(found[:50]):
        assert row not in near
        assert all(cosines[row][place] == pytest.approx(cosine, abs=1e-5) for place, cosine in near.items())
