"""Builds and a rollback under readers of a real server: none fails, and all workers have switched in two seconds."""

import threading
import time

import pytest

from served import Site

pytestmark = pytest.mark.slow


class Reader(threading.Thread):
    """Reads the search page over and over and counts the answers that are not 200."""

    def __init__(self, site: Site, stop: threading.Event) -> None:
        super().__init__()
        self.site, self.stop = site, stop
        self.read = 0
        self.failed: list[object] = []

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                status, _ = self.site.get("/search?q=kesimpta")
            except OSError as error:
                self.failed.append(error)
            else:
                self.read += 1
                if status != 200:
                    self.failed.append(status)


def switched_after(site: Site, word: str, found: bool = True) -> float:
    """Return the seconds until 30 answers in a row have the word, or do not: three workers share them."""
    started = time.monotonic()
    in_a_row = 0
    while in_a_row < 30:
        _, page = site.get(f"/search?q={word}")
        in_a_row = in_a_row + 1 if ("<mark>" in page) == found else 0
        assert time.monotonic() - started < 10, f"not every worker switched within 10 seconds: {word}"
    return time.monotonic() - started


def test_two_builds_and_a_rollback_under_readers(site: Site) -> None:
    stop = threading.Event()
    readers = [Reader(site, stop) for _ in range(2)]
    for reader in readers:
        reader.start()
    page = site.content / "pages" / "about.md"
    try:
        for word in ("quaggafirst", "quaggasecond"):
            page.write_text(page.read_text(encoding="utf-8") + f"\nThe word {word} is new.\n", encoding="utf-8")
            site.index("build")
            assert switched_after(site, word) < 2
        site.index("rollback")
        assert switched_after(site, "quaggasecond", found=False) < 2
        assert "<mark>" in site.get("/search?q=quaggafirst")[1]
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert sum(reader.read for reader in readers) > 20
    assert [failure for reader in readers for failure in reader.failed] == []
