"""Marks the reader's words in a text, and cuts out the passage that has most of them."""

import re
from functools import lru_cache

from healthlib.search.analysis import Word, stem, words_of_stems
from healthlib.search.results import Span

LENGTH = 220
# A full stop ends a sentence only before a space: cut after its point, "2.5 in 100" would read "5 in 100".
_SENTENCE_END = re.compile(r"[.?!।]\s+")
_LINE_AFTER_STOP = re.compile(r"(?<=[.?!:;।])\s*\n\s*")
_LINE = re.compile(r"\s*\n\s*")


def mark(text: str, sought: frozenset[str]) -> tuple[Span, ...]:
    """Return the whole text as spans, with every word that has the stem of a sought word marked."""
    return _spans(text, 0, len(text), _matches(text, sought))


def snippet(text: str, sought: frozenset[str], length: int = LENGTH) -> tuple[Span, ...]:
    """Return about `length` characters of text around its best passage, whole words only."""
    text = _flat(text)
    found = _matches(text, sought)
    start = _best_start(text, found, length) if found else 0
    end = min(len(text), start + length)
    if end < len(text):
        end = text.rfind(" ", start, end + 1)
        end = end if end > start else min(len(text), start + length)
    inside = [word for word in found if start <= word.start and word.end <= end]
    lead = (Span("… "),) if start else ()
    tail = (Span(" …"),) if end < len(text) else ()
    return lead + _spans(text, start, end, inside) + tail


def _matches(text: str, sought: frozenset[str]) -> list[Word]:
    return list(words_of_stems(text, _stems(sought)))


@lru_cache(maxsize=64)
def _stems(sought: frozenset[str]) -> frozenset[str]:
    """Return the stems of a query's words: asked for once for each of some twenty texts of a page of results."""
    return frozenset(map(stem, sought))


def _best_start(text: str, found: list[Word], length: int) -> int:
    """Return where the passage with most different sought words begins: at its sentence, if that is near."""
    best = max(found, key=lambda first: (_different(found, first.start, length), -first.start))
    sentence = max((match.end() for match in _SENTENCE_END.finditer(text, 0, best.start)), default=0)
    if best.start - sentence < length // 2:
        return sentence
    return text.rfind(" ", 0, max(0, best.start - 30)) + 1


def _different(found: list[Word], start: int, length: int) -> int:
    return len({stem(word.text) for word in found if start <= word.start < start + length})


def _spans(text: str, start: int, end: int, marked: list[Word]) -> tuple[Span, ...]:
    spans = []
    at = start
    for word in marked:
        if word.start > at:
            spans.append(Span(text[at : word.start]))
        spans.append(Span(text[word.start : word.end], mark=True))
        at = word.end
    if at < end:
        spans.append(Span(text[at:end]))
    return tuple(spans)


def _flat(text: str) -> str:
    """Return text on one line, so that the items of a list do not run into one another."""
    return _LINE.sub("; ", _LINE_AFTER_STOP.sub(" ", text.strip()))
