"""Servers with one worker, and the CPU time that they have taken."""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from bench.search.contest import SkippedError
from healthlib.config import ROOT
from healthlib.search.generation.build import build
from healthlib.search.generation.layout import Layout

PATIENCE = 30.0
_TICK = os.sysconf("SC_CLK_TCK")
# In /proc/PID/stat, counted after the name and its bracket: the parent, CPU time in user and in kernel mode.
_PARENT, _USER, _KERNEL = 1, 11, 12

# One thread for Python in granian: several would wait for one another at the interpreter's lock.
_ADDRESS = ("--host", "127.0.0.1", "--port", "{port}")
COMMANDS = {
    "gunicorn": ("gunicorn", "--worker-class", "gthread", "--threads", "4", "--bind", "127.0.0.1:{port}"),
    "granian": ("granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "1", *_ADDRESS),
}


class Server:
    """A running server."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        self._process = process
        self.port = port

    def cpu_seconds(self) -> float:
        """Return the CPU time that it and its workers have taken so far, in steps of some 10 milliseconds."""
        return sum(_cpu_seconds(pid) for pid in _family(self._process.pid))


@contextmanager
def running(server: str, application: str, settings: Mapping[str, str]) -> Iterator[Server]:
    """Serve an application, such as `wsgi:app`, on a free port.

    Raises:
        SkippedError: when the server is not installed.
        RuntimeError: when it does not answer within half a minute.
    """
    if find_spec(server) is None:
        raise SkippedError("not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", *(part.format(port=port) for part in COMMANDS[server]), application]
    with _Quiet(command, settings) as process:
        _wait_for(process, port)
        yield Server(process, port)


@contextmanager
def served_library() -> Iterator[str]:
    """Build the library, serve it as readers get it, and give its address."""
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        build(ROOT / "content", Layout(index), keep=1)
        settings = {"HEALTHLIB_SECRET_KEY": secrets.token_hex(32), "HEALTHLIB_INDEX_DIR": str(index)}
        with running("gunicorn", "wsgi:app", settings) as server:
            yield f"http://127.0.0.1:{server.port}"


class _Quiet:
    """A process without output that ends with its `with` block."""

    def __init__(self, command: list[str], settings: Mapping[str, str]) -> None:
        self._command = command
        self._environment = {**os.environ, **settings}

    def __enter__(self) -> "subprocess.Popen[bytes]":
        quiet = subprocess.DEVNULL
        # The command is made of the fixed ones above.
        self._process = subprocess.Popen(self._command, cwd=ROOT, env=self._environment, stdout=quiet, stderr=quiet)  # noqa: S603
        return self._process

    def __exit__(self, *_error: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _wait_for(process: "subprocess.Popen[bytes]", port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            # Asked for a page: a port is open before the worker behind it has begun.
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"The server on port {port} does not answer.")


def _family(root: int) -> list[int]:
    """Return a process and its descendants."""
    parents = {int(path.name): _stat(int(path.name)) for path in Path("/proc").iterdir() if path.name.isdigit()}
    found = [root]
    for pid in found:
        found += [child for child, stat in parents.items() if stat and int(stat[_PARENT]) == pid]
    return found


def _cpu_seconds(pid: int) -> float:
    stat = _stat(pid)
    return (int(stat[_USER]) + int(stat[_KERNEL])) / _TICK if stat else 0.0


def _stat(pid: int) -> list[str]:
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:  # it has ended
        return []
    return text.rpartition(")")[2].split()
