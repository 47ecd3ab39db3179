"""Counts pages by kind, topic, condition, class and year of review, and keeps those that pass a reader's filters.

A build gives every value of every facet a number, its code, and writes down the codes of each page. A search looks up
the codes of all pages it found in one step; filters and counts are then a few array operations over those, however
many pages there are.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from healthlib.content.names import fold
from healthlib.content.pagetypes import PageType
from healthlib.content.published import Page
from healthlib.search.arrays.files import mapped
from healthlib.search.filters import Applied, Facet, FacetCounts, FacetValue, Filters

Codes = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]

NOT_REVIEWED = "none"
_REVIEWED = re.compile(rf"{NOT_REVIEWED}|[0-9]{{4}}")
# Choices of one facet that a page can show; a condition beyond them is found by a better query, not by a longer list.
MOST = 40

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
        keep: which of the pages pass all filters, shape (n,).
        facets: the facets in which there is something to choose.
        applied: the filters.
    """

    keep: Mask
    facets: tuple[FacetCounts, ...]
    applied: tuple[Applied, ...]


class Facets:
    """The values that each page has; safe to share between threads.

    Attributes:
        choices: every value there is; its place is its code. A facet's values stand together, in their own order.
        starts: where the codes of each page begin, and where the last one's end, shape (pages + 1,), int32.
        codes: the codes of all pages, one page after another, int32.
    """

    def __init__(self, choices: Sequence[Choice], starts: Codes, codes: Codes) -> None:
        self.choices = tuple(choices)
        self.starts = starts
        self.codes = codes
        self._code = {(choice.facet, choice.value): code for code, choice in enumerate(self.choices)}
        facets = [choice.facet for choice in self.choices]
        self._first = {facet: facets.index(facet) for facet in set(facets)}
        self._size = {facet: facets.count(facet) for facet in Facet}

    @classmethod
    def build(cls, pages: Iterable[Page]) -> "Facets":
        """Gather the values of published pages, in the order of the index."""
        # Kinds of page are known even where there is no page of the kind.
        labels = {(Facet.TYPE, page_type.value): page_type.spec.plural for page_type in PageType}
        found: dict[tuple[Facet, str], int] = {key: code for code, key in enumerate(labels)}
        codes: list[int] = []
        starts = [0]
        for page in pages:
            if facet := _FACET_OF_FOLDER.get(page.type.spec.folder):
                labels[facet, page.slug] = page.title
            codes.extend(found.setdefault(key, len(found)) for key in _values_of(page))
            starts.append(len(codes))
        labels |= {key: _reviewed_label(key[1]) for key in found if key[0] is Facet.REVIEWED}
        choices = [Choice(*key, labels[key]) for key in found]
        order = sorted(range(len(choices)), key=lambda code: _place(choices[code]))
        new_codes = np.argsort(np.array(order, np.int32)).astype(np.int32)
        return cls(
            [choices[code] for code in order], np.array(starts, np.int32), new_codes[np.array(codes, dtype=np.int32)]
        )

    def save(self, directory: Path) -> None:
        """Write everything into a new directory."""
        directory.mkdir()
        rows = [[choice.facet, choice.value, choice.label] for choice in self.choices]
        (directory / "choices.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        np.save(directory / "starts.npy", self.starts)
        np.save(directory / "codes.npy", self.codes)

    @classmethod
    def load(cls, directory: Path) -> "Facets":
        """Memory-map what `save` wrote.

        Raises:
            OSError: when a file is missing.
        """
        rows = json.loads((directory / "choices.json").read_text(encoding="utf-8"))
        starts, codes = (mapped(directory / f"{name}.npy") for name in ("starts", "codes"))
        return cls([Choice(Facet(facet), value, label) for facet, value, label in rows], starts, codes)

    def label(self, facet: Facet, value: str) -> str | None:
        """Return what readers see of a value, or None where there is no such value.

        A year is a value even where no page has it: the page that had it may have been reviewed again since.
        """
        code = self._code.get((facet, value))
        if code is not None:
            return self.choices[code].label
        return _reviewed_label(value) if facet is Facet.REVIEWED and _REVIEWED.fullmatch(value) else None

    def narrow(self, pages: npt.NDArray[np.intp], filters: Filters) -> Narrowed:
        """Return which pages pass, and what each choice would give.

        Args:
            pages: places of pages in the order of the index, shape (n,).
            filters: the values chosen; one that no page has leaves nothing.
        """
        rows, codes = self._codes_of(pages)
        passing = {facet: self._passing(rows, codes, len(pages), (facet, value)) for facet, value in filters.items()}
        keep = _all(passing, len(pages))
        counts = self._count(rows, codes, keep)
        facets = []
        applied = []
        for facet in Facet:
            if facet not in passing:
                facets.append(self._counts_of(facet, counts, int(keep.sum())))
                continue
            others = _all({other: mask for other, mask in passing.items() if other is not facet}, len(pages))
            without = int(others.sum())
            facets.append(self._counts_of(facet, self._count(rows, codes, others), without, filters[facet]))
            label = self.label(facet, filters[facet]) or filters[facet]
            applied.append(Applied(facet, filters[facet], label, without))
        return Narrowed(keep, tuple(counted for counted in facets if counted.useful), tuple(applied))

    def _codes_of(self, pages: npt.NDArray[np.intp]) -> tuple[npt.NDArray[np.intp], Codes]:
        """Return every code of every page, and beside it the place of that page in `pages`: two of shape (codes,)."""
        starts = self.starts[pages]
        lengths = self.starts[pages + 1] - starts
        rows = np.repeat(np.arange(len(pages)), lengths)
        before = np.cumsum(lengths) - lengths
        return rows, self.codes[np.arange(len(rows)) + np.repeat(starts - before, lengths)]

    def _passing(self, rows: npt.NDArray[np.intp], codes: Codes, pages: int, key: tuple[Facet, str]) -> Mask:
        passing = np.zeros(pages, np.bool_)
        passing[rows[codes == self._code.get(key, -1)]] = True
        return passing

    def _count(self, rows: npt.NDArray[np.intp], codes: Codes, keep: Mask) -> npt.NDArray[np.intp]:
        """Return how many of the pages kept have each value, shape (choices,)."""
        kept = codes if keep.all() else codes[keep[rows]]
        return np.bincount(kept, minlength=len(self.choices))

    def _counts_of(self, facet: Facet, counts: npt.NDArray[np.intp], total: int, chosen: str = "") -> FacetCounts:
        first = self._first.get(facet, 0)
        own = counts[first : first + self._size[facet]]
        places = np.flatnonzero(own)
        if facet not in _IN_ORDER:
            places = places[np.argsort(-own[places], kind="stable")]
            mine = places + first == self._code.get((facet, chosen), -1)
            places = np.concatenate((places[mine], places[~mine]))
        values = tuple(
            FacetValue(self.choices[first + place].value, self.choices[first + place].label, int(own[place]))
            for place in places[:MOST].tolist()
        )
        return FacetCounts(facet, values, chosen, total)


def _all(masks: dict[Facet, Mask], pages: int) -> Mask:
    everything: Mask = np.logical_and.reduce([np.ones(pages, np.bool_), *masks.values()])
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
