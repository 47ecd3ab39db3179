"""Pages of things as data: the same address with `.json` at its end instead of the slash."""

from collections.abc import Callable

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from healthlib.content.pagetypes import PageType, url_of
from healthlib.content.twin import WITH_TWIN
from healthlib.web.context import current_generation
from healthlib.web.templating import absolute

twins = Blueprint("twins", __name__)


def _view(page_type: PageType) -> Callable[[str], ResponseReturnValue]:
    def view(slug: str) -> ResponseReturnValue:
        store, url = current_generation().store, url_of(page_type, slug)
        data = store.twin(url)
        if data is None:
            abort(410 if store.moved(url) == (True, None) else 404)
        # Search engines take it for what it is: the page in another form.
        return Response(data, mimetype="application/json", headers={"Link": f'<{absolute(url)}>; rel="canonical"'})

    return view


def _add_views() -> None:
    for page_type in WITH_TWIN:
        twins.add_url_rule(f"{page_type.spec.prefix}<slug>.json", page_type.name.lower(), _view(page_type))


_add_views()
