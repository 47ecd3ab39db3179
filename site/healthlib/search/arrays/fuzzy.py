"""Terms a few typing errors away from a word."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Letters = npt.NDArray[np.uint32]


def within(word: str, terms: Sequence[str], distance: int) -> npt.NDArray[np.bool_]:
    """Return which terms are at most some edits away from a word, shape (n,).

    An edit inserts, leaves out or replaces a letter, or exchanges two neighbours: optimal string alignment, computed
    for all terms at once, one row of the table at a time.
    """
    lengths = np.fromiter(map(len, terms), np.intp, len(terms))
    near = np.abs(lengths - len(word)) <= distance
    places = np.flatnonzero(near)
    if len(places):
        near[places] = _distances(word, [terms[place] for place in places.tolist()], lengths[places]) <= distance
    return near


def _distances(word: str, terms: Sequence[str], lengths: npt.NDArray[np.intp]) -> npt.NDArray[np.int16]:
    """Return the distance of each term from a word."""
    width = int(lengths.max())
    # A column for each letter of the terms, a row for each term; shorter terms are filled up with zeros.
    letters: Letters = np.array(terms, dtype=f"U{max(width, 1)}").view(np.uint32).reshape(len(terms), -1)
    typed = [ord(letter) for letter in word]
    before: npt.NDArray[np.int16] | None = None
    row = np.tile(np.arange(width + 1, dtype=np.int16), (len(terms), 1))
    for place, letter in enumerate(typed):
        above, row = row, np.empty_like(row)
        row[:, 0] = place + 1
        differs = letters != letter
        for column in range(width):
            best = np.minimum(above[:, column] + differs[:, column], above[:, column + 1] + 1)
            row[:, column + 1] = np.minimum(best, row[:, column] + 1)
            if before is not None and column:
                swapped = (letters[:, column] == typed[place - 1]) & ~differs[:, column - 1]
                row[swapped, column + 1] = np.minimum(row[swapped, column + 1], before[swapped, column - 1] + 1)
        before = above
    return row[np.arange(len(terms)), lengths]
