"""Documents with scores: what evaluation gives, and the few things that are done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Docs = npt.NDArray[np.int32]
Scores = npt.NDArray[np.float64]
Impacts = npt.NDArray[np.float32] | Scores

# A sum over an array with a place for every document costs the same for one posting as for many; with fewer postings
# than one for so many documents, sorting them is cheaper. Measured at 16,000, 50,000 and 200,000 documents.
_SPARSE = 16
# Looking one document up in a list costs about as much as adding up this many postings.
_PROBE = 16
# How many keys stand for one when the highest are looked for.
_GROUP = 32


@dataclass(frozen=True)
class Matches:
    """Documents that match a tree, in ascending order (int32), and their scores (float64), both of shape (n,)."""

    docs: Docs
    scores: Scores


class Part(NamedTuple):
    """One posting list: documents, ascending; what each is worth; and a factor above 0."""

    docs: Docs
    impacts: Impacts
    boost: float


def no_matches() -> Matches:
    """Return the matches of a tree that nothing matches."""
    return Matches(np.empty(0, np.int32), np.empty(0))


def union(parts: Sequence[Part], documents: int) -> Matches:
    """Return the documents of any part, each with the sum of its scores.

    Args:
        parts: posting lists.
        documents: how many documents the index has.
    """
    if not parts:
        return no_matches()
    if len(parts) == 1:
        return Matches(parts[0].docs, parts[0].impacts.astype(np.float64) * parts[0].boost)
    docs, weights = _concatenated(parts)
    if 0 < len(docs) * _SPARSE < documents:
        return _summed(docs, weights)
    dense: Scores = np.bincount(docs, weights, documents)  # type: ignore[assignment]  # its stub forgets the weights
    # Finding what is true is several times as fast as finding what is not 0.
    found = np.flatnonzero(dense > 0)
    return Matches(found.astype(np.int32), dense[found])


def look_up(parts: Sequence[Part], docs: Docs, documents: int) -> Scores:
    """Return the sum of the parts' scores for some documents, shape (n,); 0 for one that no part has.

    Args:
        parts: posting lists.
        docs: document numbers, ascending.
        documents: how many documents the index has.
    """
    total = np.zeros(len(docs))
    if not len(docs) or not parts:
        return total
    if len(parts) * len(docs) * _PROBE > documents + sum(len(part.docs) for part in parts):
        return added_up(parts, documents)[docs]
    # The list of a term whose documents are all deleted is empty, and nothing can be taken from it.
    for part in (part for part in parts if len(part.docs)):
        places = part.docs.searchsorted(docs)
        found = part.docs.take(places, mode="clip") == docs
        total += np.multiply(part.impacts.take(places, mode="clip") * found, part.boost, dtype=np.float64)
    return total


def added_up(parts: Sequence[Part], documents: int) -> Scores:
    """Return the sum of at least one part for every document, shape (documents,)."""
    sums = np.bincount(*_concatenated(parts), documents)
    # Of nothing at all it makes whole numbers.
    return sums.astype(np.float64, copy=False)


def head(keys: npt.NDArray[Any], count: int, slack: float = 0.0) -> npt.NDArray[np.intp]:
    """Return the places of the highest keys, ascending: at least `count` of them, and all equals of the last one.

    Args:
        keys: shape (n,).
        count: at least 1; with more than n all places are returned.
        slack: keys that are lower by no more than this are equal.
    """
    if count >= len(keys):
        return np.arange(len(keys))
    highest = keys
    if len(keys) > count * _GROUP * 2:
        # As many groups have a key so high as have it for their highest: a partition of these takes no time.
        width = len(keys) // _GROUP
        highest = keys[: width * _GROUP].reshape(_GROUP, width).max(axis=0)
    least = np.partition(highest, -count)[-count] - slack
    return np.flatnonzero(keys >= least)


def best(matches: Matches, count: int) -> Matches:
    """Return the best matches, best first; of equal scores the one that comes first in the index."""
    docs, scores = matches.docs, matches.scores
    if len(docs) > count:
        # Everything that is as good as the last one shown takes part, so that a tie is not cut at random.
        places = head(scores, count)
        docs, scores = docs[places], scores[places]
    order = np.argsort(-scores, kind="stable")[:count]
    return Matches(docs[order], scores[order])


def _summed(docs: npt.NDArray[np.intp], weights: Scores) -> Matches:
    """Return each document once, with the sum of its weights; `docs` is not empty."""
    order = docs.argsort(kind="stable")
    docs = docs[order]
    first = np.empty(len(docs), np.bool_)
    first[0] = True
    np.not_equal(docs[1:], docs[:-1], out=first[1:])
    places = np.flatnonzero(first)
    return Matches(docs[places].astype(np.int32), np.add.reduceat(weights[order], places))


def _concatenated(parts: Sequence[Part]) -> tuple[npt.NDArray[np.intp], Scores]:
    """Return documents and weights of all parts, in the types that bincount would otherwise convert to."""
    length = sum(len(part.docs) for part in parts)
    docs, weights = np.empty(length, np.intp), np.empty(length)
    start = 0
    for part in parts:
        end = start + len(part.docs)
        docs[start:end] = part.docs
        np.multiply(part.impacts, part.boost, out=weights[start:end])
        start = end
    return docs, weights
