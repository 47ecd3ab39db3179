"""What a build adds to a store when all its pages and their meaning are known.

Related pages, and with them the finished text of every page and of what can be compared.
"""

import sqlite3
from pathlib import Path

from pydantic import TypeAdapter

from healthlib.content.compared import Compared
from healthlib.content.names import fold
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

    def add_twin(self, url: str, data: bytes) -> None:
        """Record what the page at an address says, as JSON in UTF-8."""
        self._db.execute("INSERT INTO twin VALUES (?, ?)", (url, data))

    def add_reading(self, page: Reading) -> None:
        """Record a page as it is served."""
        due = page.review_due.isoformat() if page.review_due else None
        row = page.url, page.lang, due, page.digest, page.head, page.data, page.html, page.rest
        self._db.execute("INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def add_compared(self, place: int, product: Compared) -> None:
        """Record a product as it is compared; `place` is its number on the page of its medicine, from 0."""
        row = product.slug, place, product.id, fold(product.label), product.label, product.model_dump_json()
        self._db.execute("INSERT INTO compared VALUES (?, ?, ?, ?, ?, ?)", row)

    def add_pair(self, first: str, second: str, url: str) -> None:
        """Record that the article at an address compares two medicines, given in the order of their slugs."""
        self._db.execute("INSERT INTO pair VALUES (?, ?, ?)", (first, second, url))
