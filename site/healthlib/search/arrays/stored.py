"""What hits show of documents, read one document at a time.

One JSON object a line, and where each line begins: opening costs nothing, reading one takes some microseconds.
"""

import json
import mmap
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from healthlib.search.arrays.files import mapped

Stored = dict[str, object]

_LINES, _STARTS = "stored.jsonl", "stored_starts.npy"


class StoredWriter:
    """Writes documents in their order; a context manager."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._file = (directory / _LINES).open("wb")
        self._starts = [0]

    def add(self, values: Stored) -> None:
        """Write the next document."""
        line = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        self._starts.append(self._starts[-1] + self._file.write(line + b"\n"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._file.close()
        np.save(self._directory / _STARTS, np.array(self._starts, np.int64))


class StoredFields:
    """Reads what `StoredWriter` wrote; safe to share between threads."""

    def __init__(self, directory: Path) -> None:
        """Map the file.

        Raises:
            OSError: when a file is missing.
        """
        self._starts = mapped(directory / _STARTS).data
        with (directory / _LINES).open("rb") as file:
            # An empty file cannot be mapped, and has nothing to read.
            self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if self._starts[-1] else b""

    def __len__(self) -> int:
        return len(self._starts) - 1

    def get(self, doc: int) -> Stored:
        """Return the stored values of a document."""
        found: Stored = json.loads(self._lines[self._starts[doc] : self._starts[doc + 1]])
        return found

    def close(self) -> None:
        """Unmap the file."""
        if isinstance(self._lines, mmap.mmap):
            self._lines.close()
