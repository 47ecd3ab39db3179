"""Where generations lie on disk, which one is live, and how that changes in one step.

index/current            the name of the live generation, replaced atomically
index/lock               held by the one builder
index/<name>/            a complete generation: manifest.json, library.sqlite, whoosh/
index/<name>.partial/    one that is being built, or litter of a build that was killed
"""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from healthlib.search.generation.manifest import MANIFEST

POINTER = "current"
LOCK = "lock"
PARTIAL = ".partial"
_NAME = re.compile(r"\d{8}T\d{12}-[0-9a-f]{8}")


class GenerationError(Exception):
    """No generation can be built, opened or switched to; the message says why and what to do."""


class Layout:
    """The index directory."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._pointer = os.fspath(root / POINTER)

    def path(self, name: str) -> Path:
        """Return the directory of a generation."""
        return self.root / name

    def names(self) -> list[str]:
        """Return the complete generations, oldest first."""
        if not self.root.is_dir():
            return []
        return sorted(entry.name for entry in self.root.iterdir() if _NAME.fullmatch(entry.name))

    def live(self) -> str | None:
        """Return the name of the live generation, or None where nothing was ever published."""
        try:
            name = (self.root / POINTER).read_text(encoding="ascii").strip()
        except (FileNotFoundError, UnicodeDecodeError):
            return None
        return name if _NAME.fullmatch(name) else None

    def stamp(self) -> tuple[int, int] | None:
        """Return what changes whenever the pointer is replaced; cheap enough for every request."""
        try:
            # Every request asks: pathlib takes three times as long.
            status = os.stat(self._pointer)  # noqa: PTH116
        except FileNotFoundError:
            return None
        return status.st_mtime_ns, status.st_ino

    def switch(self, name: str) -> None:
        """Make a complete generation the live one.

        Raises:
            GenerationError: when there is no such generation.
        """
        if not (self.path(name) / MANIFEST).is_file():
            raise GenerationError(f"There is no generation {name} in {self.root}.")
        temporary = self.root / f"{POINTER}.new"
        with temporary.open("w", encoding="ascii") as file:
            file.write(f"{name}\n")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.root / POINTER)
        sync_directory(self.root)

    @contextmanager
    def builder_lock(self) -> Iterator[None]:
        """Hold the right to build.

        Raises:
            GenerationError: when another build holds it, or the directory cannot be written.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            file = (self.root / LOCK).open("w", encoding="ascii")
        except OSError as error:
            raise GenerationError(f"{self.root} cannot be written: {error.strerror}.") from error
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise GenerationError(f"Another build is running in {self.root}; wait for it to end.") from None
            yield

    def clear_litter(self) -> None:
        """Remove what killed builds have left; only the holder of the builder's lock may call it."""
        for entry in self.root.glob(f"*{PARTIAL}"):
            shutil.rmtree(entry)
        (self.root / f"{POINTER}.new").unlink(missing_ok=True)

    def collect(self, keep: int) -> list[str]:
        """Remove all but the newest `keep` generations, never the live one, never one that a reader has open."""
        live = self.live()
        removed = []
        for name in [name for name in self.names() if name != live][: -(keep - 1) or None]:
            if self._free(name):
                # Renamed first: a generation must never be seen half removed.
                doomed = self.root / f"{name}{PARTIAL}"
                self.path(name).rename(doomed)
                shutil.rmtree(doomed)
                removed.append(name)
        return removed

    def _free(self, name: str) -> bool:
        try:
            with hold(self.path(name), exclusive=True):
                return True
        except BlockingIOError:
            return False


@contextmanager
def hold(directory: Path, exclusive: bool = False) -> Iterator[None]:
    """Hold a generation so that it is not removed.

    Raises:
        BlockingIOError: when another process holds it in a way that does not go together with this one.
    """
    descriptor = open_held(directory, exclusive)
    try:
        yield
    finally:
        os.close(descriptor)


def open_held(directory: Path, exclusive: bool = False) -> int:
    """Return a descriptor that holds a generation until it is closed, or the process ends."""
    descriptor = os.open(directory / MANIFEST, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise
    return descriptor


def sync_directory(path: Path) -> None:
    """Have the names in a directory survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
