"""The sorted terms of all fields, looked up without reading them at start-up.

A term's key is the number of its field, one byte, and its text in UTF-8, so that the terms of a field, and those with
the same first letters, stand together. A hash table of buckets finds a key in about a microsecond.
"""

from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from healthlib.search.arrays.files import mapped

_FILES = ("blob", "starts", "buckets", "members")


def key_of(field: int, text: bytes) -> bytes:
    """Return the key of a term."""
    return bytes((field,)) + text


def write_terms(directory: Path, keys: Sequence[bytes]) -> None:
    """Write the table of some keys, which must be sorted, into a directory."""
    count = len(keys)
    mask = _mask(count)
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(np.fromiter(map(len, keys), np.int64, count), out=starts[1:])
    hashes = np.fromiter(map(crc32, keys), np.uint32, count) & np.uint32(mask)
    members = np.argsort(hashes, kind="stable")
    buckets = np.searchsorted(hashes[members], np.arange(mask + 2))
    values: tuple[npt.NDArray[Any], ...] = (
        np.frombuffer(b"".join(keys), np.uint8),
        starts,
        buckets.astype(np.int32),
        members.astype(np.int32),
    )
    for name, value in zip(_FILES, values, strict=True):
        np.save(directory / f"term_{name}.npy", value)


def _mask(count: int) -> int:
    """Return the largest bucket's number: there are as many buckets as the next power of 2 above the terms."""
    return int((1 << count.bit_length()) - 1)


class TermTable:
    """The terms of an index; a term is known by its place in the sorted order."""

    def __init__(self, directory: Path) -> None:
        """Map the table.

        Raises:
            OSError: when a file is missing.
        """
        blob, starts, buckets, members = (mapped(directory / f"term_{name}.npy") for name in _FILES)
        # Views of memory: reading one number from an array takes three times as long.
        self._blob, self._starts = blob.data, starts.data
        self._buckets, self._members = buckets.data, members.data
        self._count = len(starts) - 1
        self._mask = _mask(self._count)

    def __len__(self) -> int:
        return self._count

    def key(self, term: int) -> bytes:
        """Return the key of a term."""
        return bytes(self._blob[self._starts[term] : self._starts[term + 1]])

    def find(self, key: bytes) -> int | None:
        """Return the place of a key, or None where there is none."""
        bucket = crc32(key) & self._mask
        for place in range(self._buckets[bucket], self._buckets[bucket + 1]):
            term = self._members[place]
            if self._blob[self._starts[term] : self._starts[term + 1]] == key:
                return int(term)
        return None

    def starting(self, prefix: bytes) -> range:
        """Return the places of the terms that start with some bytes, the field's number first."""
        places = range(self._count)
        first = bisect_left(places, prefix, key=self.key)
        # UTF-8 has no byte 255, so nothing with this prefix sorts after it.
        return range(first, bisect_left(places, prefix + b"\xff", lo=first, key=self.key))
