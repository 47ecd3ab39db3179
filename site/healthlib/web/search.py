"""The search page."""

from itertools import groupby

from flask import Blueprint, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from healthlib.content.pagetypes import PageType
from healthlib.content.store import OTHER_LETTER, Store
from healthlib.web.context import current_generation, current_settings
from healthlib.web.library import WITH_AZ, Letter, letters_of
from healthlib.web.paging import Paging
from healthlib.web.search_form import SEARCH, SearchForm
from healthlib.web.search_links import SearchLinks

searching = Blueprint("search", __name__)


@searching.get(SEARCH)
def results() -> ResponseReturnValue:
    """Show results; without anything to look for, ways to browse."""
    generation = current_generation()
    form = SearchForm(request.args)
    if problems := form.problems(generation.searcher.facets):
        abort(400, problems)
    found = generation.searcher.search(form.query(), form.options(current_settings().hits_per_page))
    if found.options.page > found.pages:
        abort(404)
    links = SearchLinks(form.q.data, found.options)
    paging = Paging(found.options.page, found.options.per_page, found.total, request.path, links.values)
    return render_template(
        "pages/search.html",
        found=found,
        form=form,
        links=links,
        paging=paging,
        **({} if found.hits else _ways_on(generation.store, found.query.name)),
    )


def _ways_on(store: Store, name: str) -> dict[str, object]:
    """Return ways into the library for a reader without results: A to Z lists, names like the one typed, topics."""
    doors = [(page_type, letters_of(store, page_type)) for page_type in WITH_AZ]
    return {
        "doors": doors,
        "starting": [(kind, letter) for kind, letters in doors for letter in letters if _begins(name, letter)],
        "topics": store.by_name(PageType.TOPIC, 12),
    }


def _begins(name: str, letter: Letter) -> bool:
    first = OTHER_LETTER if name[:1].isdigit() else name[:1].upper()
    return bool(letter.names) and letter.name == first


@searching.get("/search/suggest")
def suggest() -> ResponseReturnValue:
    """Suggest names for what is typed so far, grouped by kind of page, as JSON."""
    found = current_generation().searcher.suggest(request.args.get("q", ""))
    groups = [
        {
            "type": page_type.value,
            "label": page_type.spec.plural,
            "names": [{"name": name.text, "see": name.see, "url": name.url} for name in members],
        }
        for page_type, members in groupby(found, key=lambda name: name.type)
    ]
    return jsonify(groups)
