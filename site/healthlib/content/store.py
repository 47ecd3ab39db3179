"""Published pages on disk: one SQLite file per generation, written once and then only read.

Pages are read one at a time by address, so a library of 100,000 pages costs a worker no start-up time and no memory.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from healthlib.content.additions import Cards
from healthlib.content.names import fold
from healthlib.content.pagetypes import PageType
from healthlib.content.published import MODELS, Card, GlossaryEntry, ListedMedicine, Page
from healthlib.content.reading import Reading

_SCHEMA = """
CREATE TABLE page (
    id INTEGER PRIMARY KEY, type TEXT NOT NULL, slug TEXT NOT NULL, url TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
    sort TEXT NOT NULL, summary TEXT NOT NULL, updated TEXT NOT NULL, record TEXT NOT NULL
);
CREATE INDEX page_by_name ON page (type, sort);
CREATE INDEX page_by_date ON page (type, updated DESC, sort);
CREATE TABLE moved (path TEXT PRIMARY KEY, target TEXT) WITHOUT ROWID;
CREATE TABLE member (holder TEXT NOT NULL, type TEXT NOT NULL, sort TEXT NOT NULL, page INTEGER NOT NULL);
CREATE INDEX member_by_name ON member (holder, type, sort);
CREATE TABLE letter (type TEXT NOT NULL, letter TEXT NOT NULL, sort TEXT NOT NULL, name TEXT NOT NULL,
    url TEXT NOT NULL, title TEXT NOT NULL);
CREATE INDEX letter_by_name ON letter (type, letter, sort);
CREATE TABLE listed (effect TEXT NOT NULL, medicine TEXT NOT NULL, place INTEGER NOT NULL, sort TEXT NOT NULL,
    serious INTEGER NOT NULL, record TEXT NOT NULL);
CREATE INDEX listed_by_effect ON listed (effect, place);
CREATE INDEX listed_by_medicine ON listed (effect, medicine);
CREATE TABLE related (url TEXT PRIMARY KEY, cards TEXT NOT NULL);
CREATE TABLE reading (url TEXT PRIMARY KEY, lang TEXT NOT NULL, review_due TEXT, digest TEXT NOT NULL,
    head BLOB NOT NULL, data BLOB NOT NULL, html BLOB NOT NULL, rest BLOB NOT NULL);
CREATE TABLE glossary (place INTEGER PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE twin (url TEXT PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE compared (medicine TEXT NOT NULL, place INTEGER NOT NULL, product TEXT NOT NULL, sort TEXT NOT NULL,
    label TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (medicine, place)) WITHOUT ROWID;
CREATE INDEX compared_by_name ON compared (sort);
CREATE TABLE pair (first TEXT NOT NULL, second TEXT NOT NULL, url TEXT NOT NULL,
    PRIMARY KEY (first, second, url)) WITHOUT ROWID;
"""
OTHER_LETTER = "0-9"


@dataclass(frozen=True)
class AzEntry:
    """A name in an A to Z list; `title` is the page it is found under, when that has another name."""

    name: str
    url: str
    see: str | None


class StoreWriter:
    """Writes a new store. Use as a context manager; nothing is kept of one that fails."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path)
        self._db.executescript(_SCHEMA)
        self._next = 0

    def __enter__(self) -> "StoreWriter":
        return self

    def __exit__(self, kind: object, _error: object, _trace: object) -> None:
        if kind is None:
            self._db.commit()
            self._db.execute("ANALYZE")
        self._db.close()

    def add(self, page: Page) -> None:
        """Add a page to the listings, the A to Z and the groups it belongs to."""
        self._next += 1
        sort = fold(page.title)
        self._db.execute(
            "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self._next,
                page.type,
                page.slug,
                page.url,
                page.title,
                sort,
                page.summary,
                page.updated.isoformat(),
                page.model_dump_json(),
            ),
        )
        self._db.executemany(
            "INSERT INTO member VALUES (?, ?, ?, ?)", ((ref, page.type, sort, self._next) for ref in page.about)
        )
        self._db.executemany("INSERT INTO letter VALUES (?, ?, ?, ?, ?, ?)", _az_rows(page))

    def add_moved(self, path: str, target: str | None) -> None:
        """Record that an address has moved to `target`, or is gone for good."""
        self._db.execute("INSERT INTO moved VALUES (?, ?)", (path, target))

    def add_glossary(self, entries: Iterable[GlossaryEntry]) -> None:
        """Record the words of the glossary, A to Z."""
        self._db.executemany("INSERT INTO glossary (record) VALUES (?)", ((one.model_dump_json(),) for one in entries))

    def add_listed(self, effect: str, entries: Iterable[ListedMedicine]) -> None:
        """Record the medicines that list a side effect, in the order in which its page shows them."""
        self._db.executemany(
            "INSERT INTO listed VALUES (?, ?, ?, ?, ?, ?)",
            (
                (effect, entry.page, place, fold(entry.product), entry.serious, entry.model_dump_json())
                for place, entry in enumerate(entries)
            ),
        )


def _az_rows(page: Page) -> Iterator[tuple[str, str, str, str, str, str]]:
    names = dict.fromkeys((page.title, *page.names[1:], *page.aliases))
    seen: set[str] = set()
    for name in names:
        folded = fold(name)
        if folded not in seen:
            seen.add(folded)
            yield page.type, letter_of(folded), folded, name, page.url, page.title


def letter_of(folded: str) -> str:
    """Return the letter of the A to Z that a folded name stands under."""
    return folded[0].upper() if folded[:1].isascii() and folded[:1].isalpha() else OTHER_LETTER


class Store:
    """Reads a store; safe to share between threads, each of which gets its own connection."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            OSError: when it is not there or is no store.
        """
        self._path = path
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        try:
            self.pages = int(self._one("SELECT count(*) FROM page")[0])
        except sqlite3.Error as error:
            self.close()
            raise OSError(f"{path}: {error}") from error

    def close(self) -> None:
        """Close every connection; call it when no request uses the store any more."""
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()

    @property
    def _db(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            # Nobody writes to a published file: immutable saves every lock and works on a read-only disk.
            address = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            connection.execute("PRAGMA mmap_size = 1073741824")
            self._local.connection = connection
            with self._lock:
                self._connections.append(connection)
        return connection

    def rows(self, sql: str, *values: object) -> list[tuple[str, ...]]:
        """Return the rows of a query: for modules that read tables of their own."""
        with closing(self._db.execute(sql, values)) as cursor:
            return cursor.fetchall()

    def _one(self, sql: str, *values: object) -> tuple[str, ...]:
        return self.rows(sql, *values)[0]

    def page(self, url: str) -> Page | None:
        """Return the page at an address with its related pages, or None."""
        rows = self.rows("SELECT type, record, cards FROM page LEFT JOIN related USING (url) WHERE url = ?", url)
        if not rows:
            return None
        page = MODELS[PageType(rows[0][0])].model_validate_json(rows[0][1])
        return page.model_copy(update={"related": Cards.validate_json(rows[0][2])}) if rows[0][2] else page

    def reading(self, url: str) -> Reading | None:
        """Return the page at an address as it is served, or None."""
        sql = (
            "SELECT type, slug, page.url, lang, title, summary, review_due, head, data, html, rest, digest "
            "FROM page JOIN reading ON reading.url = page.url WHERE page.url = ?"
        )
        with closing(self._db.execute(sql, (url,))) as cursor:
            row = cursor.fetchone()
        if row is None:
            return None
        page_type, slug, address, lang, title, summary, due, *rest = row
        review_due = date.fromisoformat(due) if due else None
        return Reading(PageType(page_type), slug, address, lang, title, summary, review_due, *rest)

    def glossary(self) -> list[GlossaryEntry]:
        """Return the words of the glossary, A to Z."""
        rows = self.rows("SELECT record FROM glossary ORDER BY place")
        return [GlossaryEntry.model_validate_json(record) for (record,) in rows]

    def twin(self, url: str) -> bytes | None:
        """Return what the page at an address says as JSON, or None where it is no page of a thing."""
        with closing(self._db.execute("SELECT data FROM twin WHERE url = ?", (url,))) as cursor:
            row: tuple[bytes] | None = cursor.fetchone()
        return row[0] if row else None

    def has(self, url: str) -> bool:
        """Return whether there is a page at an address."""
        return bool(self.rows("SELECT 1 FROM page WHERE url = ?", url))

    def moved(self, path: str) -> tuple[bool, str | None]:
        """Return (True, new address), (True, None) when the page is gone for good, or (False, None)."""
        rows = self.rows("SELECT target FROM moved WHERE path = ?", path)
        return (True, rows[0][0]) if rows else (False, None)

    def count(self, page_type: PageType) -> int:
        """Return how many pages of a type there are."""
        return int(self._one("SELECT count(*) FROM page WHERE type = ?", page_type)[0])

    def by_name(self, page_type: PageType, limit: int, offset: int = 0) -> list[Card]:
        """Return pages of a type, A to Z."""
        return self.cards("WHERE type = ? ORDER BY sort LIMIT ? OFFSET ?", page_type, limit, offset)

    def newest(self, page_type: PageType, limit: int, offset: int = 0) -> list[Card]:
        """Return pages of a type, the last updated first."""
        return self.cards("WHERE type = ? ORDER BY updated DESC, sort LIMIT ? OFFSET ?", page_type, limit, offset)

    def newest_of_topic(self, topic: str, limit: int) -> list[Card]:
        """Return pages of a topic, the last updated first."""
        return self.cards(
            "JOIN member ON member.page = page.id WHERE holder = ? ORDER BY updated DESC, page.sort LIMIT ?",
            f"topics/{topic}",
            limit,
        )

    def members(self, holder: str, page_type: PageType, limit: int, offset: int = 0) -> list[Card]:
        """Return pages of a type that are about `holder` (such as `classes/interferons`), A to Z."""
        return self.cards(
            "JOIN member ON member.page = page.id WHERE holder = ? AND member.type = ? "
            "ORDER BY member.sort LIMIT ? OFFSET ?",
            holder,
            page_type,
            limit,
            offset,
        )

    def count_members(self, holder: str) -> dict[PageType, int]:
        """Return how many pages of each type are about `holder`."""
        rows = self.rows("SELECT type, count(*) FROM member WHERE holder = ? GROUP BY type", holder)
        return {PageType(page_type): int(number) for page_type, number in rows}

    def cards(self, condition: str, *values: object) -> list[Card]:
        """Return the pages that meet a condition, which is a fixed text in SQL."""
        rows = self.rows(
            f"SELECT page.type, page.url, title, summary, updated FROM page {condition}",  # noqa: S608, fixed texts only
            *values,
        )
        return [
            Card(type=PageType(page_type), url=url, title=title, summary=summary, updated=date.fromisoformat(updated))
            for page_type, url, title, summary, updated in rows
        ]

    def letters(self, page_type: PageType) -> dict[str, int]:
        """Return the letters that have names, with how many."""
        return {
            letter: int(number)
            for letter, number in self.rows(
                "SELECT letter, count(*) FROM letter WHERE type = ? GROUP BY letter", page_type
            )
        }

    def names(self, page_type: PageType, letter: str, limit: int, offset: int = 0) -> list[AzEntry]:
        """Return the names under a letter, in order; brands and other names say which page they are found under."""
        rows = self.rows(
            "SELECT name, url, title FROM letter WHERE type = ? AND letter = ? ORDER BY sort LIMIT ? OFFSET ?",
            page_type,
            letter,
            limit,
            offset,
        )
        return [AzEntry(name, url, None if name == title else title) for name, url, title in rows]

    def listed(self, effect: str, limit: int, offset: int = 0) -> list[ListedMedicine]:
        """Return the medicines that list a side effect, the most frequent first."""
        rows = self.rows(
            "SELECT record FROM listed WHERE effect = ? ORDER BY place LIMIT ? OFFSET ?", effect, limit, offset
        )
        return [ListedMedicine.model_validate_json(record) for (record,) in rows]

    def listed_by(self, effect: str, medicine: str) -> list[ListedMedicine]:
        """Return the products of a medicine (by address) that list a side effect, the most frequent first."""
        rows = self.rows("SELECT record FROM listed WHERE effect = ? AND medicine = ? ORDER BY place", effect, medicine)
        return [ListedMedicine.model_validate_json(record) for (record,) in rows]

    def count_listed(self, effect: str) -> int:
        """Return how many products list a side effect."""
        return int(self._one("SELECT count(*) FROM listed WHERE effect = ?", effect)[0])

    def addresses(self, limit: int = -1, offset: int = 0) -> Iterator[tuple[str, date]]:
        """Yield (address, last update) of every page, or of `limit` pages from `offset` on."""
        rows = self.rows("SELECT url, updated FROM page ORDER BY url LIMIT ? OFFSET ?", limit, offset)
        return ((url, date.fromisoformat(updated)) for url, updated in rows)
