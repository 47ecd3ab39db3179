"""A real server over a copy of the shipped library, for tests that need one."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from healthlib.config import ROOT


class Site:
    """A served copy of the library with content of its own."""

    def __init__(self, root: Path) -> None:
        self.content = root / "content"
        shutil.copytree(ROOT / "content", self.content)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = root / "server.log"
        self.environment = os.environ | {
            "HEALTHLIB_SECRET_KEY": "live-switch-tests-" * 2,
            "HEALTHLIB_CONTENT_DIR": str(self.content),
            "HEALTHLIB_INDEX_DIR": str(root / "index"),
            "HEALTHLIB_KEEP_GENERATIONS": "2",
        }

    def index(self, command: str) -> None:
        """Run `flask index COMMAND`."""
        line = [sys.executable, "-m", "flask", "index", command]
        subprocess.run(line, cwd=ROOT, env=self.environment, check=True, capture_output=True)

    def serve(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--workers", "3"]
        command += ["--bind", f"127.0.0.1:{self.port}", "wsgi:app"]
        command += ["--log-level", "debug"]
        with self.log.open("wb") as log:
            return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)

    def send(self, request: bytes) -> bytes:
        """Send bytes as they are and return the answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, ""
