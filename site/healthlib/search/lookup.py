"""Look-ups by phrase in files: a worker maps them and reads an entry when it is asked for.

Several tables share one set of keys, so that one look-up says that a phrase is in none of them, as most are.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

from healthlib.search.arrays.strings import Strings, write_strings
from healthlib.search.arrays.terms import TermTable, write_terms

V = TypeVar("V")

_VALUES = "values"
_NONE: Mapping[str, Any] = {}
# Entries read are kept, so many of them, in a worker's own memory.
_KEPT = 2048


def write_lookups(directory: Path, tables: Sequence[Mapping[str, Any]]) -> None:
    """Write some tables, whose values can be written as JSON, into a new directory."""
    directory.mkdir()
    rows: dict[bytes, dict[int, Any]] = {}
    for number, table in enumerate(tables):
        for key, value in table.items():
            rows.setdefault(_key(key), {})[number] = value
    write_terms(directory, sorted(rows))
    write_strings(directory, _VALUES, (json.dumps(rows[key], ensure_ascii=False) for key in sorted(rows)))


class LookupFiles:
    """The files of some tables, opened; safe to share between threads."""

    def __init__(self, directory: Path) -> None:
        """Map the files.

        Raises:
            OSError: when one is missing.
        """
        self.terms = TermTable(directory)
        self.read: Callable[[int], dict[str, Any]] = lru_cache(_KEPT)(partial(_row, Strings(directory, _VALUES)))

    def __contains__(self, key: object) -> bool:
        return self.terms.find(_key(str(key))) is not None

    def row(self, key: str) -> Mapping[str, Any]:
        """Return the values of a key by the number of their table."""
        place = self.terms.find(_key(key))
        return _NONE if place is None else self.read(place)

    def table(self, number: int, read: Callable[[Any], V]) -> "Lookup[V]":
        """Return a table.

        Args:
            number: its place among those written.
            read: makes a value of what was read from JSON.
        """
        return Lookup(self, str(number), read)


def _row(values: Strings, place: int) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(values[place])
    return row


class Lookup(Mapping[str, V]):
    """One table; safe to share between threads."""

    def __init__(self, files: LookupFiles, number: str, read: Callable[[Any], V]) -> None:
        self._files = files
        self._number = number
        self._read = read

    def __getitem__(self, key: str) -> V:
        return self._read(self._files.row(key)[self._number])

    def get(self, key: str, default: Any = None) -> Any:
        """Return a value, or the default: most phrases of a query are in no table, and raising would cost most."""
        row = self._files.row(key)
        return self._read(row[self._number]) if self._number in row else default

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._number in self._files.row(key)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __iter__(self) -> Iterator[str]:
        terms = self._files.terms
        own = (place for place in range(len(terms)) if self._number in self._files.read(place))
        return (terms.key(place).decode("utf-8", "surrogatepass") for place in own)


def _key(text: str) -> bytes:
    # A lone surrogate can be typed, but stands in no table.
    return text.encode("utf-8", "surrogatepass")
