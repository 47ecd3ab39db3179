"""Suggestions while a reader types: names of pages that have the typed letters at the start of one of their words."""

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from rapidfuzz.distance import OSA

from healthlib.content.pagetypes import PageType
from healthlib.search.analysis import name_key

LIMIT = 8
MIN_LETTERS = 2
MAX_LETTERS = 60
# From this length on, letters that no name starts with are taken for a misspelling.
TYPO_LETTERS = 4
# Names looked at for one prefix; two letters can start hundreds.
_LOOKED_AT = 300


@dataclass(frozen=True)
class Name:
    """A name of a page: `see` is the page's title where that is another name."""

    text: str
    see: str
    url: str
    type: PageType


class Suggester:
    """Finds names by prefix; immutable, so threads may share it."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._names = tuple(names)
        starts = ((key, place) for place, name in enumerate(self._names) for key in _starts(name_key(name.text)))
        self._starts = sorted(starts)

    def save(self, path: Path) -> None:
        """Write the names as JSON."""
        rows = [(name.text, name.see, name.url, name.type.value) for name in self._names]
        path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "Suggester":
        """Read what `save` wrote.

        Raises:
            OSError: when the file is missing.
        """
        rows = json.loads(path.read_text(encoding="utf-8"))
        return cls(Name(text, see, url, PageType(page_type)) for text, see, url, page_type in rows)

    def suggest(self, typed: str) -> list[Name]:
        """Return at most eight names, grouped by type; where no name starts as typed, those that start alike."""
        key = name_key(typed[:MAX_LETTERS])
        if len(key) < MIN_LETTERS:
            return []
        found = self._starting_with(key)
        if not found and len(key) >= TYPO_LETTERS:
            found = self._starting_alike(key)
        return _best(found, key)

    def _starting_with(self, key: str) -> list[Name]:
        first = bisect_left(self._starts, (key, -1))
        matching = islice(self._starts, first, first + _LOOKED_AT)
        return [self._names[place] for start, place in matching if start.startswith(key)]

    def _starting_alike(self, key: str) -> list[Name]:
        """Return names whose start is one slip (OSA) from what was typed; the first letter is taken as meant."""
        first, end = (bisect_left(self._starts, (bound, -1)) for bound in (key[0], chr(ord(key[0]) + 1)))
        return [
            self._names[place]
            for start, place in self._starts[first:end]
            if OSA.distance(start[: len(key)], key, score_cutoff=1) <= 1
        ]


def _starts(key: str) -> Iterator[str]:
    """Yield a name from each of its words on: "plan b one step", "b one step", ..."""
    words = key.split()
    return (" ".join(words[place:]) for place in range(len(words)))


def _best(found: Iterable[Name], key: str) -> list[Name]:
    """Return the best name of each page: names that begin as typed first, short ones first; then grouped by type."""
    ranked = sorted(found, key=lambda name: (not name_key(name.text).startswith(key), len(name.text), name.text))
    of_page: dict[str, Name] = {}
    for name in ranked:
        of_page.setdefault(name.url, name)
    return sorted(islice(of_page.values(), LIMIT), key=lambda name: name.type.rank)
