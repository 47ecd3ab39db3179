"""Headers of every answer: security, caching, and 304 for what a browser has already."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request

from healthlib.web.context import settings_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Nothing but our own files; forms go to us; nobody frames us. No inline script or style anywhere.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ]
)
_SECURITY = [
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("X-Frame-Options", "DENY"),
]
YEAR = 365 * 24 * 3600


def init_headers(app: Flask) -> None:
    """Add the headers to every answer."""
    app.after_request(partial(_add, f"public, max-age={settings_of(app).cache_seconds}"))
    app.wsgi_app = SecurityHeaders(app.wsgi_app)  # type: ignore[method-assign]


class SecurityHeaders:
    """Adds the same headers to whatever an application answers, as one list."""

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Have the application answer."""

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:
            return start_response(status, headers + _SECURITY, *error)

        return self._app(environ, start)


def _add(public: str, response: Response) -> Response:
    endpoint = request.endpoint
    if endpoint == "static":
        _cache_static(response)
    elif endpoint == "search.results" or response.status_code >= 400:
        # An error may be gone the next moment.
        keep_private(response)
    # What a view has decided stays.
    elif response.status_code == 200 and "Cache-Control" not in response.headers:
        _cache_page(public, endpoint, response)
    return response


def keep_private(response: Response) -> None:
    """Have nobody keep an answer: what a reader searched for, or takes, is nobody else's business."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"


def _cache_page(public: str, endpoint: str | None, response: Response) -> None:
    response.headers["Cache-Control"] = public
    if endpoint == "search.suggest":
        response.headers["X-Robots-Tag"] = "noindex"
    response.add_etag(weak=True)
    if "HTTP_IF_NONE_MATCH" in request.environ:
        response.make_conditional(request)


def _cache_static(response: Response) -> None:
    # An address with the file's digest in it never changes its content.
    fresh = f"public, max-age={YEAR}, immutable" if "v" in request.args else "public, max-age=3600"
    response.headers["Cache-Control"] = fresh
    tag, _ = response.get_etag()
    if tag is not None:
        # The same tag in every coding that the page cache sends.
        response.set_etag(tag, weak=True)
