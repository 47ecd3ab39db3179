"""A bounded store of ready answers: what was not asked for longest makes room."""

import threading
from collections import OrderedDict
from collections.abc import Hashable

from healthlib.web.pagecache.ready import Ready

# No answer may take more than this part of a shelf: one long site map must not push out all pages.
LARGEST = 4


class Shelf:
    """Keeps answers up to a number of bytes; safe to share between threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.weight = 0
        self._entries: OrderedDict[Hashable, tuple[Ready, int]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Hashable) -> Ready | None:
        """Return an answer, which now counts as asked for last."""
        with self._lock:
            found = self._entries.get(key)
            if found is None:
                return None
            self._entries.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, ready: Ready) -> None:
        """Keep an answer with the weight that it has now, or no longer where it is too large; others make room."""
        with self._lock:
            _, before = self._entries.pop(key, (None, 0))
            self.weight -= before
            weight = ready.weight
            if weight * LARGEST > self.limit:
                return
            self._entries[key] = ready, weight
            self.weight += weight
            while self.weight > self.limit:
                _, (_, freed) = self._entries.popitem(last=False)
                self.weight -= freed

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._entries.clear()
            self.weight = 0
