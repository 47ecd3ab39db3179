"""Readers made by machine: wrk where it is installed, otherwise a few threads of our own."""

import json
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle

CONNECTIONS = 8
WRK = shutil.which("wrk")
_NEXT = """local requests, at = {{ {requests} }}, 0
request = function()
  at = at % #requests + 1
  return requests[at]
end
"""


@dataclass(frozen=True)
class Load:
    """What was answered.

    Attributes:
        requests: how many requests were answered.
        seconds: in what time.
    """

    requests: int
    seconds: float


def load(port: int, paths: Sequence[str], headers: Mapping[str, str], seconds: float) -> Load:
    """Ask for some addresses in turn, over a few connections that stay open, as fast as answers come.

    Raises:
        RuntimeError: when an answer is an error.
    """
    head = "".join(f"{name}: {value}\r\n" for name, value in {"Host": f"127.0.0.1:{port}", **headers}.items())
    requests = [f"GET {path} HTTP/1.1\r\n{head}\r\n" for path in paths]
    return _wrk(WRK, port, requests, seconds) if WRK else own(port, requests, seconds)


def _wrk(program: str, port: int, requests: Sequence[str], seconds: float) -> Load:
    with tempfile.NamedTemporaryFile("w", suffix=".lua", encoding="utf-8") as script:
        script.write(_NEXT.format(requests=", ".join(json.dumps(request) for request in requests)))
        script.flush()
        command = [program, "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "-s", script.name]
        # A fixed program with numbers and a file of our own.
        done = subprocess.run([*command, f"http://127.0.0.1:{port}/"], capture_output=True, text=True, check=True)  # noqa: S603
    return read_wrk(done.stdout)


def read_wrk(printed: str) -> Load:
    """Return what wrk has printed.

    Raises:
        RuntimeError: when it tells of errors, or of nothing.
    """
    found = re.search(r"(\d+) requests in ([\d.]+)(ms|s|m)", printed)
    if not found or "Non-2xx" in printed or "Socket errors" in printed:
        raise RuntimeError(f"wrk met errors: {printed}")
    return Load(int(found[1]), float(found[2]) * {"ms": 0.001, "s": 1, "m": 60}[found[3]])


def own(port: int, requests: Sequence[str], seconds: float) -> Load:
    """Do as wrk does, in Python: a fast server waits for it, so its requests per second are too few.

    Raises:
        RuntimeError: when an answer is an error.
    """
    begun = time.monotonic()
    counts: list[int] = []
    readers = [
        threading.Thread(target=_read, args=(port, requests, begun + seconds, counts)) for _ in range(CONNECTIONS)
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    if len(counts) < CONNECTIONS:
        raise RuntimeError("A request was answered with an error.")
    return Load(sum(counts), time.monotonic() - begun)


def _read(port: int, requests: Sequence[str], end: float, counts: list[int]) -> None:
    answered = 0
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection, connection.makefile("rb") as answers:
        for request in cycle(requests):
            if time.monotonic() >= end:
                break
            connection.sendall(request.encode())
            status = int(answers.readline().split()[1])
            lengths = [line for line in iter(answers.readline, b"\r\n") if line.lower().startswith(b"content-length:")]
            answers.read(int(lengths[0].partition(b":")[2]) if lengths else 0)
            if status >= 400:
                return
            answered += 1
    counts.append(answered)
