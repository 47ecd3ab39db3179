"""Look-ups by phrase in files: a worker maps them and reads an entry when it is asked for.

Several tables share one set of keys; a key begins with the number of its table.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from healthlib.search.arrays.strings import Strings, write_strings
from healthlib.search.arrays.terms import TermTable, key_of, write_terms

V = TypeVar("V")

_VALUES = "values"


def write_lookups(directory: Path, tables: Sequence[Mapping[str, Any]]) -> None:
    """Write some tables, whose values can be written as JSON, into a new directory."""
    directory.mkdir()
    rows = sorted((_key(number, key), value) for number, table in enumerate(tables) for key, value in table.items())
    write_terms(directory, [key for key, _ in rows])
    write_strings(directory, _VALUES, (json.dumps(value, ensure_ascii=False) for _, value in rows))


class LookupFiles:
    """The files of some tables, opened."""

    def __init__(self, directory: Path) -> None:
        """Map the files.

        Raises:
            OSError: when one is missing.
        """
        self._terms = TermTable(directory)
        self._values = Strings(directory, _VALUES)

    def table(self, number: int, read: Callable[[Any], V]) -> "Lookup[V]":
        """Return a table.

        Args:
            number: its place among those written.
            read: makes a value of what was read from JSON.
        """
        return Lookup(self._terms, self._values, number, read)


class Lookup(Mapping[str, V]):
    """One table; safe to share between threads."""

    def __init__(self, terms: TermTable, values: Strings, number: int, read: Callable[[Any], V]) -> None:
        self._terms = terms
        self._values = values
        self._number = number
        self._read = read

    def __getitem__(self, key: str) -> V:
        place = self._terms.find(_key(self._number, key))
        if place is None:
            raise KeyError(key)
        return self._read(json.loads(self._values[place]))

    def get(self, key: str, default: Any = None) -> Any:
        """Return a value, or the default: most phrases of a query are in no table, and raising would cost most."""
        place = self._terms.find(_key(self._number, key))
        return default if place is None else self._read(json.loads(self._values[place]))

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._terms.find(_key(self._number, key)) is not None

    def __len__(self) -> int:
        return len(self._own())

    def __iter__(self) -> Iterator[str]:
        return (self._terms.key(place)[1:].decode("utf-8", "surrogatepass") for place in self._own())

    def _own(self) -> range:
        return self._terms.starting(key_of(self._number, b""))


def _key(number: int, text: str) -> bytes:
    # A lone surrogate can be typed, but stands in no table.
    return key_of(number, text.encode("utf-8", "surrogatepass"))
