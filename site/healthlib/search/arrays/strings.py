"""A list of texts in files: opened without reading it, and read one text, or a run of texts, at a time."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import overload

import numpy as np

from healthlib.search.arrays.files import mapped


def write_strings(directory: Path, name: str, texts: Iterable[str]) -> None:
    """Write texts, none of which may have a line break, into a directory under a name."""
    lines = [text.encode("utf-8", "surrogatepass") + b"\n" for text in texts]
    starts = np.zeros(len(lines) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, lines), np.int64, len(lines)), out=starts[1:])
    np.save(directory / f"{name}.npy", np.frombuffer(b"".join(lines), np.uint8))
    np.save(directory / f"{name}_starts.npy", starts)


class Strings(Sequence[str]):
    """Texts that `write_strings` wrote; safe to share between threads and processes."""

    def __init__(self, directory: Path, name: str) -> None:
        """Map the files.

        Raises:
            OSError: when one is missing.
        """
        self._blob, self._starts = mapped(directory / f"{name}.npy").data, mapped(directory / f"{name}_starts.npy").data

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            first, last, _ = place.indices(len(self))
            return self._read(self._starts[first], self._starts[max(first, last)]).split("\n")[:-1]
        # Python asks for the text after the last one to find the end of a list.
        return self._read(self._starts[place], self._starts[place + 1] - 1)

    def _read(self, start: int, end: int) -> str:
        return str(self._blob[start:end], "utf-8", "surrogatepass")
