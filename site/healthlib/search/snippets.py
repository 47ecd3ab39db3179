"""Marks the reader's words in a text, and cuts out the passage that has most of them."""

import re
from collections.abc import Iterable, Sequence

from healthlib.search.analysis import stem_of, word_spans
from healthlib.search.passages import Found
from healthlib.search.results import Span

LENGTH = 220
# A full stop ends a sentence only before a space: cut after its point, "2.5 in 100" would read "5 in 100".
_TO_LAST_SENTENCE_END = re.compile(r".*[.?!।]\s+", re.DOTALL)
_LINE_AFTER_STOP = re.compile(r"(?<=[.?!:;।])\s*\n\s*")
_LINE = re.compile(r"\s*\n\s*")
_LEAD, _TAIL = (Span("… "),), (Span(" …"),)


def flat(text: str) -> str:
    """Return text on one line, so that the items of a list do not run into one another."""
    return _LINE.sub("; ", _LINE_AFTER_STOP.sub(" ", text.strip()))


def words_in(text: str) -> list[Found]:
    """Return all words of a text, with their stems."""
    return [(start, end, stem_of(text[start:end])) for start, end in word_spans(text)]


def mark(text: str, words: Iterable[Found], stems: frozenset[str]) -> tuple[Span, ...]:
    """Return the whole text as spans, with those of its words marked that have any of some stems."""
    return _spans(text, 0, len(text), [word for word in words if word[2] in stems])


def snippet(text: str, found: Sequence[Found], length: int = LENGTH) -> tuple[Span, ...]:
    """Return about `length` characters of text around its best passage, whole words only.

    Args:
        text: on one line, see `flat`.
        found: its words that were looked for, in their order.
        length: of what is returned.
    """
    start = _best_start(text, found, length) if found else 0
    end = min(len(text), start + length)
    if end < len(text):
        end = text.rfind(" ", start, end + 1)
        end = end if end > start else min(len(text), start + length)
    inside = [word for word in found if start <= word[0] and word[1] <= end]
    return (_LEAD if start else ()) + _spans(text, start, end, inside) + (_TAIL if end < len(text) else ())


def _best_start(text: str, found: Sequence[Found], length: int) -> int:
    """Return where the passage with most different sought words begins: at its sentence, if that is near."""
    best = _best_word(found, length)
    before = _TO_LAST_SENTENCE_END.match(text, max(0, best - length), best)
    sentence = before.end() if before else 0
    if best - sentence < length // 2:
        return sentence
    return text.rfind(" ", 0, max(0, best - 30)) + 1


def _best_word(found: Sequence[Found], length: int) -> int:
    """Return where the first of the words stands from which most different ones follow within a length."""
    best, most = 0, 0
    every = len({stem for _, _, stem in found})
    for place, (first, _, _) in enumerate(found):
        different = set()
        for start, _, stem in found[place:]:
            if start >= first + length:
                break
            different.add(stem)
        if len(different) > most:
            best, most = first, len(different)
            if most == every:
                break
    return best


def _spans(text: str, start: int, end: int, marked: Sequence[Found]) -> tuple[Span, ...]:
    spans = []
    at = start
    for first, last, _ in marked:
        if first > at:
            spans.append(Span(text[at:first]))
        spans.append(Span(text[first:last], True))
        at = last
    if at < end:
        spans.append(Span(text[at:end]))
    return tuple(spans)
