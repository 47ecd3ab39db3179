from bench.goals import beside_rivals, equality, of_search
from bench.timing import Spread


def test_a_goal_beside_a_rival_is_met_or_missed() -> None:
    spreads = {
        "OR + count": {"ours": Spread(1, 1, 1), "SQLite FTS5": Spread(4, 9, 9), "tantivy": Spread(0.4, 1, 1)},
        "AND + count": {"ours": Spread(1.4, 1, 1), "SQLite FTS5": Spread(1, 1, 1)},
    }
    lines = list(beside_rivals("ours", spreads))
    assert [line.rpartition(", ")[2] for line in lines] == ["met", "missed", "missed"]
    assert "SQLite FTS5 takes at least 4.00 times as long as ours: 4.00" in lines[0]


def test_searches_have_a_limit_and_may_grow_with_the_pages() -> None:
    lines = list(of_search([(16_411, 2.5), (50_000, 5.5), (200_000, 40.0)]))
    assert [line.rpartition(", ")[2] for line in lines] == ["met", "missed", "met", "missed"]


def test_equality_is_all_or_nothing() -> None:
    assert equality(40, {"OR": 40, "AND": 40}, "here").endswith("here: OR 40 of 40, AND 40 of 40, met")
    assert equality(40, {"OR": 40, "AND": 39}, "here").endswith("missed")
