"""Holds every side-effect row that cites a label at hand against the label's text.

A row with a percentage is confirmed where one sentence or one table row of the label prints it beside a name of the
effect, and the comparator's percentage too; a row without one, where the label names the effect at all. What a machine
cannot match, an author may: `checked` says what was looked at and why the row is right.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from healthlib.content.drug import SideEffectRow
from healthlib.content.faults import Fault, Place
from healthlib.content.labels.label import Label, Row, Statement
from healthlib.content.labels.naming import Namer, Words
from healthlib.content.labels.read import Collection
from healthlib.content.library import Library

Outcome = Literal["confirmed", "noted", "not found", "no label at hand"]
_RULE = "V101"
# So many characters of a statement of the label are shown beside a row that it does not bear out.
_SHOWN = 160


@dataclass(frozen=True)
class CheckedRow:
    """What became of one row; `fault` says what is wrong where it was not found."""

    place: Place
    drug: str
    product: str
    row: SideEffectRow
    outcome: Outcome
    fault: Fault | None = None

    def __str__(self) -> str:
        figure = "" if self.row.pct is None else f" {self.row.pct} %"
        what = f"{self.product} {self.row.effect}{figure} ({self.row.source})"
        return f"{self.place.path}:{self.place.line}: {self.outcome}: {what}"


def verify(library: Library, collection: Collection, namer: Namer) -> Iterator[CheckedRow]:
    """Yield every side-effect row of the published medicines in the order of their files."""
    for page, drug in library.drugs:
        for number, product in enumerate(drug.products):
            for at, row in enumerate(product.side_effects):
                field = "effect" if row.pct is None else "pct"
                place = page.at("products", number, "side_effects", at, field)
                source = library.sources.get(row.source)
                outcome, fault = _held(row, place, collection.of(source) if source else (), namer)
                yield CheckedRow(place, page.slug, product.id, row, outcome, fault)


def tally(rows: list[CheckedRow]) -> str:
    """Return one line of counts."""
    counts = Counter(row.outcome for row in rows)
    checked = len(rows) - counts["no label at hand"]
    return (
        f"{checked} rows checked: {counts['confirmed']} confirmed, {counts['noted']} noted, "
        f"{counts['not found']} not found. {counts['no label at hand']} rows have no label at hand."
    )


def _held(row: SideEffectRow, place: Place, labels: tuple[Label, ...], namer: Namer) -> tuple[Outcome, Fault | None]:
    if not labels:
        return "no label at hand", None
    names = namer.names(row.effect)
    spoken = [text for label in labels for text in label.statements if namer.speaks_of(text, names)]
    if _borne_out(row, spoken):
        return "confirmed", None
    if row.checked:
        return "noted", None
    return "not found", _fault(place, row, labels, names, spoken)


def _borne_out(row: SideEffectRow, spoken: list[Statement]) -> bool:
    if row.pct is None:
        return bool(spoken)
    return any(text.holds(row.pct, row.comparator_pct, row.comparator) for text in spoken)


def _fault(
    place: Place, row: SideEffectRow, labels: tuple[Label, ...], names: frozenset[Words], spoken: list[Statement]
) -> Fault:
    where = ", ".join(sorted({label.file for label in labels}))
    if not spoken:
        looked_for = ", ".join(sorted(" ".join(name) for name in names))
        problem = f"{row.source} ({where}) does not name {row.effect} (looked for: {looked_for})."
    else:
        versus = "" if row.comparator_pct is None else f" against {row.comparator_pct} ({row.comparator})"
        problem = (
            f"{row.source} ({where}) does not print {row.pct}{versus} beside {row.effect}. It prints: "
            + "; ".join(f"`{_short(text)}`" for text in _telling(spoken))
        )
    return place.fault(_RULE, problem, "Mend the row, add an alias to the effect, or say in `checked` why it is right.")


def _telling(spoken: list[Statement]) -> list[Statement]:
    """Return a few statements, table rows first."""
    return sorted(spoken, key=lambda text: not isinstance(text, Row))[:3]


def _short(statement: Statement) -> str:
    text = statement.text
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
