"""Arrays in files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib.format import dtype_to_descr, write_array_header_1_0


def mapped(path: Path) -> npt.NDArray[Any]:
    """Map an array into memory, read-only.

    A plain array on the mapped memory is returned: slicing numpy's own `memmap` takes several times as long.

    Raises:
        OSError: when the file is missing.
    """
    return np.asarray(np.load(path, mmap_mode="r"))


class Growing:
    """An array of one dimension that is written a piece at a time, so that it never stands in memory as a whole.

    Attributes:
        length: how many values there are so far.
    """

    def __init__(self, path: Path, kind: npt.DTypeLike) -> None:
        self.length = 0
        self._kind = np.dtype(kind)
        self._file = path.open("wb")
        self._write_head()

    def add(self, values: npt.NDArray[Any]) -> None:
        """Write the next values."""
        self.length += len(values)
        values.astype(self._kind, copy=False).tofile(self._file)

    def close(self) -> None:
        """Finish the file."""
        self._file.seek(0)
        self._write_head()
        self._file.close()

    def _write_head(self) -> None:
        # numpy leaves room in it for the length to grow.
        head = {"descr": dtype_to_descr(self._kind), "fortran_order": False, "shape": (self.length,)}
        write_array_header_1_0(self._file, head)


def mapped_plain(path: Path, dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    """Map a file of nothing but numbers, which was written bit by bit, into memory, read-only.

    Raises:
        OSError: when the file is missing.
    """
    # An empty file cannot be mapped.
    if not path.stat().st_size:
        return np.empty(0, dtype)
    return np.asarray(np.memmap(path, dtype, mode="r"))


def write_arrays(directory: Path, **arrays: npt.ArrayLike) -> None:
    """Write arrays into a new directory, each under its name."""
    directory.mkdir()
    for name, values in arrays.items():
        np.save(directory / f"{name}.npy", values)


def mapped_arrays(directory: Path, *names: str) -> Iterator[npt.NDArray[Any]]:
    """Map arrays that `write_arrays` wrote, in the order asked for.

    Raises:
        OSError: when a file is missing.
    """
    return (mapped(directory / f"{name}.npy") for name in names)
