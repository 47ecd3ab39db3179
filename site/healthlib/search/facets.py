"""Counts pages by kind, topic, condition, class and year of review, and keeps those that pass a reader's filters.

A build gives every value of every facet a number, its code, and writes down the pages of each value. A search marks the
pages it found and looks up the marks of all values in one step; filters and counts are then a few array operations over
those, however many pages there are.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

import numpy as np
import numpy.typing as npt

from healthlib.content.names import fold
from healthlib.content.pagetypes import PageType
from healthlib.content.published import Page
from healthlib.search.arrays.files import mapped_arrays, write_arrays
from healthlib.search.arrays.matches import head
from healthlib.search.filters import Applied, Facet, FacetCounts, FacetValue, Filters

Codes = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

_FACETS = tuple(Facet)
NOT_REVIEWED = "none"
_REVIEWED = re.compile(rf"{NOT_REVIEWED}|[0-9]{{4}}")
# Choices of one facet that a page can show; a condition beyond them is found by a better query, not by a longer list.
MOST = 40
# Of more values than this the best are looked for by arrays, which takes longer for few.
_MANY = 256

_FACET_OF_FOLDER = {
    PageType.TOPIC.spec.folder: Facet.TOPIC,
    PageType.CONDITION.spec.folder: Facet.CONDITION,
    PageType.CLASS.spec.folder: Facet.CLASS,
}
# Their values have an order of their own; the others are shown by count.
_IN_ORDER = frozenset({Facet.TYPE, Facet.REVIEWED})


@dataclass(frozen=True)
class Choice:
    """A value of a facet and its name for readers."""

    facet: Facet
    value: str
    label: str


@dataclass(frozen=True)
class Narrowed:
    """What filters leave of some pages.

    Attributes:
        kept: the places, in what was given, of the pages that pass all filters; None when that is all of them.
        total: how many these are.
        facets: the facets in which there is something to choose.
        applied: the filters.
    """

    kept: Places | None
    total: int
    facets: tuple[FacetCounts, ...]
    applied: tuple[Applied, ...]


class Facets:
    """The values that each page has; safe to share between threads.

    Attributes:
        choices: every value there is; its place is its code. A facet's values stand together, in their own order.
        starts: where the pages of each value begin, and where the last one's end, shape (choices + 1,), int32.
        pages: the pages of all values, one value after another, ascending in each, in the type that numpy looks up by.
    """

    def __init__(self, choices: Sequence[Choice], starts: Codes, pages: Places) -> None:
        self.choices = tuple(choices)
        self.starts = starts
        self.pages = pages
        self._code = {(choice.facet, choice.value): code for code, choice in enumerate(self.choices)}
        facets = [choice.facet for choice in self.choices]
        first = {facet: facets.index(facet) for facet in set(facets)}
        self._own = {facet: (first.get(facet, 0), first.get(facet, 0) + facets.count(facet)) for facet in Facet}

    @classmethod
    def build(cls, pages: Iterable[Page]) -> "Facets":
        """Gather the values of published pages, in the order of the index."""
        # Kinds of page are known even where there is no page of the kind.
        found: dict[tuple[Facet, str], list[int]] = {(Facet.TYPE, page_type.value): [] for page_type in PageType}
        labels = {(Facet.TYPE, page_type.value): page_type.spec.plural for page_type in PageType}
        for number, page in enumerate(pages):
            if facet := _FACET_OF_FOLDER.get(page.type.spec.folder):
                labels[facet, page.slug] = page.title
            for key in _values_of(page):
                found.setdefault(key, []).append(number)
        labels |= {key: _reviewed_label(key[1]) for key in found if key[0] is Facet.REVIEWED}
        choices = sorted((Choice(*key, labels[key]) for key in found), key=_place)
        members = [found[choice.facet, choice.value] for choice in choices]
        starts = np.append(0, np.cumsum([len(numbers) for numbers in members], dtype=np.int32)).astype(np.int32)
        return cls(choices, starts, np.array([number for numbers in members for number in numbers], np.intp))

    def save(self, directory: Path) -> None:
        """Write everything into a new directory."""
        write_arrays(directory, starts=self.starts, pages=self.pages)
        rows = [[choice.facet, choice.value, choice.label] for choice in self.choices]
        (directory / "choices.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> "Facets":
        """Memory-map what `save` wrote.

        Raises:
            OSError: when a file is missing.
        """
        rows = json.loads((directory / "choices.json").read_text(encoding="utf-8"))
        choices = [Choice(Facet(facet), value, label) for facet, value, label in rows]
        return cls(choices, *mapped_arrays(directory, "starts", "pages"))

    def label(self, facet: Facet, value: str) -> str | None:
        """Return what readers see of a value, or None where there is no such value.

        A year is a value even where no page has it: the page that had it may have been reviewed again since.
        """
        code = self._code.get((facet, value))
        if code is not None:
            return self.choices[code].label
        return _reviewed_label(value) if facet is Facet.REVIEWED and _REVIEWED.fullmatch(value) else None

    def narrow(self, pages: Places, count: int, filters: Filters) -> Narrowed:
        """Return which pages pass, and what each choice would give.

        Args:
            pages: places of pages in the order of the index, shape (n,), each once.
            count: how many pages the library has.
            filters: the values chosen; one that no page has leaves nothing.
        """
        found = np.zeros(count, np.bool_)
        found[pages] = True
        passing = {facet: self._passing(count, (facet, value)) for facet, value in filters.items()}
        keep = _all(found, passing.values()) if filters else found
        total = int(np.count_nonzero(keep)) if filters else len(pages)
        counts = self._count(keep)
        facets = []
        applied = []
        for facet in _FACETS:
            if facet not in passing:
                facets.append(self._counts_of(facet, counts, total))
                continue
            others = _all(found, (mask for other, mask in passing.items() if other is not facet))
            without = int(np.count_nonzero(others))
            facets.append(self._counts_of(facet, self._count(others), without, filters[facet]))
            label = self.label(facet, filters[facet]) or filters[facet]
            applied.append(Applied(facet, filters[facet], label, without))
        kept = np.flatnonzero(keep[pages]) if filters else None
        return Narrowed(kept, total, tuple(counted for counted in facets if counted.useful), tuple(applied))

    def _passing(self, count: int, key: tuple[Facet, str]) -> Mask:
        passing = np.zeros(count, np.bool_)
        code = self._code.get(key)
        if code is not None:
            passing[self.pages[self.starts[code] : self.starts[code + 1]]] = True
        return passing

    def _count(self, keep: Mask) -> npt.NDArray[np.intp]:
        """Return how many of the pages kept have each value, shape (choices,)."""
        ends = np.zeros(len(self.pages) + 1, np.int32)
        np.cumsum(keep[self.pages], dtype=np.int32, out=ends[1:])
        return np.diff(ends[self.starts])

    def _counts_of(self, facet: Facet, counts: npt.NDArray[np.intp], total: int, chosen: str = "") -> FacetCounts:
        found = self._found(facet, counts)
        if chosen and facet not in _IN_ORDER:
            mine = self._code.get((facet, chosen))
            own = [(mine, int(counts[mine]))] if mine is not None and counts[mine] else []
            found = own + [one for one in found if one[0] != mine]
        shown = [(self.choices[code], number) for code, number in found[:MOST]]
        values = tuple([FacetValue(choice.value, choice.label, number) for choice, number in shown])
        return FacetCounts(facet, values, chosen, total)

    def _found(self, facet: Facet, counts: npt.NDArray[np.intp]) -> list[tuple[int, int]]:
        """Return the codes that any page has, with their counts, as they are shown; of very many the best."""
        first, last = self._own[facet]
        numbers = counts[first:last]
        if last - first > _MANY:
            places = np.flatnonzero(numbers)
            best = places[head(numbers[places], MOST)]
            found = list(zip((best + first).tolist(), numbers[best].tolist(), strict=True))
        else:
            found = [(code, number) for code, number in enumerate(numbers.tolist(), first) if number]
        if facet not in _IN_ORDER:
            # Turned round, equals still stay as they were.
            found.sort(key=itemgetter(1), reverse=True)
        return found


def _all(found: Mask, masks: Iterable[Mask]) -> Mask:
    everything: Mask = np.logical_and.reduce([found, *masks])
    return everything


def _values_of(page: Page) -> Iterator[tuple[Facet, str]]:
    """Yield a page's values: its own kind and review, itself, and whatever it is about."""
    yield Facet.TYPE, page.type.value
    reviewed = page.byline.last_reviewed if page.byline else None
    yield Facet.REVIEWED, str(reviewed.year) if reviewed else NOT_REVIEWED
    for ref in dict.fromkeys((f"{page.type.spec.folder}/{page.slug}", *page.about)):
        folder, _, slug = ref.partition("/")
        if facet := _FACET_OF_FOLDER.get(folder):
            yield facet, slug


def _reviewed_label(value: str) -> str:
    return "Not yet" if value == NOT_REVIEWED else value


def _place(choice: Choice) -> tuple[int, int, str]:
    """Return what sorts choices: by facet, then kinds of page in their order, years from the newest, names A to Z."""
    rank = 0
    if choice.facet is Facet.TYPE:
        rank = PageType(choice.value).rank
    elif choice.facet is Facet.REVIEWED:
        rank = 0 if choice.value == NOT_REVIEWED else -int(choice.value)
    return list(Facet).index(choice.facet), rank, fold(choice.label)
