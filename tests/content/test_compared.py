"""Two columns of a comparison are put together fairly: nothing is lost, and nobody wins."""

from hypothesis import given
from hypothesis import strategies as st

from healthlib.content.compared import Compared, ComparedEffect, effect_pairs, pair_url
from healthlib.content.published import Link

ORDERS = st.tuples(st.integers(0, 5), st.floats(-100, 0, allow_nan=False))


def product(name: str, effects: dict[str, tuple[bool, tuple[int, float]]]) -> Compared:
    return Compared(
        medicine=Link(text=name, url=f"/medicines/{name}/"),
        substance=name,
        slug=name,
        id="generic",
        name=name,
        cells={},
        effects=tuple(
            ComparedEffect(slug=slug, name=slug, serious=serious, order=order, html=f"{name} {slug}")
            for slug, (serious, order) in effects.items()
        ),
    )


EFFECTS = st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(st.booleans(), ORDERS))


@given(EFFECTS, EFFECTS)
def test_every_side_effect_of_either_is_shown_once(mine: dict[str, object], yours: dict[str, object]) -> None:
    left, right = product("left", mine), product("right", yours)  # type: ignore[arg-type]
    rows = effect_pairs(left, right)
    assert sorted(row.slug for row in rows) == sorted({*mine, *yours})
    for row in rows:
        assert row.left == (f"left {row.slug}" if row.slug in mine else None)
        assert row.right == (f"right {row.slug}" if row.slug in yours else None)
    # The order does not depend on which of the two stands first.
    assert [row.slug for row in effect_pairs(right, left)] == [row.slug for row in rows]
    assert [row.serious for row in rows] == sorted((row.serious for row in rows), reverse=True)


def test_the_most_frequent_comes_first_whoever_has_it() -> None:
    left = product("left", {"rash": (False, (1, -8.0)), "cough": (False, (5, 0.0))})
    right = product("right", {"cough": (False, (0, -20.0)), "fits": (True, (4, 0.0))})
    assert [row.slug for row in effect_pairs(left, right)] == ["fits", "cough", "rash"]


def test_a_product_under_its_own_name_is_named_once() -> None:
    own = product("warfarin", {})
    assert own.label == "warfarin"
    assert own.model_copy(update={"name": "Coumadin"}).label == "Coumadin (warfarin)"


def test_two_medicines_have_one_address() -> None:
    assert pair_url("b", "a") == pair_url("a", "b") == "/compare/a/b/"
