"""Pages whose review is long overdue come after pages that match as well, and the day decides, not the build."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from healthlib.content.model import OVERDUE_DAYS
from healthlib.search.generation.build import build
from healthlib.search.generation.generation import Generation
from healthlib.search.generation.layout import Layout
from healthlib.search.query import read_query
from healthlib.search.ranking import Ranked, order
from healthlib.search.results import Sort
from healthlib.search.searcher import Parts, Searcher
from samples import condition, write_library

# A day before that of the other pages of the tiny library.
DUE = date(2028, 2, 19)
LATE = DUE + timedelta(OVERDUE_DAYS + 1)
TEXT = (
    "## What it is {#what-it-is}\n\nThe quagga tremor is a kind of shaking. [@agency]\n\n"
    "## Symptoms {#symptoms}\n\nYour hands shake.\n\n## Treatments {#treatments}\n\nThere are medicines.\n"
)
FIRST, SECOND = "/conditions/tremor-alpha/", "/conditions/tremor-beta/"


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    """Two pages that match alike, the first of which is due for review earlier."""
    root: Path = tmp_path_factory.mktemp("overdue")
    pages = (
        condition("tremor-alpha", TEXT, name="tremor alpha", aliases=[], codes={}, review_due=DUE),
        condition("tremor-beta", TEXT, name="tremor beta", aliases=[], codes={}),
    )
    layout = Layout(root / "index")
    name = build(write_library(root, *pages), layout, 2).name
    with Generation.open(layout.path(name)) as opened:
        yield opened


def ranking(generation: Generation, raw: str, today: date) -> list[str]:
    own = generation.searcher
    parts = Parts(own.store, own.index, own.facets, own.meaning, own.language, own.answers, own.searches)
    return Searcher(parts, lambda: today).ranking(read_query(raw), 10)


@pytest.mark.parametrize(
    ("today", "order"),
    [(DUE, [FIRST, SECOND]), (LATE - timedelta(1), [FIRST, SECOND]), (LATE, [SECOND, FIRST])],
)
def test_an_overdue_page_comes_after_its_equal(generation: Generation, today: date, order: list[str]) -> None:
    assert ranking(generation, "quagga", today)[:2] == order


def test_an_overdue_page_keeps_its_tier(generation: Generation) -> None:
    assert ranking(generation, "tremor alpha", LATE)[0] == FIRST
    assert set(ranking(generation, "quagga", LATE)) >= {FIRST, SECOND}


def test_pages_that_nobody_signs_are_never_overdue(generation: Generation) -> None:
    assert ranking(generation, "editors", date(2099, 1, 1))[0] == "/about/people/editors/"


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("first", [0, 1, 3, 1000])
def test_the_head_of_an_order_is_that_of_the_whole(generation: Generation, sort: Sort, first: int) -> None:
    index = generation.searcher.index
    count = len(index.page_docs)
    scores = np.round(np.random.default_rng(3).random(count), 1)
    tiers = np.arange(count, dtype=np.int8) % 3
    ranked = Ranked(np.arange(count), tiers, scores, np.ones((1, count), np.bool_))
    among = np.arange(0, count, 2)
    whole = [place for place in order(index, ranked, sort).tolist() if place % 2 == 0]
    assert order(index, ranked, sort, among).tolist() == whole
    assert order(index, ranked, sort, among, first).tolist()[:first] == whole[:first]
