"""What the site is measured against: the least that a WSGI application, and one made with Flask, can do."""

import json
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

# The variable that names the file with the answer that `same` gives.
SAVED = "BENCH_ANSWER"
ok = Flask("ok")


def bare(_environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer "ok" without any framework."""
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", "2")])
    return [b"ok"]


@cache
def _answer() -> tuple[list[tuple[str, str]], bytes]:
    saved = json.loads(Path(os.environ[SAVED]).read_text(encoding="latin-1"))
    return [(name, value) for name, value in saved["headers"]], saved["body"].encode("latin-1")


def same(_environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer with the headers and bytes of a real answer, whatever is asked: what sending them takes."""
    headers, body = _answer()
    start_response("200 OK", headers.copy())
    return [body]


@ok.get("/")
def _ok() -> str:
    return "ok"
