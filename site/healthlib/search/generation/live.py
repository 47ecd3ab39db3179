"""Keeps a worker on the live generation: a new one is picked up by the next request after it is published."""

import logging
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from healthlib.search.generation.generation import Generation
from healthlib.search.generation.layout import GenerationError, Layout
from healthlib.search.generation.manifest import DamagedError

log = logging.getLogger(__name__)


class Live:
    """Lends the live generation to requests; an old one is closed when the last request that uses it has ended."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._current: Generation | None = None
        self._lent: Counter[Generation] = Counter()

    def stamp(self) -> tuple[int, int] | None:
        """Return what changes whenever another generation goes live, or None while there is none."""
        return self._layout.stamp()

    def borrow(self) -> Generation:
        """Return the live generation; give it back with `give_back`.

        Raises:
            GenerationError: when there is none that can be opened.
        """
        with self._lock:
            stamp = self._layout.stamp()
            if stamp != self._stamp or self._current is None:
                self._refresh()
                self._stamp = stamp
            if self._current is None:
                raise GenerationError(f"No generation in {self._layout.root} can be opened. Run `flask index build`.")
            self._lent[self._current] += 1
            return self._current

    def give_back(self, generation: Generation) -> None:
        """End the use of a generation."""
        with self._lock:
            self._lent[generation] -= 1
            if not self._lent[generation]:
                del self._lent[generation]
                if generation is not self._current:
                    generation.close()

    @contextmanager
    def lent(self) -> Iterator[Generation]:
        """Lend the live generation for the length of a `with` block."""
        generation = self.borrow()
        try:
            yield generation
        finally:
            self.give_back(generation)

    def open_ahead(self) -> None:
        """Open the live generation before a request needs it; where none can be opened, `borrow` will say so."""
        with suppress(GenerationError), self.lent():
            pass

    def close(self) -> None:
        """Close the live generation; nothing may be lent any more."""
        with self._lock:
            if self._current is not None:
                self._current.close()
                self._current = None

    def _refresh(self) -> None:
        """Open the live generation; where it is damaged stay with the open one, or fall back to an older one."""
        live = self._layout.live()
        if self._current is not None and live == self._current.name:
            return
        names = [name for name in reversed(self._layout.names()) if name != live]
        for name in [live] * (live is not None) + names * (self._current is None):
            opened = self._try_open(str(name))
            if opened is not None:
                self._replace(opened)
                return

    def _try_open(self, name: str) -> Generation | None:
        try:
            return Generation.open(self._layout.path(name))
        except DamagedError as error:
            log.error("generation not used: %s", error)
            return None

    def _replace(self, opened: Generation) -> None:
        old, self._current = self._current, opened
        if old is not None and not self._lent[old]:
            del self._lent[old]
            old.close()
