"""Documents with scores: what evaluation gives, and the few things that are done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Docs = npt.NDArray[np.int32]
Scores = npt.NDArray[np.float64]
Impacts = npt.NDArray[np.float32] | Scores

# A sum over an array with a place for every document costs the same for one posting as for many; below this share of
# postings, sorting them is cheaper. Measured at 16,000 and at 200,000 documents.
_SPARSE = 32
# Looking one document up in a list costs about as much as adding up this many postings.
_PROBE = 16


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
        return Matches(parts[0].docs, np.multiply(parts[0].impacts, parts[0].boost, dtype=np.float64))
    docs, weights = _concatenated(parts)
    if len(docs) * _SPARSE < documents:
        found, places = np.unique(docs, return_inverse=True)
        return Matches(found.astype(np.int32), np.bincount(places, weights))
    dense = np.bincount(docs, weights, documents)
    found = dense.nonzero()[0]
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
        return np.asarray(np.bincount(*_concatenated(parts), documents)[docs], dtype=np.float64)
    for part in parts:
        places = part.docs.searchsorted(docs)
        found = part.docs.take(places, mode="clip") == docs
        total[found] += part.impacts[places[found]] * np.float64(part.boost)
    return total


def best(matches: Matches, count: int) -> Matches:
    """Return the best matches, best first; of equal scores the one that comes first in the index."""
    docs, scores = matches.docs, matches.scores
    if len(docs) > count:
        # Everything that is as good as the last one shown takes part, so that a tie is not cut at random.
        places = np.flatnonzero(scores >= np.partition(scores, -count)[-count])
        docs, scores = docs[places], scores[places]
    order = np.argsort(-scores, kind="stable")[:count]
    return Matches(docs[order], scores[order])


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
