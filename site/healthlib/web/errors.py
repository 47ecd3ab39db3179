"""Error pages: what happened, in plain words, and ways on."""

from dataclasses import dataclass

from flask import Flask, current_app, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from healthlib.search.generation.layout import GenerationError

RETRY_SECONDS = "30"


@dataclass(frozen=True)
class ErrorText:
    """What an error page says."""

    title: str
    text: str


ERRORS = {
    400: ErrorText("We could not read that address", "Something in the address is not what this page expects."),
    404: ErrorText("There is no page here", "The address may be mistyped, or the page may have moved."),
    405: ErrorText("That is not possible here", "This address can only be read."),
    410: ErrorText("This page has been withdrawn", "It was out of date or no longer right, so we took it down."),
    413: ErrorText("That was too much to send", "The site cannot take in that much at once."),
    414: ErrorText("That address is too long", "Try fewer words."),
    429: ErrorText("Please wait a moment", "We have had many requests in a short time. Try again in a minute."),
    500: ErrorText("Something went wrong on our side", "The fault is ours and has been recorded. Please try again."),
    503: ErrorText("The library is being prepared", "Please try again in half a minute."),
}


def init_errors(app: Flask) -> None:
    """Have every error answered by a page of the site."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(GenerationError, _no_generation)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    code = error.code if error.code in ERRORS else 500 if error.code >= 500 else 400
    own_words = error.description if error.code == 400 and type(error).description != error.description else None
    page = render_template("errors/error.html", code=error.code, error=ERRORS[code], detail=own_words)
    headers = [(name, value) for name, value in error.get_headers() if name.lower() != "content-type"]
    if error.code in (429, 503):
        headers.append(("Retry-After", RETRY_SECONDS))
    return page, error.code, headers


def _no_generation(error: GenerationError) -> ResponseReturnValue:
    current_app.logger.error("503: %s", error)
    return (
        render_template("errors/error.html", code=503, error=ERRORS[503], detail=None),
        503,
        {"Retry-After": RETRY_SECONDS},
    )
