"""What the measured figures should be; every run says which goals it met."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from bench.timing import Spread


class Rival(NamedTuple):
    """A goal beside another engine: its time is at least so many times ours.

    Attributes:
        task: what is asked.
        engine: the other one.
        percentile: which figure of both.
        times: the least ratio; below 1 we may take longer than it.
    """

    task: str
    engine: str
    percentile: str
    times: float


RIVALS = (
    Rival("OR + count", "SQLite FTS5", "p50", 4.0),
    Rival("OR + 3 facets", "SQLite FTS5", "p50", 10.0),
    Rival("AND + count", "SQLite FTS5", "p50", 1 / 1.3),
    Rival("OR + count", "tantivy", "p50", 1 / 2),
    Rival("AND + count", "tantivy", "p50", 1 / 3),
    Rival("OR + 3 facets", "tantivy", "p95", 1.0),
)
# For a number of pages the most milliseconds of CPU time that 99 of 100 searches may take, hits left out.
SEARCH_P99 = {16_411: 3.0, 50_000: 5.0}
# A search of twice as many pages may take twice as long, and as much more as runs differ by chance.
_CHANCE = 1.1


def beside_rivals(ours: str, spreads: Mapping[str, Mapping[str, Spread]]) -> Iterator[str]:
    """Yield a line for each goal whose engine took part.

    Args:
        ours: our name among the engines.
        spreads: by task and engine.
    """
    for task, engine, percentile, times in RIVALS:
        of_task = spreads.get(task, {})
        if engine in of_task:
            ratio = getattr(of_task[engine], percentile) / getattr(of_task[ours], percentile)
            wanted = f"goal: {task}, {percentile}: {engine} takes at least {times:.2f} times as long as ours"
            yield f"{wanted}: {ratio:.2f}, {_verdict(ratio >= times)}"


def of_search(p99: Sequence[tuple[int, float]]) -> Iterator[str]:
    """Yield a line for each goal of whole searches.

    Args:
        p99: numbers of pages, ascending, and the milliseconds of each.
    """
    for pages, taken in p99:
        if pages in SEARCH_P99:
            most = SEARCH_P99[pages]
            yield f"goal: without hits, p99, {pages:,} pages: at most {most} ms: {taken:.2f}, {_verdict(taken <= most)}"
    for (fewer, less), (pages, taken) in pairwise(p99):
        growth, allowed = taken / less, pages / fewer * _CHANCE
        wanted = f"goal: without hits, p99, {fewer:,} to {pages:,} pages: at most {allowed:.2f} times as long"
        yield f"{wanted}: {growth:.2f}, {_verdict(growth <= allowed)}"


def equality(asked: int, equal: Mapping[str, int], where: str) -> str:
    """Return the line that says on how many queries our answers are Whoosh's.

    Args:
        asked: how many queries there were.
        equal: for each task how many answers are the same.
        where: what was searched.
    """
    counts = ", ".join(f"{task} {same} of {asked}" for task, same in equal.items())
    return f"goal: equal to Whoosh's exhaustive scoring, {where}: {counts}, {_verdict(min(equal.values()) == asked)}"


def _verdict(met: bool) -> str:
    return "met" if met else "missed"
