"""Arrays in files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt


def mapped(path: Path) -> npt.NDArray[Any]:
    """Map an array into memory, read-only.

    A plain array on the mapped memory is returned: slicing numpy's own `memmap` takes several times as long.

    Raises:
        OSError: when the file is missing.
    """
    return np.asarray(np.load(path, mmap_mode="r"))


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
