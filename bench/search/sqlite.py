"""SQLite's full-text search, FTS5."""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from bench.corpus import FACETS, Record
from bench.search.contest import TOP, Answer
from healthlib.search.analysis import words

# Its fastest way that was found: ordering by the `rank` column took 1.4 times as long, mapping the file 1.1 times.
_RANKED = "SELECT rowid, -bm25(pages, 2.0, 1.0) AS score FROM pages WHERE pages MATCH ? ORDER BY score DESC LIMIT ?"
_COUNT = "SELECT count(*) FROM pages WHERE pages MATCH ?"
# All three facets in one pass: three queries would cost three times as much.
_FACETS = """
    SELECT kind, source, about, count(*) FROM pages JOIN facets ON facets.id = pages.rowid
    WHERE pages MATCH ? GROUP BY kind, source, about
"""


def write_sqlite(path: Path, records: Iterable[Record]) -> None:
    """Write a database of some records."""
    with sqlite3.connect(path) as database:
        database.execute("CREATE VIRTUAL TABLE pages USING fts5(title, body, tokenize='porter unicode61')")
        database.execute("CREATE TABLE facets(id INTEGER PRIMARY KEY, kind TEXT, source TEXT, about TEXT)")
        for place, record in enumerate(records):
            database.execute(
                "INSERT INTO pages(rowid, title, body) VALUES (?, ?, ?)", (place, record.title, record.body)
            )
            database.execute("INSERT INTO facets VALUES (?, ?, ?, ?)", (place, *record.facets))
        database.execute("INSERT INTO pages(pages) VALUES ('optimize')")
    database.close()


class Sqlite:
    """One connection, with room for the database in its cache."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path)
        self._database.execute("PRAGMA cache_size = -262144")

    def any_word(self, text: str) -> Answer:
        """See `Engine`."""
        wanted = _match(text, " OR ")
        return Answer(self._top(wanted), int(self._database.execute(_COUNT, (wanted,)).fetchone()[0]))

    def all_words(self, text: str) -> Answer:
        """See `Engine`."""
        wanted = _match(text, " AND ")
        return Answer(self._top(wanted), int(self._database.execute(_COUNT, (wanted,)).fetchone()[0]))

    def faceted(self, text: str) -> Answer:
        """See `Engine`."""
        wanted = _match(text, " OR ")
        counts: tuple[Counter[str], ...] = tuple(Counter() for _ in FACETS)
        total = 0
        for *values, count in self._database.execute(_FACETS, (wanted,)):
            total += count
            for counter, value in zip(counts, values, strict=True):
                counter[value] += count
        return Answer(self._top(wanted), total, counts)

    def _top(self, wanted: str) -> list[tuple[int, float]]:
        return self._database.execute(_RANKED, (wanted, TOP)).fetchall()


def _match(text: str, joint: str) -> str:
    return joint.join(f'"{word.text}"' for word in words(text))
