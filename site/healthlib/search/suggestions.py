"""Suggestions while a reader types: names of pages that have the typed letters at the start of one of their words."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from healthlib.content.pagetypes import PageType
from healthlib.search.analysis import name_key
from healthlib.search.arrays.files import mapped
from healthlib.search.arrays.strings import Strings, write_strings

LIMIT = 8
MIN_LETTERS = 2
MAX_LETTERS = 60
# From this length on, letters that no name starts with are taken for a misspelling.
TYPO_LETTERS = 4
# Names looked at for one prefix; two letters can start hundreds.
_LOOKED_AT = 300
_TYPES = tuple(PageType)


@dataclass(frozen=True)
class Name:
    """A name of a page: `see` is the page's title where that is another name."""

    text: str
    see: str
    url: str
    type: PageType


class Suggester:
    """Finds names by prefix; immutable, so threads may share it."""

    def __init__(self, directory: Path) -> None:
        """Map what `write_suggester` wrote.

        Raises:
            OSError: when a file is missing.
        """
        self._texts, self._sees, self._urls = (Strings(directory, name) for name in ("texts", "sees", "urls"))
        self._types = mapped(directory / "types.npy").data
        self._starts = Strings(directory, "starts")
        self._places = mapped(directory / "places.npy").data

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
        first = bisect_left(self._starts, key)
        matching = enumerate(self._starts[first : first + _LOOKED_AT], first)
        return [self._name(row) for row, start in matching if start.startswith(key)]

    def _starting_alike(self, key: str) -> list[Name]:
        """Return names whose start is one slip (OSA) from what was typed; the first letter is taken as meant."""
        first, end = (bisect_left(self._starts, bound) for bound in (key[0], chr(ord(key[0]) + 1)))
        starts = [start[: len(key)] for start in self._starts[first:end]]
        near = process.extract(key, starts, scorer=OSA.distance, score_cutoff=1, limit=None)
        return [self._name(first + row) for row in sorted(row for _, _, row in near)]

    def _name(self, row: int) -> Name:
        """Return the name that one of the starts belongs to."""
        place = self._places[row]
        return Name(self._texts[place], self._sees[place], self._urls[place], _TYPES[self._types[place]])


def write_suggester(directory: Path, names: Iterable[Name]) -> None:
    """Write the names, and where each of their words begins in alphabetical order, into a new directory."""
    directory.mkdir()
    names = tuple(names)
    write_strings(directory, "texts", (name.text for name in names))
    write_strings(directory, "sees", (name.see for name in names))
    write_strings(directory, "urls", (name.url for name in names))
    np.save(directory / "types.npy", np.array([name.type.rank for name in names], np.int8))
    starts = sorted((key, place) for place, name in enumerate(names) for key in _starts(name_key(name.text)))
    write_strings(directory, "starts", (key for key, _ in starts))
    np.save(directory / "places.npy", np.array([place for _, place in starts], np.int32))


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
