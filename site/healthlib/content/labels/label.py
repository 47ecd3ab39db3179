"""A label as the check sees it: its names, and the sentences and table rows that print figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

# A percentage in prose. One that is only a bound ("at least 5 %", "<1%") is no figure of an effect.
_BOUND = r"(?:[<>≤≥]=?|\b(?:less|more|greater|fewer|higher) than(?: or equal to)?|\bat least|\bup to|\bover|\bunder)"
_COUNTED = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_IN_PROSE = re.compile(
    rf"(?P<bound>{_BOUND}\s*)?(?<![\d.])(?P<number>\d+(?:\.\d+)?|\b(?:{'|'.join(_COUNTED)}))\s?(?:%|per ?cent\b)",
    re.IGNORECASE,
)
_IN_CELL = re.compile(r"(?P<bound>[<>≤≥]=?\s*|\bN\s*=\s*)?(?<![\d.,])(?P<number>\d+(?:\.\d+)?)(?![\d,])", re.IGNORECASE)
_COUNT_AND_SHARE = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*\(\s*(\d+(?:\.\d+)?)\s*\)")
_SENTENCE_END = re.compile(r"(?<=[a-z)\]%][.;])\s+(?=[A-Z*•]|\d+(?:\.\d+)? [A-Z])|\s+[•*]\s+")
_SAID_OF_BOTH = re.compile(r"\b(?:both|each)\b", re.IGNORECASE)
_SIZE = re.compile(r"^(?:\(|N\s*=|n\s*\(|%)", re.IGNORECASE)


def _numbers(pattern: re.Pattern[str], text: str) -> Iterator[Decimal]:
    for found in pattern.finditer(text):
        if not found["bound"]:
            word = found["number"].casefold()
            yield Decimal(_COUNTED.index(word) + 1 if word in _COUNTED else word)


def cell_figures(cell: str) -> tuple[Decimal, ...]:
    """Return the percentages that a table cell prints: "713 (7.7)" -> 7.7, "18%" -> 18, "13.8" -> 13.8, "<1" -> ()."""
    if "%" in cell:
        return tuple(_numbers(_IN_PROSE, cell))
    if pair := _COUNT_AND_SHARE.fullmatch(cell.strip()):
        count, share = pair.groups()
        # Some tables print the share first: "7.7 (713)".
        first = "." in count and "." not in share
        return (Decimal(count if first else share),)
    return tuple(_numbers(_IN_CELL, cell))


@dataclass(frozen=True)
class Sentence:
    """One sentence of a label."""

    text: str

    def holds(self, pct: Decimal, comparator_pct: Decimal | None, _comparator: str | None) -> bool:
        """Whether the sentence prints both figures; one figure counts for two only where it is said of both groups."""
        figures = list(_numbers(_IN_PROSE, self.text))
        if pct == comparator_pct and _SAID_OF_BOTH.search(self.text):
            return pct in figures
        return _take(figures, pct) and (comparator_pct is None or _take(figures, comparator_pct))


def _take(figures: list[Decimal], wanted: Decimal) -> bool:
    if wanted in figures:
        figures.remove(wanted)
        return True
    return False


@dataclass(frozen=True)
class Row:
    """One row of a table: what it is about, its other cells, and the lines of headings above it."""

    subject: str
    cells: tuple[str, ...]
    header: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        """The row as a reader sees it."""
        return " | ".join((self.subject, *self.cells))

    def holds(self, pct: Decimal, comparator_pct: Decimal | None, comparator: str | None) -> bool:
        """Whether one column prints `pct` and another, that of the comparator where headings tell, `comparator_pct`."""
        compared = self._columns(comparator)
        treated = set(range(len(self.cells))) - compared - self._columns("placebo")
        found = [at for at in treated if pct in cell_figures(self.cells[at])]
        if comparator_pct is None:
            return bool(found)
        others = compared or set(range(len(self.cells)))
        return any(at != mine and comparator_pct in cell_figures(self.cells[at]) for mine in found for at in others)

    def _columns(self, name: str | None) -> set[int]:
        """Return the columns headed by a name; none where every column is, or where the headings do not tell."""
        word = (name or "").split(" ")[0].casefold()
        for headings in reversed(self.header):
            found = {at for at, heading in enumerate(headings) if word and heading.casefold().startswith(word)}
            columns = {column for at in found for column in _beneath(at, len(headings), len(self.cells))}
            if columns and len(columns) < len(self.cells):
                return columns
        return set()


def _beneath(at: int, headings: int, columns: int) -> range:
    """Return the columns under a heading; an empty range where the numbers of both do not tell.

    Labels leave cells out freely: a heading may span columns, and the column of subjects, of one or two cells, may be
    headed or not.
    """
    if columns <= headings <= columns + 2:
        first = at - (headings - columns)
        return range(max(first, 0), first + 1)
    if headings > 1 and columns % headings == 0:
        span = columns // headings
        return range(at * span, (at + 1) * span)
    return range(columns // headings) if at == 0 and headings > 1 else range(0)


Statement = Sentence | Row


@dataclass(frozen=True)
class Label:
    """The text of one label in one edition.

    `edition` orders editions of one set id: the date as the publisher writes it (YYYYMMDD), then the version.
    """

    file: str
    names: frozenset[str]
    statements: tuple[Statement, ...]
    set_id: str | None = None
    edition: tuple[str, int] = ("", 0)


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text, white space made single."""
    for part in _SENTENCE_END.split(" ".join(text.split())):
        if part.strip():
            yield Sentence(part.strip())


def table_rows(table: list[list[str]]) -> Iterator[Statement]:
    """Yield the rows of a table that print figures, each with the headings above it, and other rows as sentences.

    A cell that only adds to the heading before it ("N=705", "%") belongs to that heading.
    """
    header: list[tuple[str, ...]] = []
    seen_row = False
    for line in table:
        cells = [cell for cell in line if cell]
        start = next((at for at, cell in enumerate(cells) if at and _is_figure(cell)), None)
        if start is not None:
            seen_row = True
            yield Row(" ".join(cells[:start]), tuple(cells[start:]), tuple(header))
            continue
        yield Sentence(" ".join(cells))
        headings = _headings(cells)
        if len(headings) > 1:
            # Headings below rows of figures begin another part of the table; one alone is the name of a group.
            header = [headings] if seen_row else [*header, headings]
            seen_row = False


def _is_figure(cell: str) -> bool:
    return len(cell) < 40 and bool(re.match(r"[<>≤≥]?=?\s*\d|-+$|[–—]$", cell))


def _headings(cells: list[str]) -> tuple[str, ...]:
    found: list[str] = []
    for cell in cells:
        if found and (_SIZE.match(cell) or found[-1].endswith(("/", "+", "-"))):
            found[-1] += f" {cell}"
        elif not _SIZE.match(cell):
            found.append(cell)
    return tuple(found)
