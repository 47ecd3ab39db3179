"""The names and words that spelling correction chooses from, as columns in files that are mapped."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from math import log1p
from pathlib import Path
from typing import Any, NamedTuple, Self, TypeVar

import numpy as np

from healthlib.content.names import fold
from healthlib.search.analysis import name_key
from healthlib.search.arrays.files import mapped
from healthlib.search.arrays.strings import Strings, write_strings
from healthlib.search.phonetics import sound_keys

_T = TypeVar("_T", str, int)

# A name counts as a word that is so many times more in the texts than it is.
_NAME_OCCURRENCES = 50
# Words whose places are kept in a worker's own memory.
_KEPT = 8192


@dataclass(frozen=True)
class KnownName:
    """A name of a medicine, brand, condition or side effect, of one word or several.

    Attributes:
        text: the name as it is shown.
        purpose: what it is, such as "a medicine for multiple sclerosis".
        weight: how much it matters; 1 for names of usual weight.
    """

    text: str
    purpose: str
    weight: float


class Entry(NamedTuple):
    """A name, a word of names, or the joined words of a name.

    Attributes:
        text: how it is shown.
        purpose: what it is; empty where that is not known.
        folded: its words, with single blanks.
        weight: how much it matters.
    """

    text: str
    purpose: str
    folded: str
    weight: float


@dataclass(frozen=True)
class Columns:
    """All data, as it is saved.

    Attributes:
        keys: words, and names of several words without their blanks; by first letter, length, letters.
        counts: for each key, how often it is in the texts.
        sounds: the sound key of each key that has one, in order.
        sounding: for each of those, the place of its key.
        rare: words that are in the texts once, in order.
        ordinary: words of everyday language that may be in no text, in order.
        named: the places of the keys that are names or come from names, in order; the next four columns go with it.
        texts: how each is shown.
        folded: its words.
        weights: how much it matters.
        purpose: which of `purposes` is its own.
        purposes: what names are for.
    """

    keys: Sequence[str]
    counts: Sequence[int]
    sounds: Sequence[str]
    sounding: Sequence[int]
    rare: Sequence[str]
    ordinary: Sequence[str]
    named: Sequence[int]
    texts: Sequence[str]
    folded: Sequence[str]
    weights: Sequence[float]
    purpose: Sequence[int]
    purposes: Sequence[str]


_STRINGS = ("keys", "sounds", "rare", "ordinary", "texts", "folded", "purposes")
_NUMBERS = {"counts": np.int32, "sounding": np.int32, "named": np.int32, "weights": np.float64, "purpose": np.int32}


class WordList:
    """Finds words and names by their letters and by their sound; a place is a number among the keys.

    Columns are searched in halves rather than through dictionaries, which would take most of the time of loading.
    """

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.keys = columns.keys
        # The place of a word, or of the joined words of a name. Made of the keys alone, for this would hold itself.
        self.place: Callable[[str], int | None] = lru_cache(_KEPT)(partial(_place, columns.keys))
        most = int(np.max(columns.counts, initial=0)) + _NAME_OCCURRENCES * float(np.max(columns.weights, initial=0))
        self._most = log1p(most) or 1.0

    @classmethod
    def build(cls, names: Iterable[KnownName], words: Mapping[str, int], ordinary: Iterable[str] = ()) -> Self:
        """Return the list of names, of folded words with their counts, and of ordinary words."""
        entries = _entries(names, words)
        counts = {word: count for word, count in words.items() if _plain(word) and (count > 1 or word in entries)}
        keys = sorted({*counts, *entries}, key=_order)
        sounds = sorted((sound, place) for place, sound in enumerate(sound_keys(keys)) if sound)
        named = [place for place, key in enumerate(keys) if key in entries]
        found = [entries[keys[place]] for place in named]
        purposes = {purpose: number for number, purpose in enumerate(sorted({entry.purpose for entry in found}))}
        return cls(
            Columns(
                keys=keys,
                counts=[counts.get(key, 0) for key in keys],
                sounds=[sound for sound, _ in sounds],
                sounding=[place for _, place in sounds],
                rare=sorted(word for word in words if _plain(word) and word not in counts),
                ordinary=sorted({part for word in ordinary for part in name_key(word).split() if _plain(part)}),
                named=named,
                texts=[entry.text for entry in found],
                folded=[entry.folded for entry in found],
                weights=[entry.weight for entry in found],
                purpose=[purposes[entry.purpose] for entry in found],
                purposes=list(purposes),
            )
        )

    def save(self, directory: Path) -> None:
        """Write everything into a new directory."""
        directory.mkdir()
        for column in _STRINGS:
            write_strings(directory, column, getattr(self.columns, column))
        for column, kind in _NUMBERS.items():
            np.save(directory / f"{column}.npy", np.array(getattr(self.columns, column), kind))

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Map what `save` wrote.

        Raises:
            OSError: when a file is missing.
        """
        columns: dict[str, Any] = {column: Strings(directory, column) for column in _STRINGS}
        columns |= {column: mapped(directory / f"{column}.npy").data for column in _NUMBERS}
        return cls(Columns(**columns))

    def knows(self, word: str) -> bool:
        """Whether this is a word of a name, in the texts more than once, or an ordinary word."""
        key = fold(word)
        place = self.place(key)
        return (place is not None and self.folded(place) == key) or _find(self.columns.ordinary, key) is not None

    def is_rare(self, word: str) -> bool:
        """Whether this is in the texts once and is no name."""
        return _find(self.columns.rare, word) is not None

    def between(self, letter: str, shortest: int, longest: int) -> tuple[int, int]:
        """Return the places from and up to which keys with a first letter are so many letters long."""
        start = bisect_left(self.keys, (letter, shortest, ""), key=_order)
        return start, bisect_left(self.keys, (letter, longest + 1, ""), start, key=_order)

    def sounding(self, sound: str) -> Sequence[int]:
        """Return the places of keys with a sound key; none for the empty one."""
        sounds = self.columns.sounds
        return self.columns.sounding[bisect_left(sounds, sound) : bisect_right(sounds, sound)] if sound else ()

    def is_name(self, place: int) -> bool:
        """Whether this is a name or comes from one."""
        return self._row(place) is not None

    def entry(self, place: int) -> Entry:
        """Return what is known of a key."""
        row = self._row(place)
        if row is None:
            return Entry(self.keys[place], "", self.keys[place], 0.0)
        columns = self.columns
        purpose = columns.purposes[columns.purpose[row]]
        return Entry(columns.texts[row], purpose, columns.folded[row], columns.weights[row])

    def folded(self, place: int) -> str:
        """Return the words of a key."""
        row = self._row(place)
        return self.keys[place] if row is None else self.columns.folded[row]

    def count(self, place: int) -> int:
        """Return how often a key is in the texts."""
        return self.columns.counts[place]

    def occurrences(self, place: int) -> float:
        """Return how often a key is in the texts, and more for a name."""
        row = self._row(place)
        return self.columns.counts[place] + (0 if row is None else _NAME_OCCURRENCES * self.columns.weights[row])

    def likelihood(self, place: int) -> float:
        """Return how likely a key is: 1 for the most frequent one, falling with the logarithm."""
        return log1p(self.occurrences(place)) / self._most

    def _row(self, place: int) -> int | None:
        return _find(self.columns.named, place)


def _order(key: str) -> tuple[str, int, str]:
    return key[:1], len(key), key


def _place(keys: Sequence[str], key: str) -> int | None:
    place = bisect_left(keys, _order(key), key=_order)
    return place if place < len(keys) and keys[place] == key else None


def _find(column: Sequence[_T], value: _T) -> int | None:
    """Return where a value is in a column that is in order."""
    row = bisect_left(column, value)
    return row if row < len(column) and column[row] == value else None


def _plain(word: str) -> bool:
    """Whether this is one word: printable, without blanks."""
    return word.isprintable() and word.split() == [word]


def _entries(names: Iterable[KnownName], words: Mapping[str, int]) -> dict[str, Entry]:
    """Return for every key from names what it is; joined words that are a word of their own are left out."""
    whole: dict[str, Entry] = {}
    joined: dict[str, Entry] = {}
    parts: dict[str, list[Entry]] = defaultdict(list)
    for entry in map(_entry, names):
        found = entry.folded.split()
        kind = whole if len(found) == 1 else joined
        key = "".join(found)
        if key and kind.setdefault(key, entry).weight < entry.weight:
            kind[key] = entry
        for part in found:
            parts[part].append(entry)
    own = {part: _part(part, of) for part, of in parts.items()} | whole
    return {key: entry for key, entry in joined.items() if words.get(key, 0) < 2} | own


def _entry(name: KnownName) -> Entry:
    folded = " ".join(filter(_plain, name_key(name.text).split()))
    return Entry(" ".join(name.text.split()), " ".join(name.purpose.split()), folded, max(name.weight, 0.0))


def _part(part: str, of: Sequence[Entry]) -> Entry:
    """Return what a word of names is: its purpose is theirs if they share one, and it matters half as much."""
    purposes = {name.purpose for name in of}
    weight = max(name.weight for name in of) / 2
    return Entry(part, purposes.pop() if len(purposes) == 1 else "", part, weight)
