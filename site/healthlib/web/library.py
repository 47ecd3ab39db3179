"""Views of the library: every authored page, the listings and the A to Z lists."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from healthlib.content.pagetypes import PageType, url_of
from healthlib.content.publish.linked_data import at_home
from healthlib.content.store import OTHER_LETTER, Store
from healthlib.web.context import current_generation, current_settings
from healthlib.web.listed import with_medicines
from healthlib.web.paging import paging_for
from healthlib.web.reading import framed

library = Blueprint("library", __name__)

# Types that have a hub with a listing and, for things that readers look up by name, an A to Z.
HUBS = (
    PageType.MEDICINE,
    PageType.CONDITION,
    PageType.SIDE_EFFECT,
    PageType.CLASS,
    PageType.TOPIC,
    PageType.ARTICLE,
)
WITH_AZ = (PageType.MEDICINE, PageType.CONDITION, PageType.SIDE_EFFECT)
LETTERS = (*"abcdefghijklmnopqrstuvwxyz", OTHER_LETTER)


@dataclass(frozen=True)
class Letter:
    """A letter of an A to Z; without names it is no link."""

    name: str
    url: str
    names: int


def show(url: str) -> ResponseReturnValue:
    """Show the page at an address, send the reader on where it has moved, 410 where it is gone, 404 otherwise."""
    store = current_generation().store
    page = store.reading(url)
    if page is None:
        return _moved(store, url)
    page = page._replace(data=at_home(page.data, current_settings().base_url))
    if page.type is not PageType.SIDE_EFFECT:
        return framed(page)
    return with_medicines(store, page)


def _moved(store: Store, url: str) -> ResponseReturnValue:
    moved, target = store.moved(url)
    if not moved:
        abort(404)
    if target is None:
        abort(410)
    return redirect(target, 301)


def letters_of(store: Store, page_type: PageType) -> list[Letter]:
    """Return the whole alphabet of an A to Z."""
    counts = store.letters(page_type)
    return [
        Letter(letter.upper(), f"{page_type.spec.prefix}a-to-z/{letter}/", counts.get(letter.upper(), 0))
        for letter in LETTERS
        if letter != OTHER_LETTER or OTHER_LETTER in counts
    ]


def _entity_view(page_type: PageType) -> Callable[[str], ResponseReturnValue]:
    def view(slug: str) -> ResponseReturnValue:
        return show(url_of(page_type, slug))

    return view


def _hub_view(page_type: PageType) -> Callable[[], ResponseReturnValue]:
    def view() -> ResponseReturnValue:
        store = current_generation().store
        paging = paging_for(store.count(page_type), current_settings().page_size)
        listing = store.newest if page_type is PageType.ARTICLE else store.by_name
        cards = listing(page_type, paging.per_page, paging.offset)
        letters = letters_of(store, page_type) if page_type in WITH_AZ else []
        return render_template("pages/hub.html", type=page_type, cards=cards, paging=paging, letters=letters)

    return view


def _az_view(page_type: PageType) -> Callable[[str], ResponseReturnValue]:
    def view(letter: str) -> ResponseReturnValue:
        store = current_generation().store
        letters = letters_of(store, page_type)
        names = {entry.name.lower(): entry.names for entry in letters}.get(letter, 0)
        if not names:
            abort(404)
        paging = paging_for(names, current_settings().page_size * 5)
        entries = store.names(page_type, letter.upper(), paging.per_page, paging.offset)
        return render_template(
            "pages/az.html", type=page_type, letter=letter.upper(), letters=letters, entries=entries, paging=paging
        )

    return view


@library.get("/<path:path>")
def other(path: str) -> ResponseReturnValue:
    """Show a page about the site, or send the reader on from an old address."""
    if not path.endswith("/") and current_generation().store.has(f"/{path}/"):
        return redirect(f"/{path}/", 308)
    return show(request.path)


def _add_views() -> None:
    for page_type in PageType:
        if page_type is not PageType.INFO:
            endpoint = page_type.name.lower()
            library.add_url_rule(f"{page_type.spec.prefix}<slug>/", endpoint, _entity_view(page_type))
    for page_type in HUBS:
        library.add_url_rule(page_type.spec.prefix, f"{page_type.name.lower()}_hub", _hub_view(page_type))
    for page_type in WITH_AZ:
        address = f"{page_type.spec.prefix}a-to-z/<letter>/"
        library.add_url_rule(address, f"{page_type.name.lower()}_az", _az_view(page_type))


_add_views()
