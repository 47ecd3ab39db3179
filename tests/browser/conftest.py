"""A real server and a real Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from healthlib.config import ROOT

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def server(built_index: Path) -> Iterator[str]:
    """The address of the site, served by gunicorn as it is shipped."""
    gunicorn = ["gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", "127.0.0.1:{port}", "wsgi:app"]
    with _served(built_index, gunicorn) as address:
        yield address


@pytest.fixture(scope="session")
def developing(built_index: Path) -> Iterator[str]:
    """The address of the site as those who work on it see it."""
    flask = ["flask", "--app", "wsgi", "run", "--port", "{port}"]
    with _served(built_index, flask, HEALTHLIB_ENVIRONMENT="development") as address:
        yield address


@contextmanager
def _served(built_index: Path, module: list[str], **settings: str) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "HEALTHLIB_SECRET_KEY": "browser-tests-" * 3,
        "HEALTHLIB_INDEX_DIR": str(built_index),
        "HEALTHLIB_BASE_URL": address,
        **settings,
    }
    command = [sys.executable, "-m", *(part.format(port=port) for part in module)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet) as process:
        _wait_for(address, process)
        yield address
        process.terminate()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert process.poll() is None, "the server has ended"
        try:
            urllib.request.urlopen(f"{address}/", timeout=5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server did not answer within 10 seconds")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium in CI: script/browser installs it")
        pytest.skip("no Chromium on this machine: script/browser tells how it is found")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 390, "height": 844})
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
