"""Settings of the WSGI server; the command line adds the address."""

import logging
import multiprocessing
import os
from typing import Any

# Workers take the cores; threads of numpy within one would wait for one another and for other workers.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

workers = min(4, multiprocessing.cpu_count() + 1)
worker_class = "gthread"
threads = 4
# The code and the templates are read once and shared by all workers; each opens the library for itself. New code needs
# a restart, as SIGHUP starts workers with the code that the server has. A new library needs neither.
preload_app = True
timeout = 30
graceful_timeout = 20
# Above the 200 characters that a search reads, and the longest that gunicorn can be told to take.
limit_request_line = 8190

# No access log: addresses, search words and referrers of readers belong in no file. Errors go to standard error.
accesslog = None
errorlog = "-"

# Nothing of ours uses it, and two servers of one user would fight over its file in the home directory.
control_socket_disable = True


class WithoutReaders(logging.Filter):
    """Takes out of gunicorn's messages what they quote of a request: its sender's address and what was typed."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten the messages that quote a request; every message is logged."""
        text = record.getMessage()
        for start in ("Invalid request", "Error handling request", "Ignored premature client disconnection"):
            if text.startswith(start):
                record.msg, record.args = start, ()
        return True


def post_fork(_server: Any, worker: Any) -> None:
    """Keep readers out of the worker's log."""
    worker.log.error_log.addFilter(WithoutReaders())


def when_ready(server: Any) -> None:
    """Compile the templates before there are workers: it takes about half a second."""
    templates = server.app.wsgi().jinja_env
    for name in templates.list_templates():
        templates.get_template(name)


def post_worker_init(worker: Any) -> None:
    """Open the library before the first reader comes."""
    worker.wsgi.extensions["healthlib_live"].open_ahead()
