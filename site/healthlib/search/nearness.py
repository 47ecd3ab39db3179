"""Which pages are nearest to each page in meaning, for a library of any size."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from healthlib.search.meaning import Vector

# Pages whose cosines are weighed beside what the pages share; a page shows six, and two at most for one reason.
NEAREST = 60
# Cosines computed at once: 64 MB of float32, so that 200,000 pages never need a matrix of 160 GB.
_CELLS = 16_000_000


def nearest(pages: Vector, count: int = NEAREST, cells: int = _CELLS) -> Iterator[dict[int, float]]:
    """Yield, for each page in order, the rows of the nearest other pages with their cosines.

    Args:
        pages: a vector of length 1 for each page, shape (n, k), float32.
        count: how many pages at most; only those with a cosine above 0 count as near.
        cells: how many cosines are held at once.
    """
    block = max(1, cells // max(1, len(pages)))
    for start in range(0, len(pages), block):
        cosines = pages[start : start + block] @ pages.T
        for offset, row in enumerate(cosines):
            row[start + offset] = 0
            yield {int(place): float(row[place]) for place in _largest(row, count)}


def _largest(row: Vector, count: int) -> npt.NDArray[np.intp]:
    """Return the places of the largest positive values, in no order."""
    places = np.flatnonzero(row > 0)
    if len(places) <= count:
        return places
    return places[np.argpartition(-row[places], count)[:count]]
