"""Which pages are nearest to each page in meaning, for a library of any size.

In a small library every cosine is worked out. That takes time by the square of the pages, so a large one is cut into
groups of pages that lie together (k-means on the sphere: Dhillon and Modha 2001, "Concept decompositions for large
sparse text data"), and a page is compared with the pages of the groups nearest to its own: an inverted file, as in
Sivic and Zisserman 2003, "Video Google". The work for a page is then the same however many pages there are, but for the
one cosine with the middle of each group. `script/bench build` says how many of the true neighbours are found.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy import sparse

from healthlib.search.meaning import Vector

# Pages whose cosines are weighed beside what the pages share; a page shows six, and two at most for one reason.
NEAREST = 60
# Pages that are compared at once, so that no library needs a matrix of all its cosines.
_BLOCK = 512
# Up to so many pages, groups save nothing.
EXACT = 20_000
# Pages of a group, and how many groups a page is compared with: its own and the nearest ones.
_GROUP, _PROBED = 256, 32
# Rounds in which groups are made, and pages they are made from: more of either found no more neighbours.
_ROUNDS, _SAMPLED = 6, 64

Places = npt.NDArray[np.int64]
Near = tuple[npt.NDArray[np.signedinteger], Vector]


def nearest(pages: Vector, count: int = NEAREST, exact: int = EXACT) -> Iterator[Near]:
    """Yield, for each page in order, the rows of the nearest other pages, in no order, with their cosines.

    Args:
        pages: a vector of length 1 for each page, shape (n, k), float32.
        count: how many pages at most; only those with a cosine above 0 count as near.
        exact: up to how many pages every cosine is computed.
    """
    pages = np.ascontiguousarray(pages)
    if len(pages) <= exact:
        every = np.arange(len(pages))
        return (
            near
            for start in range(0, len(pages), _BLOCK)
            for near in _among(pages, every[start : start + _BLOCK], every, count)
        )
    return _by_groups(pages, count)


def _by_groups(pages: Vector, count: int) -> Iterator[Near]:
    """Yield the nearest pages as far as they are in the groups nearest to a page's own."""
    centres = _centres(pages)
    group_of = _nearest_centre(pages, centres)
    order = np.argsort(group_of, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(group_of, minlength=len(centres)))[:-1])
    rows = np.zeros((len(pages), count), np.int32)
    cosines = np.zeros((len(pages), count), np.float32)
    for group, own in enumerate(members):
        probed = np.argsort(-(centres @ centres[group]), kind="stable")[:_PROBED]
        others = np.sort(np.concatenate([members[other] for other in {*probed.tolist(), group}]))
        for start in range(0, len(own), _BLOCK):
            some = own[start : start + _BLOCK]
            for page, (places, values) in zip(some.tolist(), _among(pages, some, others, count), strict=True):
                rows[page, : len(places)], cosines[page, : len(places)] = places, values
    for near, values in zip(rows, cosines, strict=True):
        yield near[values > 0], values[values > 0]


def _centres(pages: Vector) -> Vector:
    """Return the middles of groups of pages that lie together, vectors of length 1."""
    groups = -(-len(pages) // _GROUP)
    random = np.random.default_rng(0)
    sample = pages[np.sort(random.choice(len(pages), min(len(pages), groups * _SAMPLED), replace=False))]
    centres = sample[random.choice(len(sample), groups, replace=False)]
    for _ in range(_ROUNDS):
        group_of = _nearest_centre(sample, centres)
        shape = (groups, len(sample))
        sums = sparse.csr_matrix((np.ones(len(sample), np.float32), (group_of, np.arange(len(sample)))), shape) @ sample
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        # A group that nobody is nearest to stays where it is.
        centres = np.where(lengths > 0, sums / np.maximum(lengths, 1e-9), centres)
    return np.asarray(centres, np.float32)


def _nearest_centre(pages: Vector, centres: Vector) -> Places:
    """Return the group whose middle is nearest to each page."""
    blocks = range(0, len(pages), _BLOCK)
    return np.concatenate([(pages[start : start + _BLOCK] @ centres.T).argmax(axis=1) for start in blocks])


def _among(pages: Vector, rows: Places, others: Places, count: int) -> Iterator[Near]:
    """Yield the nearest of some other pages for each of some rows, which are among these; `others` ascends."""
    cosines = pages[rows] @ pages[others].T
    cosines[np.arange(len(rows)), np.searchsorted(others, rows)] = 0
    for values in cosines:
        best = np.argpartition(values, -count)[-count:] if len(values) > count else np.arange(len(values))
        best = best[values[best] > 0]
        yield others[best], values[best]
