"""Sessions that cost nothing where there are none: readers bring no cookie, and get none."""

from flask import Flask, Request
from flask.sessions import SecureCookieSessionInterface, SessionMixin


class QuietSessions(SecureCookieSessionInterface):
    """Flask's sessions; what checks a cookie's signature is made only for a request that brings a cookie."""

    def open_session(self, app: Flask, request: Request) -> SessionMixin | None:  # type: ignore[override]
        """Return the request's session; an empty one where there is no cookie."""
        if app.secret_key is None or "HTTP_COOKIE" in request.environ:
            return super().open_session(app, request)
        return self.session_class()
