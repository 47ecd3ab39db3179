"""An answer that is ready to send: its headers and its bytes, compressed as browsers ask for it."""

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from werkzeug.http import parse_etags, remove_entity_headers, unquote_etag

from healthlib.web.pagecache.encodings import ENCODERS, IDENTITY, encoding_for

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Header = tuple[str, str]

# Below this the headers cost more than compressing saves.
WORTH_COMPRESSING = 500
# What an entry costs beside its bodies: headers of each variant, keys, the objects themselves.
OVERHEAD = 4096
_TEXTS = (
    "text/",
    "image/svg+xml",
    "application/javascript",
    "application/json",
    "application/xml",
    "application/atom+xml",
    "application/opensearchdescription+xml",
)


class Ready:
    """A complete 200 answer; safe to share between threads.

    Attributes:
        weight: how many bytes of memory it takes, nearly; grows with every coding that is asked for.
    """

    def __init__(self, headers: Sequence[Header], body: bytes, thorough: bool) -> None:
        """Take an answer of the application.

        Args:
            headers: its headers; `Date` is left to the server, for an answer is kept longer than a second.
            body: its bytes, not compressed.
            thorough: whether small counts more than quick when it is compressed.
        """
        named = {name.lower(): value for name, value in headers}
        kept = [(name, value) for name, value in headers if name.lower() not in ("date", "content-length")]
        self._encodes = (
            len(body) >= WORTH_COMPRESSING
            and named.get("content-type", "").startswith(_TEXTS)
            and "content-encoding" not in named
        )
        self._headers = [*kept, ("Vary", "Accept-Encoding")] if self._encodes else kept
        self._not_modified = list(self._headers)
        remove_entity_headers(self._not_modified)
        self._tag = named.get("etag")
        self._thorough = thorough
        self._lock = threading.Lock()
        self._variants = {IDENTITY: self._variant(IDENTITY, body)}
        self.weight = len(body) + OVERHEAD

    def answer(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        """Send it as WSGI: 304 where the browser has it, without a body to HEAD, compressed as the browser asks."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and self._tag is not None and self._is(known):
            start_response("304 NOT MODIFIED", self._not_modified.copy())
            return []
        encoding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", "")) if self._encodes else IDENTITY
        headers, body = self._variants.get(encoding) or self._encoded(encoding)
        start_response("200 OK", headers.copy())
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _is(self, known: str) -> bool:
        """Whether an `If-None-Match` header names this answer. Weakly compared, as RFC 9110, section 13.1.2, asks."""
        return known == self._tag or parse_etags(known).contains_weak(str(unquote_etag(self._tag)[0]))

    def _encoded(self, encoding: str) -> tuple[list[Header], bytes]:
        with self._lock:
            if encoding not in self._variants:
                body = ENCODERS[encoding](self._variants[IDENTITY][1], self._thorough)
                self._variants[encoding] = self._variant(encoding, body)
                self.weight += len(body)
            return self._variants[encoding]

    def _variant(self, encoding: str, body: bytes) -> tuple[list[Header], bytes]:
        coded = [("Content-Encoding", encoding)] if encoding != IDENTITY else []
        return [*self._headers, *coded, ("Content-Length", str(len(body)))], body
