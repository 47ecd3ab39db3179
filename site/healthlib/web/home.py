"""The front page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from healthlib.content.pagetypes import PageType
from healthlib.web.context import current_generation
from healthlib.web.library import WITH_AZ, letters_of

home = Blueprint("home", __name__)

NEWEST = 6


@home.get("/")
def index() -> ResponseReturnValue:
    """Show the front page."""
    store = current_generation().store
    return render_template(
        "pages/home.html",
        doors=[(page_type, store.count(page_type), letters_of(store, page_type)) for page_type in WITH_AZ],
        articles=store.newest(PageType.ARTICLE, NEWEST),
        topics=store.by_name(PageType.TOPIC, 12),
    )
