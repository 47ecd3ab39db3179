"""What every engine is asked to do, and how its answers are compared."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

TOP = 10
# Scores are compared to this share: the product keeps its impacts in 4 bytes.
_CLOSE = 1e-4


class SkippedError(Exception):
    """An engine cannot take part; the message says why."""


@dataclass(frozen=True)
class Answer:
    """What an engine finds.

    Attributes:
        top: the best ten documents with their scores, best first.
        count: how many documents match, or None when the engine does not say.
        facets: how many matches have each value, for each facet.
    """

    top: Sequence[tuple[int, float]]
    count: int | None = None
    facets: Sequence[dict[str, int]] = field(default=())


class Engine(Protocol):
    """An engine with the pages in it. A query is plain words; titles count twice. Nothing is kept between queries."""

    def any_word(self, text: str) -> Answer:
        """Return the pages with any of the words, and how many there are."""
        ...

    def all_words(self, text: str) -> Answer:
        """Return the pages with all of the words, and how many there are."""
        ...

    def faceted(self, text: str) -> Answer:
        """Return the pages with any of the words, how many there are, and the counts of all three facets."""
        ...


def same(ours: Answer, theirs: Answer) -> bool:
    """Whether two answers agree: counts, facets, and the best ten but for the order of equal scores."""
    if ours.count != theirs.count or list(ours.facets) != list(theirs.facets) or len(ours.top) != len(theirs.top):
        return False
    pairs = list(zip(ours.top, theirs.top, strict=True))
    if any(abs(mine - other) > _CLOSE * other for (_, mine), (_, other) in pairs):
        return False
    least = theirs.top[-1][1] * (1 + _CLOSE) if pairs else 0.0
    return {doc for doc, score in theirs.top if score > least} <= {doc for doc, _ in ours.top}
