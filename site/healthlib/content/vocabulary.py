"""The vocabulary as authored: brands, synonyms, spellings and phrases that readers type, from tab-separated files."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from healthlib.content.faults import ContentError, Fault, Place
from healthlib.content.names import fold

DangerKind = Literal["emergency", "mental-health", "poison"]
IntentKind = Literal[
    "side-effects",
    "dose",
    "missed-dose",
    "overdose",
    "pregnancy",
    "breastfeeding",
    "children",
    "interactions",
    "alcohol",
    "storage",
    "used-for",
    "not-for",
    "how-taken",
    "how-it-works",
    "symptoms",
    "causes",
    "tests",
    "treatments",
    "prevention",
    "self-care",
    "when-to-get-help",
]

_RULE = "R006"
_DANGERS: dict[str, DangerKind] = {kind: kind for kind in get_args(DangerKind)}
_INTENTS: dict[str, IntentKind] = {kind: kind for kind in get_args(IntentKind)}


@dataclass(frozen=True)
class Pair:
    """A term that readers type, and what it means; several rows of one term are several meanings."""

    term: str
    meaning: str


@dataclass(frozen=True)
class LookAlike:
    """Two medicines whose names are confused, each with what it is for."""

    name: str
    purpose: str
    other: str
    other_purpose: str

    @property
    def both(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Each name with what it is: "for gout" reads "a medicine for gout", "a steroid" stays."""
        return (self.name, _described(self.purpose)), (self.other, _described(self.other_purpose))


@dataclass(frozen=True)
class Danger:
    """A phrase that shows a help card above the results."""

    phrase: str
    kind: DangerKind


@dataclass(frozen=True)
class Intent:
    """A phrase that names the part of a page that a reader asks for."""

    phrase: str
    intent: IntentKind


@dataclass(frozen=True)
class Vocabulary:
    """Every list of the vocabulary, in the order of its file, in the spelling of its author."""

    brands: tuple[Pair, ...] = ()
    conditions: tuple[Pair, ...] = ()
    lay: tuple[Pair, ...] = ()
    hindi: tuple[Pair, ...] = ()
    spellings: tuple[Pair, ...] = ()
    look_alikes: tuple[LookAlike, ...] = ()
    dangers: tuple[Danger, ...] = ()
    intents: tuple[Intent, ...] = ()
    question_words: tuple[str, ...] = ()
    english_words: tuple[str, ...] = ()


def _described(purpose: str) -> str:
    return f"a medicine {purpose}" if purpose.startswith(("for ", "to ")) else purpose


class _Row(NamedTuple):
    cells: tuple[str, ...]
    place: Place


def load_vocabulary(root: Path) -> Vocabulary:
    """Read the vocabulary in the folder `root`, such as `content/vocabulary`.

    Returns:
        The vocabulary; a list whose file is missing is empty, and a missing folder gives an empty vocabulary.

    Raises:
        ContentError: with every fault of every file, as rule R006.
    """
    faults: list[Fault] = []
    found = Vocabulary(
        brands=_pairs(root / "brands.tsv", faults),
        conditions=_pairs(root / "conditions.tsv", faults),
        lay=_pairs(root / "lay.tsv", faults),
        hindi=_pairs(root / "hindi.tsv", faults),
        spellings=_pairs(root / "spellings.tsv", faults),
        look_alikes=tuple(LookAlike(*row.cells) for row in rows(root / "look-alikes.tsv", 4, faults)),
        dangers=tuple(_dangers(root / "dangers.tsv", faults)),
        intents=tuple(_intents(root / "intents.tsv", faults)),
        question_words=_words(root / "question-words.tsv", faults),
        english_words=_words(root / "english-words.tsv", faults),
    )
    if faults:
        raise ContentError(faults)
    return found


def _pairs(path: Path, faults: list[Fault]) -> tuple[Pair, ...]:
    return tuple(Pair(*row.cells) for row in rows(path, 2, faults))


def _words(path: Path, faults: list[Fault]) -> tuple[str, ...]:
    return tuple(row.cells[0] for row in rows(path, 1, faults))


def _dangers(path: Path, faults: list[Fault]) -> Iterator[Danger]:
    for row in rows(path, 2, faults):
        phrase, word = row.cells
        kind = _DANGERS.get(word)
        if kind is None:
            faults.append(_unknown(row.place, "kind", word, _DANGERS))
        else:
            yield Danger(phrase, kind)


def _intents(path: Path, faults: list[Fault]) -> Iterator[Intent]:
    for row in rows(path, 2, faults):
        phrase, word = row.cells
        intent = _INTENTS.get(word)
        if intent is None:
            faults.append(_unknown(row.place, "intent", word, _INTENTS))
        else:
            yield Intent(phrase, intent)


def _unknown(place: Place, what: str, word: str, known: dict[str, DangerKind] | dict[str, IntentKind]) -> Fault:
    return place.fault(_RULE, f"unknown {what} `{word}`.", f"Use: {', '.join(known)}.")


def rows(path: Path, columns: int, faults: list[Fault]) -> Iterator[_Row]:
    """Yield the right rows, without comments and empty lines. Rows that differ only in case are the same row."""
    seen: dict[tuple[str, ...], int] = {}
    shown = _shown(path)
    for number, line in enumerate(_lines(path, faults), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        place = Place(shown, number)
        cells = tuple(cell.strip() for cell in line.split("\t"))
        key = tuple(fold(cell) for cell in cells)
        first = seen.setdefault(key, number)
        fault = _wrong(place, cells, columns) or _repeated(place, first)
        if fault:
            faults.append(fault)
        else:
            yield _Row(cells, place)


def _wrong(place: Place, cells: tuple[str, ...], columns: int) -> Fault | None:
    if len(cells) != columns:
        return place.fault(_RULE, f"the row has {len(cells)} columns and not {columns}.", "Part columns with one tab.")
    if not all(cells):
        return place.fault(_RULE, f"column {cells.index('') + 1} is empty.", "Fill it in or take the row out.")
    return None


def _repeated(place: Place, first: int) -> Fault | None:
    if first == place.line:
        return None
    return place.fault(_RULE, f"the row stands in line {first} already.", "Take one of them out.")


def _lines(path: Path, faults: list[Fault]) -> list[str]:
    try:
        # Only line feeds part rows: a text may hold other characters that `splitlines` takes for line ends.
        return path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        faults.append(Place(_shown(path), 1).fault(_RULE, f"the file cannot be read: {error}."))
        return []


def _shown(path: Path) -> Path:
    # As the linter names files: from the content folder on.
    return path.relative_to(path.parent.parent.parent)
