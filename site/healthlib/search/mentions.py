"""Which pages' names stand in a page's text, so that pages related by their texts can say what both name."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from healthlib.content.drug import Drug
from healthlib.content.library import Library
from healthlib.content.model import Condition, SideEffect
from healthlib.search.analysis import raw_words, stem_of
from healthlib.search.lexicon import Texts

# Shorter names are words of many meanings; longer ones are hardly ever written out in a text.
_LETTERS, _WORDS = 4, 5

Places = npt.NDArray[np.int64]


class Mentions(Mapping[str, frozenset[str]]):
    """For each page (such as `articles/cbd-and-thc`) the pages whose names its text has, in any number, as stems are.

    Kept as arrays, because sets for a large library would take most of the memory of a build.
    """

    def __init__(self, refs: Sequence[str], named: Sequence[str], starts: Places, places: Places) -> None:
        """Take what `find_mentions` found.

        Args:
            refs: the pages.
            named: the pages that are named.
            starts: where each page's own begin among `places`, and the last one's end.
            places: places among `named`.
        """
        self._rows = {ref: row for row, ref in enumerate(refs)}
        self._named = named
        self._starts = starts
        self._places = places

    def __getitem__(self, ref: str) -> frozenset[str]:
        row = self._rows[ref]
        own = self._places[self._starts[row] : self._starts[row + 1]]
        return frozenset(map(self._named.__getitem__, own.tolist()))

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class _Tree:
    """The names as a tree of stems: one step from a node by a stem leads to another, and some nodes end a name."""

    def __init__(self, names: Mapping[tuple[int, ...], int], stems: int) -> None:
        steps: dict[int, int] = {}
        ends = {0: -1}
        for name, place in names.items():
            node = 0
            for stem in name:
                node = steps.setdefault(node * stems + stem, len(steps) + 1)
            ends[node] = place
        self._stems = stems
        self._steps = np.array(sorted(steps), np.int64)
        self._nodes = np.array([steps[step] for step in self._steps.tolist()], np.int64)
        self._ends = np.array([ends.get(node, -1) for node in range(len(steps) + 1)], np.int64)
        self._first = np.zeros(stems + 1, np.bool_)
        self._first[self._steps[self._steps < stems]] = True

    def find(self, stems: npt.NDArray[np.int32]) -> Iterator[tuple[Places, Places]]:
        """Yield where in a row of stems names end, and which; -1 is no stem."""
        at = np.flatnonzero(self._first[stems]) if len(self._steps) else np.empty(0, np.int64)
        nodes = np.zeros(len(at), np.int64)
        while len(at):
            steps = np.where(stems[at] < 0, -1, nodes * self._stems + stems[at])
            places = np.minimum(np.searchsorted(self._steps, steps), len(self._steps) - 1)
            there = self._steps[places] == steps
            at, nodes = at[there], self._nodes[places[there]]
            ended = self._ends[nodes] >= 0
            yield at[ended], self._ends[nodes[ended]]
            # A text ends in a break, so there is always a next one.
            at = at + 1


def find_mentions(names: Mapping[str, Sequence[str]], refs: Sequence[str], texts: Texts) -> Mentions:
    """Look for names in all texts at once.

    Args:
        names: for each page that may be named its names.
        refs: the pages whose texts these are.
        texts: their words.
    """
    stems = texts.lexicon.stems()
    known = {text.decode(): place for place, text in enumerate(stems.texts)}
    keys: dict[tuple[int, ...], int] = {}
    for place, own in enumerate(names.values()):
        for name in own:
            words = [known.get(stem_of(raw), -1) for raw in raw_words(name)]
            if 0 < len(words) <= _WORDS and len(name) >= _LETTERS and -1 not in words:
                keys.setdefault(tuple(words), place)
    pairs = [np.empty(0, np.int64)]
    for ends, found in _Tree(keys, len(stems.texts)).find(stems.places[texts.numbers]):
        pages = np.searchsorted(texts.starts, ends, side="right") - 1
        pairs.append(np.unique(pages * len(names) + found))
    pages, places = np.divmod(np.unique(np.concatenate(pairs)), max(1, len(names)))
    return Mentions(refs, list(names), np.searchsorted(pages, np.arange(len(texts) + 1)), places)


def names_in(library: Library) -> dict[str, tuple[str, ...]]:
    """Return the names that texts are looked through for; aliases are left out, because many have other meanings."""
    return {
        page.ref: page.meta.names
        for page in library.live()
        if isinstance(page.meta, Drug | Condition | SideEffect) and not page.meta.sensitive
    }
