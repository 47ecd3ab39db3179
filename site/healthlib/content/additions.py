"""What a build adds to a store when all its pages and their meaning are known.

Related pages, related searches, and with them the finished text of every page.
"""

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from pydantic import TypeAdapter

from healthlib.content.published import Card
from healthlib.content.reading import Reading

Cards = TypeAdapter(tuple[Card, ...])


class Additions:
    """Adds to a finished store that nobody reads. Use as a context manager; nothing is kept of one that fails."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path)

    def __enter__(self) -> "Additions":
        return self

    def __exit__(self, kind: object, _error: object, _trace: object) -> None:
        if kind is None:
            self._db.commit()
        self._db.close()

    def relate(self, url: str, cards: tuple[Card, ...]) -> None:
        """Record the related pages of the page at an address, best first."""
        self._db.execute("INSERT INTO related VALUES (?, ?)", (url, Cards.dump_json(cards).decode()))

    def add_related_searches(self, key: str, searches: Sequence[str]) -> None:
        """Record searches that may follow one, best first, under a folded name or the address of a page."""
        self._db.execute("INSERT INTO related_search VALUES (?, ?)", (key, json.dumps(searches, ensure_ascii=False)))

    def add_twin(self, url: str, data: bytes) -> None:
        """Record what the page at an address says, as JSON in UTF-8."""
        self._db.execute("INSERT INTO twin VALUES (?, ?)", (url, data))

    def add_reading(self, page: Reading) -> None:
        """Record a page as it is served."""
        due = page.review_due.isoformat() if page.review_due else None
        row = page.url, page.lang, due, page.digest, page.head, page.data, page.html, page.rest
        self._db.execute("INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
