"""A shelf keeps what was asked for last, up to its limit."""

from hypothesis import given
from hypothesis import strategies as st

from healthlib.web.pagecache.ready import OVERHEAD, Ready
from healthlib.web.pagecache.shelf import LARGEST, Shelf

LIMIT = 20 * OVERHEAD


def of(size: int) -> Ready:
    return Ready([], b"x" * size, thorough=False)


def test_what_was_not_asked_for_longest_makes_room() -> None:
    shelf = Shelf(4 * OVERHEAD)
    for key in "abcd":
        shelf.put(key, of(0))
    shelf.get("a")
    shelf.put("e", of(0))
    assert [key for key in "abcde" if shelf.get(key)] == list("acde")


def test_what_is_too_large_is_not_kept_and_pushes_nothing_out() -> None:
    shelf = Shelf(LIMIT)
    shelf.put("small", of(10))
    shelf.put("large", of(LIMIT // LARGEST))
    assert shelf.get("large") is None
    assert shelf.get("small")


def test_what_grows_too_large_goes() -> None:
    shelf, ready = Shelf(LIMIT), of(10)
    shelf.put("a", ready)
    ready.weight += LIMIT
    shelf.put("a", ready)
    assert (len(shelf), shelf.weight) == (0, 0)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8 * OVERHEAD))))
def test_the_limit_holds_and_the_weight_is_right(put: list[tuple[int, int]]) -> None:
    shelf = Shelf(LIMIT)
    kept: dict[int, Ready] = {}
    for key, size in put:
        kept[key] = of(size)
        shelf.put(key, kept[key])
        held = [ready for key, ready in kept.items() if shelf.get(key) is ready]
        assert len(shelf) == len(held)
        assert shelf.weight == sum(ready.weight for ready in held) <= LIMIT


def test_nothing_is_left_after_clearing() -> None:
    shelf = Shelf(LIMIT)
    shelf.put("a", of(10))
    shelf.clear()
    assert (len(shelf), shelf.weight, shelf.get("a")) == (0, 0, None)
