"""Reads what a reader typed. Anything that is not our small syntax is plain text and never an error.

    multiple sclerosis      words
    "blood thinners"        a phrase
    -kesimpta  -"back pain" what must not be there
    drug:ofatumumab         pages about a medicine (also medicine:, condition:, effect:, side-effect:)

Whoosh's own parser is never given reader text: of 122 hostile inputs 4 made it raise and 12 ran over 8 seconds.
"""

import re
import unicodedata
from dataclasses import dataclass

from healthlib.search.analysis import STOP_WORDS, folded, name_key, raw_words

MAX_CHARACTERS = 200
MAX_WORDS = 16
MAX_LETTERS = 40
# What is looked at of a text at all, so that no request costs more.
MAX_RAW = 2000

# The names that readers may write before a colon, and the field that each stands for.
FIELDS = {
    "drug": "drug",
    "medicine": "drug",
    "condition": "condition",
    "effect": "effect",
    "side-effect": "effect",
}

_TERM = re.compile(
    rf"""(?P<minus>-)?(?:(?P<field>{"|".join(FIELDS)}):)?(?:"(?P<phrase>[^"]*)"|(?P<plain>\S+))""",
    re.IGNORECASE,
)
_UNPRINTABLE = ("Cc", "Cf", "Cs", "Co", "Cn")
_QUOTES = str.maketrans("“”„«»", '"' * 5)


@dataclass(frozen=True)
class FieldTerm:
    """`drug:ofatumumab`: pages about the thing of that name."""

    field: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Synonym:
    """Words of a query, and a phrase that means the same: ("heart", "attack") and ("myocardial", "infarction")."""

    typed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """What a reader asked for. Words and phrases are folded; a phrase is a tuple of words.

    Attributes:
        text: what was typed, tidied and cut to the limits.
        words: single words, without stop words unless there is nothing else.
        phrases: words that must stand together.
        excluded: words and phrases that must not be there.
        fields: things that a page must be about.
        name: the whole query as a name.
        cut: whether something was beyond the limits.
    """

    text: str
    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    fields: tuple[FieldTerm, ...] = ()
    name: str = ""
    cut: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.words or self.phrases or self.fields)

    @property
    def sought(self) -> frozenset[str]:
        """Every word that a snippet should show."""
        found = {*self.words, *(word for phrase in self.phrases for word in phrase)}
        return frozenset(found | {word for term in self.fields for word in term.words})


def read_query(raw: str) -> Query:
    """Return what was typed as a query; text beyond the limits is left out and `cut` says so."""
    return _read(raw, MAX_CHARACTERS, MAX_WORDS)


def read_question(raw: str) -> Query:
    """Read a text of any length, for judged collections whose questions are longer than a search box takes."""
    return _read(raw, MAX_RAW, MAX_RAW)


def _read(raw: str, max_characters: int, max_words: int) -> Query:
    text = " ".join(unicodedata.normalize("NFKC", printable(raw)).translate(_QUOTES).split())
    cut = len(text) > max_characters
    text = text[:max_characters]
    reading = _Reading(max_words)
    for match in _TERM.finditer(text):
        reading.take(match)
    return Query(
        text=text,
        words=_significant(reading.plain) if not reading.phrases else _without_stop_words(reading.plain),
        phrases=tuple(reading.phrases),
        excluded=tuple(reading.excluded),
        fields=tuple(reading.fields),
        name=name_key(" ".join(reading.wanted or _only_field(reading.fields))),
        cut=cut or reading.cut,
    )


def printable(raw: str) -> str:
    """Return a text, cut to MAX_RAW, without control and format characters, such as those that turn its direction."""
    return "".join(" " if unicodedata.category(sign) in _UNPRINTABLE else sign for sign in raw[:MAX_RAW])


class _Reading:
    """Gathers terms, up to a number of words."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self.plain: list[str] = []
        self.phrases: list[tuple[str, ...]] = []
        self.excluded: list[tuple[str, ...]] = []
        self.fields: list[FieldTerm] = []
        self.wanted: list[str] = []
        self.cut = False

    def take(self, match: re.Match[str]) -> None:
        """Take one term."""
        phrase, field = match["phrase"], match["field"]
        text = phrase if phrase is not None else match["plain"]
        found = self._words(text)
        if not found:
            return
        if match["minus"]:
            self.excluded.append(found)
        elif field:
            self.fields.append(FieldTerm(FIELDS[field.casefold()], found))
        else:
            self.wanted.extend(found)
            if phrase is not None and len(found) > 1:
                self.phrases.append(found)
            else:
                self.plain.extend(found)

    def _words(self, text: str) -> tuple[str, ...]:
        written = [word for word in map(folded, raw_words(text)) if word]
        found = tuple(word[:MAX_LETTERS] for word in written[: self._budget])
        self.cut = self.cut or len(written) > self._budget or any(len(word) > MAX_LETTERS for word in written)
        self._budget -= len(found)
        return found


def _only_field(fields: list[FieldTerm]) -> tuple[str, ...]:
    """Return the words of a query's one field: the page of that name answers it best."""
    return fields[0].words if len(fields) == 1 else ()


def _significant(found: list[str]) -> tuple[str, ...]:
    """Return the words without repeats and, unless nothing else is left, without stop words."""
    return _without_stop_words(found) or tuple(dict.fromkeys(found))


def _without_stop_words(found: list[str]) -> tuple[str, ...]:
    return tuple(word for word in dict.fromkeys(found) if word not in STOP_WORDS)
