"""Arrays in files."""

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
