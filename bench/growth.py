"""Builds a generation of any size, opens it as a worker does, and says what each of these costs.

Both are done in a process of their own, so that memory is theirs alone.
"""

import multiprocessing
import os
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from bench.corpus import grown, read_medquad
from bench.library import entries, write_pages
from bench.timing import Spread
from healthlib.config import ROOT
from healthlib.content.publish.rendering import render_pages
from healthlib.content.vocabulary import load_vocabulary
from healthlib.search.generation.generation import Generation
from healthlib.search.generation.manifest import MEANING, STORE, write_manifest
from healthlib.search.generation.parts import write_parts
from healthlib.search.meaning import Meaning, Vector
from healthlib.search.nearness import NEAREST, nearest
from healthlib.search.query import read_query
from healthlib.search.results import Options

_MB = 2**20
# Pages whose true neighbours are looked up.
_SAMPLED = 1000


@dataclass(frozen=True)
class Built:
    """What building took.

    Attributes:
        pages, documents: how many there are.
        seconds: CPU time of each step, by its name, in order.
        peak_mb: the most memory that the process had, the pages to build from included.
        index_mb: the size of the generation.
        neighbours: which part of the pages that are truly nearest to each is found, over a sample of pages.
    """

    pages: int
    documents: int
    seconds: dict[str, float]
    peak_mb: float
    index_mb: float
    neighbours: float = 1.0

    @property
    def pages_per_second(self) -> float:
        """Pages per second of CPU time."""
        return self.pages / sum(self.seconds.values())

    def named(self) -> dict[str, Any]:
        """Return all figures by name."""
        return asdict(self) | {"pages_per_second": self.pages_per_second}


@dataclass(frozen=True)
class Served:
    """What a worker takes.

    Attributes:
        pages: how many there are.
        open_ms: CPU time until the generation is open.
        first_ms: CPU time of the first search, which reads what was not read when it was opened.
        private_mb: memory of the worker's own, opened and used, beyond what it had before it opened anything.
        search: CPU milliseconds of whole searches.
        without_hits: of the same without the hits, whose time is that of their texts and not of the library.
        suggest: of whole suggestions.
    """

    pages: int
    open_ms: float
    first_ms: float
    private_mb: float
    search: Spread
    without_hits: Spread
    suggest: Spread

    def named(self) -> dict[str, Any]:
        """Return all figures by name."""
        return asdict(self)


def in_a_process(task: Callable[..., Any], *values: object) -> Any:
    """Return what a task gives that runs in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(task, values)


def build_generation(corpus: Path, pages: int, directory: Path) -> Built:
    """Build a generation of so many answers in a new directory."""
    directory.mkdir()
    seconds: dict[str, float] = {}
    clock = _Clock(seconds)
    library = write_pages(entries(islice(grown(read_medquad(corpus), pages), pages)), directory / STORE)
    clock("pages and store")
    documents = write_parts(library, load_vocabulary(ROOT / "content" / "vocabulary"), directory, clock)
    render_pages(directory / STORE)
    clock("finished HTML")
    manifest = write_manifest(directory, "", len(library.pages), documents)
    clock("manifest")
    return Built(
        manifest.pages,
        documents,
        seconds,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        sum(entry.size for entry in manifest.files.values()) / _MB,
        _neighbours(Meaning.load(directory / MEANING).page_vectors),
    )


def _neighbours(pages: Vector) -> float:
    """Return which part of the truly nearest pages `nearest` finds; for a small library it is all of them."""
    sample = set(np.random.default_rng(0).choice(len(pages), min(_SAMPLED, len(pages)), replace=False).tolist())
    found = true = 0
    for page, (near, _) in enumerate(nearest(pages)):
        if page in sample:
            cosines = pages @ pages[page]
            cosines[page] = 0
            best = np.argsort(-cosines, kind="stable")[:NEAREST]
            own = set(best[cosines[best] > 0].tolist())
            found, true = found + len(own & set(near.tolist())), true + len(own)
    return found / max(true, 1)


class _Clock:
    """Notes the CPU time since it was last called."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self._seconds = seconds
        self._last = time.process_time()

    def __call__(self, step: str) -> None:
        now = time.process_time()
        self._seconds[step] = now - self._last
        self._last = now


def serve(directory: Path, typed: Sequence[str], rounds: int) -> Served:
    """Open a generation as a worker does and search it."""
    before = _private_mb()
    start = time.process_time_ns()
    with Generation.open(directory) as generation:
        opened = time.process_time_ns()
        searcher = generation.searcher
        searcher.search(read_query(typed[0]), Options())
        first = time.process_time_ns()
        search = _spread(lambda text: searcher.search(read_query(text), Options()), typed, rounds)
        without_hits = _spread(lambda text: searcher.search(read_query(text), Options(per_page=0)), typed, rounds)
        suggest = _spread(lambda text: searcher.suggest(text[:6]), typed, rounds)
        used = _private_mb() - before
        return Served(
            generation.store.pages, (opened - start) / 1e6, (first - opened) / 1e6, used, search, without_hits, suggest
        )


def _spread(operation: Callable[[str], object], typed: Sequence[str], rounds: int) -> Spread:
    """Return the spread over all inputs of the least time of some rounds, all threads counted."""
    taken = np.zeros((rounds, len(typed)))
    for turn in range(rounds):
        for place, text in enumerate(typed):
            start = time.process_time_ns()
            operation(text)
            taken[turn, place] = time.process_time_ns() - start
    return Spread(*np.percentile(taken.min(axis=0) / 1e6, (50, 95, 99)))


def _private_mb() -> float:
    """Return the memory of this process that it has written to and shares with none."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty:")) / 1024


@contextmanager
def one_thread() -> Iterator[None]:
    """Have the processes that are started here calculate in one thread, as a worker of the site does."""
    before = os.environ.get("OPENBLAS_NUM_THREADS")
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["OPENBLAS_NUM_THREADS"]
        else:
            os.environ["OPENBLAS_NUM_THREADS"] = before
