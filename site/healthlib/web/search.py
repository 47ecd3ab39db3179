"""The search page."""

from functools import partial
from itertools import groupby

from flask import Blueprint, Response, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from healthlib.content.pagetypes import PageType
from healthlib.content.store import OTHER_LETTER, Store
from healthlib.search.results import ResultPage
from healthlib.web.context import current_generation, current_settings
from healthlib.web.frame import frame_for, mark
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
    shown = {"found": found, "form": form, "links": links, "paging": paging, "count": _count(found.total)}
    if found.hits:
        main = render_template("search/results.html", **shown)
    else:
        main = render_template("search/ways_on.html", **shown, **_ways_on(generation.store, found.query.name))
    frame = frame_for(("search", bool(found.hits)), partial(_frame, bool(found.hits)))
    return Response(frame.fill(title=_title(found, paging), query=form.q.data, main=main.encode()))


def _frame(with_search: bool) -> str:
    words = {name: mark(name) for name in ("title", "query", "main")}
    return render_template("pages/search.html", with_search=with_search, **words)


def _title(found: ResultPage, paging: Paging) -> str:
    words = f"{found.query.text} ({_count(found.total)})" if found.query.text else "Search"
    return f"{words}, page {paging.page}" if paging.page > 1 else words


def _count(total: int) -> str:
    return f"{total:,} results" if total > 1 else "1 result" if total else "no results"


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
