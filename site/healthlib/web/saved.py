"""The page that lists what a reader saved: an empty frame, for the list is in the reader's browser alone."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

saving = Blueprint("saved", __name__)


@saving.get("/saved/")
def saved() -> ResponseReturnValue:
    """Show the page, the same for every reader."""
    return render_template("pages/saved.html")
