"""Finds the pages that a phrase names: "kesimpta" names a medicine, "blood thinners" a topic, a group and a guide.

Every name is kept as a 64-bit hash in one sorted array, so that a worker maps the file and reads nothing at start-up,
and all phrases of a query are looked up at once. With a million names the chance that two share a hash is 3 in 10^8.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt

from healthlib.search.analysis import name_key, stem
from healthlib.search.arrays.files import mapped_arrays, write_arrays

Hashes = npt.NDArray[np.uint64]


class Things:
    """Names and the pages that have them; pages are counted in the order of the index.

    Attributes:
        hashes: of each name, ascending, shape (n,).
        starts: where the pages of each name begin in `pages`, shape (n + 1,).
        pages: page numbers, shape (m,).
    """

    def __init__(self, hashes: Hashes, starts: npt.NDArray[np.int64], pages: npt.NDArray[np.int32]) -> None:
        self.hashes = hashes
        self.starts = starts
        self.pages = pages

    @classmethod
    def build(cls, names: Iterable[tuple[str, int]]) -> "Things":
        """Return the table of (name, page number)."""
        found = sorted({(int.from_bytes(_digest(key), "little"), page) for name, page in names for key in _keys(name)})
        firsts = [place for place, row in enumerate(found) if place == 0 or found[place - 1][0] != row[0]]
        return cls(
            np.array([found[place][0] for place in firsts], dtype=np.uint64),
            np.array([*firsts, len(found)], dtype=np.int64),
            np.array([page for _, page in found], dtype=np.int32),
        )

    def save(self, directory: Path) -> None:
        """Write the arrays into a new directory."""
        write_arrays(directory, hashes=self.hashes, starts=self.starts, pages=self.pages)

    @classmethod
    def load(cls, directory: Path) -> "Things":
        """Memory-map what `save` wrote.

        Raises:
            OSError: when a file is missing.
        """
        return cls(*mapped_arrays(directory, "hashes", "starts", "pages"))

    def find(self, phrases: Sequence[str]) -> list[tuple[int, ...]]:
        """Return, for each folded phrase, the pages of that name: as it is written or, failing that, by its stems."""
        if not phrases or not len(self.hashes):
            return [() for _ in phrases]
        found = self._pages([*map(_digest, phrases), *map(_digest, map(_stems, phrases))])
        return [found.get(place) or found.get(place + len(phrases), ()) for place in range(len(phrases))]

    def _pages(self, digests: list[bytes]) -> dict[int, tuple[int, ...]]:
        """Return the pages of those digests that any name has, by their place in the list."""
        wanted = np.frombuffer(b"".join(digests), "<u8").astype(np.uint64, copy=False)
        names = np.minimum(self.hashes.searchsorted(wanted), len(self.hashes) - 1)
        found = np.flatnonzero(self.hashes[names] == wanted).tolist()
        return {place: self._pages_of(int(names[place])) for place in found}

    def _pages_of(self, name: int) -> tuple[int, ...]:
        return tuple(self.pages[self.starts[name] : self.starts[name + 1]].tolist())


def _keys(name: str) -> Iterator[str]:
    """Yield the forms under which a name is found: PAD is no `pads`, so abbreviations have no stemmed form."""
    folded = name_key(name)
    if folded:
        yield folded
        if not name.isupper():
            yield _stems(folded)


@lru_cache(maxsize=8192)
def _stems(folded: str) -> str:
    # A mark before the stems keeps a stemmed form from being met by a phrase that is written like it.
    return "~" + " ".join(map(stem, folded.split()))


@lru_cache(maxsize=16384)
def _digest(key: str) -> bytes:
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
