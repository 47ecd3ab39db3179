"""The page cache: a WSGI application around the site's, which it asks only for what it does not have.

Kept are complete 200 answers to GET without a query, of static files also with the digest that pages add, and of
`/search`, where everything that the search form reads is the same. What sets a cookie, varies, is `private` or
`no-store` never is. A search is `private, no-store` to all others: what readers search for stays in the memory of this
process.

Everything is dropped when another generation goes live and when a day ends, because pages say what is overdue. Asking
for that takes longer than all else here, so it is done ten times a second and not for each answer.
Code and templates are those of the process: a worker that starts has nothing.
"""

import threading
import time
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from werkzeug.datastructures import ResponseCacheControl
from werkzeug.http import parse_cache_control_header
from werkzeug.sansio.utils import host_is_trusted
from werkzeug.wrappers import Request

from healthlib.web.pagecache.ready import Header, Ready
from healthlib.web.pagecache.shelf import Shelf
from healthlib.web.search_form import SEARCH, same_search

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Readers type at most 200 characters that count, up to nine bytes each in an address; longer ones are not remembered.
LONGEST_QUERY = 2000
# Searches get this part of the memory, so that a flood of them cannot push out pages.
SEARCH_PART = 4
# Readers may get an answer of the generation before for so many seconds after another has gone live.
RECHECK = 0.1
_PERSONAL = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
# What addresses of static files have after them; see `templating.Assets`.
_DIGEST = "v="
_PARTIAL = ("HTTP_RANGE", "HTTP_IF_RANGE")

Stamp = tuple[int, int] | None
Epoch = tuple[Stamp, date]


@dataclass(frozen=True)
class Rules:
    """What the cache must know of the site around it.

    Attributes:
        megabytes: how much memory it may take in this process.
        stamp: what changes when another generation goes live; None while there is none.
        static: where static files begin; whatever digest is asked for, there is one file.
        trusted_hosts: host names that the site answers to; empty means any.
        today: the day.
        clock: seconds, from any moment on.
    """

    megabytes: int
    stamp: Callable[[], Stamp]
    static: str
    trusted_hosts: Sequence[str] = ()
    today: Callable[[], date] = date.today
    clock: Callable[[], float] = time.monotonic


class PageCache:
    """The site with its ready answers in front; safe to share between threads."""

    def __init__(self, app: "WSGIApplication", rules: Rules) -> None:
        self._app = app
        self._rules = rules
        memory = rules.megabytes * 1024 * 1024
        self.searches = Shelf(memory // SEARCH_PART)
        self.pages = Shelf(memory - self.searches.limit)
        self._epoch: Epoch = (None, date.min)
        self._holds_until = float("-inf")
        self._lock = threading.Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer from memory, or have the application answer."""
        shelf, key = self._place(environ)
        if key is None:
            return self._app(environ, start_response)
        epoch = self._now()
        ready = shelf.get(key)
        if ready is None:
            return self._ask(environ, start_response, shelf, key, epoch)
        weight = ready.weight
        body = ready.answer(environ, start_response)
        if ready.weight != weight:
            self._keep(shelf, key, ready, epoch)
        return body

    def _place(self, environ: "WSGIEnvironment") -> tuple[Shelf, Hashable | None]:
        """Return where the answer to a request would be kept; no key where it must not be."""
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not self._trusts(environ):
            return self.pages, None
        if path == SEARCH:
            return self.searches, _search(query) if len(query) <= LONGEST_QUERY else None
        if query.startswith(_DIGEST) and path.startswith(self._rules.static):
            return self.pages, f"{path}?{_DIGEST}"
        return self.pages, path if not query else None

    def _trusts(self, environ: "WSGIEnvironment") -> bool:
        hosts = self._rules.trusted_hosts
        return not hosts or host_is_trusted(environ.get("HTTP_HOST"), hosts)

    def _now(self) -> Epoch:
        """Return which answers hold now, and drop all others."""
        now = self._rules.clock()
        if now < self._holds_until:
            return self._epoch
        epoch = self._rules.stamp(), self._rules.today()
        if epoch != self._epoch:
            with self._lock:
                self._epoch = epoch
                self.pages.clear()
                self.searches.clear()
        self._holds_until = now + RECHECK
        return epoch

    def _ask(
        self, environ: "WSGIEnvironment", start_response: "StartResponse", shelf: Shelf, key: Hashable, epoch: Epoch
    ) -> list[bytes]:
        """Have the application answer in full, keep that if it may be kept, and give of it what was asked for."""
        left_out = {*_PERSONAL, *_PARTIAL}
        asked = {name: value for name, value in environ.items() if name not in left_out} | {"REQUEST_METHOD": "GET"}
        status, headers, body = _collect(self._app, asked)
        if not _may_be_kept(status, headers, is_search=shelf is self.searches):
            start_response(status, headers)
            return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
        ready = Ready(headers, body, thorough=shelf is self.pages)
        sent = ready.answer(environ, start_response)
        self._keep(shelf, key, ready, epoch)
        return sent

    def _keep(self, shelf: Shelf, key: Hashable, ready: Ready, epoch: Epoch) -> None:
        # A page rendered while another generation went live belongs to neither: it is sent and forgotten.
        with self._lock:
            if epoch == self._epoch and epoch[0] is not None:
                shelf.put(key, ready)


@lru_cache(maxsize=1024)
def _search(query: str) -> Hashable:
    """Return what a search's address asks for, read as the application reads it."""
    return same_search(Request({"REQUEST_METHOD": "GET", "QUERY_STRING": query}).args)


def _collect(app: "WSGIApplication", environ: "WSGIEnvironment") -> tuple[str, list[Header], bytes]:
    """Return the whole answer of an application."""
    started: list[tuple[str, list[Header]]] = []

    def start_response(status: str, headers: list[Header], _error: object = None) -> Callable[[bytes], object]:
        started.append((status, headers))
        return parts.append

    parts: list[bytes] = []
    answered = app(environ, start_response)
    try:
        parts.extend(answered)
    finally:
        close = getattr(answered, "close", None)
        if close is not None:
            close()
    status, headers = started[-1]
    return status, headers, b"".join(parts)


def _may_be_kept(status: str, headers: Sequence[Header], is_search: bool) -> bool:
    """Whether an answer is the same for every reader."""
    named = {name.lower(): value for name, value in headers}
    if not status.startswith("200 ") or "set-cookie" in named or "vary" in named:
        return False
    allowed = parse_cache_control_header(named.get("cache-control"), cls=ResponseCacheControl)
    return is_search or bool(allowed.public and not allowed.no_store and allowed.private is None)
