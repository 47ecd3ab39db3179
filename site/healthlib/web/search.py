"""The search page."""

from itertools import groupby

from flask import Blueprint, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from healthlib.content.pagetypes import PageType
from healthlib.search.results import Sort
from healthlib.web.context import current_generation, current_settings
from healthlib.web.library import WITH_AZ, letters_of
from healthlib.web.paging import Paging
from healthlib.web.search_form import SearchForm

searching = Blueprint("search", __name__)


@searching.get("/search")
def results() -> ResponseReturnValue:
    """Show results; without anything to look for, ways to browse."""
    form = SearchForm(request.args)
    if problems := form.problems():
        abort(400, problems)
    generation = current_generation()
    found = generation.searcher.search(form.query(), form.options(current_settings().hits_per_page))
    if found.options.page > found.pages:
        abort(404)
    values = {
        "q": form.q.data,
        "type": form.type.data,
        "sort": form.sort.data if form.sort.data != Sort.BEST else "",
        "exact": "1" if found.options.literal else "",
    }
    paging = Paging(found.options.page, found.options.per_page, found.total, request.path, values)
    return render_template(
        "pages/search.html",
        found=found,
        form=form,
        paging=paging,
        doors=[(page_type, letters_of(generation.store, page_type)) for page_type in WITH_AZ] if not found.hits else [],
        topics=generation.store.by_name(PageType.TOPIC, 12) if not found.hits else [],
    )


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
