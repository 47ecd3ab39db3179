"""Builds under readers of a real server: no request fails, and new text is there within two seconds."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from healthlib.config import ROOT

pytestmark = pytest.mark.slow


class Site:
    """A served copy of the library with content of its own."""

    def __init__(self, root: Path) -> None:
        self.content = root / "content"
        shutil.copytree(ROOT / "content", self.content)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = os.environ | {
            "HEALTHLIB_SECRET_KEY": "live-switch-tests-" * 2,
            "HEALTHLIB_CONTENT_DIR": str(self.content),
            "HEALTHLIB_INDEX_DIR": str(root / "index"),
            "HEALTHLIB_KEEP_GENERATIONS": "2",
        }

    def build(self) -> None:
        command = [sys.executable, "-m", "flask", "index", "build"]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True, capture_output=True)

    def serve(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--workers", "3"]
        command += ["--bind", f"127.0.0.1:{self.port}", "wsgi:app"]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stderr=subprocess.DEVNULL)

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, ""


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


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    site.build()
    with site.serve() as process:
        for _ in range(200):
            try:
                site.get("/")
            except OSError:
                time.sleep(0.05)
            else:
                break
        yield site
        process.terminate()


def seen_by_all_workers_after(site: Site, word: str) -> float:
    """Return the seconds until 30 answers in a row have the word: three workers share them."""
    started = time.monotonic()
    in_a_row = 0
    while in_a_row < 30:
        _, page = site.get(f"/search?q={word}")
        in_a_row = in_a_row + 1 if "<mark>" in page else 0
        assert time.monotonic() - started < 10, f"{word} was not found by every worker within 10 seconds"
    return time.monotonic() - started


def test_two_builds_under_readers(site: Site) -> None:
    stop = threading.Event()
    readers = [Reader(site, stop) for _ in range(2)]
    for reader in readers:
        reader.start()
    page = site.content / "pages" / "about.md"
    try:
        for word in ("quaggafirst", "quaggasecond"):
            page.write_text(page.read_text(encoding="utf-8") + f"\nThe word {word} is new.\n", encoding="utf-8")
            site.build()
            assert seen_by_all_workers_after(site, word) < 2
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert sum(reader.read for reader in readers) > 20
    assert [failure for reader in readers for failure in reader.failed] == []
