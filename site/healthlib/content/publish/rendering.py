"""Lays out the text of every published page: what all readers get alike is rendered once, when the library is built.

The frame around it (masthead, help, footer), what depends on the day and lists that are paged are left to the site.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from healthlib.content.additions import Additions
from healthlib.content.neighbours import neighbours
from healthlib.content.pagetypes import PageType
from healthlib.content.publish.comparing import Comparer, comparable, pairs_of
from healthlib.content.publish.linked_data import linked_data
from healthlib.content.publish.twins import twin_of
from healthlib.content.published import ArticlePage, Card, GroupPage, MedicinePage, Page, SideEffectPage
from healthlib.content.reading import Reading
from healthlib.content.store import Store
from healthlib.content.templates import environment
from healthlib.content.twin import WITH_TWIN, Twin

# Pages of each type shown on a group's page; the rest is a search away.
GROUP_SHOWN = 50
# Where a template leaves room for what the site adds; authors cannot write it, because their markup is escaped.
_LIVE_PART = Markup("<!--live-->")
_TEMPLATES = {
    PageType.MEDICINE: "reading/medicine.html",
    PageType.CONDITION: "reading/condition.html",
    PageType.SIDE_EFFECT: "reading/side_effect.html",
    PageType.CLASS: "reading/group.html",
    PageType.TOPIC: "reading/group.html",
    PageType.ARTICLE: "reading/article.html",
    PageType.PERSON: "reading/person.html",
    PageType.INFO: "reading/info.html",
}


@dataclass(frozen=True)
class Members:
    """Pages of one type that belong to a group."""

    type: PageType
    cards: list[Card]
    total: int


def render_pages(path: Path, urls: Sequence[str] = ()) -> None:
    """Lay out pages of a store whose related pages are known.

    Args:
        path: the store, which nobody else may have open.
        urls: the addresses of the pages; every page when left out.
    """
    store = Store(path)
    try:
        templates = environment()
        renderer, comparer = Renderer(store, templates), Comparer(templates)
        with Additions(path) as additions:
            for url in urls or [url for url, _ in store.addresses()]:
                if page := store.page(url):
                    additions.add_reading(renderer.render(page))
                    _add_comparisons(additions, comparer, page)
                    if data := renderer.data(page):
                        additions.add_twin(url, data.model_dump_json().encode())
    finally:
        store.close()


def _add_comparisons(additions: Additions, comparer: Comparer, page: Page) -> None:
    if isinstance(page, MedicinePage):
        for place, product in enumerate(comparer.compared(page)):
            additions.add_compared(place, product)
    if isinstance(page, ArticlePage):
        for first, second in pairs_of(page):
            additions.add_pair(first, second, page.url)


class Renderer:
    """Lays out the pages of one store."""

    def __init__(self, store: Store, templates: Environment) -> None:
        self._store = store
        self._head = templates.get_template("reading/head.html")
        self._templates = {page_type: templates.get_template(name) for page_type, name in _TEMPLATES.items()}

    def render(self, page: Page) -> Reading:
        """Return a page as readers get it."""
        beside = self._beside(page)
        html = self._templates[page.type].render(page=page, live_part=_LIVE_PART, **beside)
        before, _, rest = html.partition(_LIVE_PART)
        due = page.byline.review_due if page.byline else None
        finished = (
            self._head.render(page=page, with_twin=page.type in WITH_TWIN).encode(),
            linked_data(page, self._medicines(page)),
            before.encode(),
            rest.encode(),
        )
        shown = page.lang.encode(), page.title.encode(), page.summary.encode(), *finished
        digest = blake2b(b"\0".join(shown), digest_size=8).hexdigest()
        return Reading(
            page.type, page.slug, page.url, page.lang, page.title, page.summary, due, *finished, digest=digest
        )

    def data(self, page: Page) -> Twin | None:
        """Return a page of a thing as data."""
        listed = self._store.listed(page.slug, -1) if page.type is PageType.SIDE_EFFECT else ()
        return twin_of(page, listed, self._medicines(page))

    def _medicines(self, page: Page) -> list[Card]:
        """Return the medicines of a class that its page shows."""
        return self._store.members(page.ref, PageType.MEDICINE, GROUP_SHOWN) if page.type is PageType.CLASS else []

    def _beside(self, page: Page) -> Mapping[str, object]:
        """Return what the page shows of other pages, beyond what it holds itself."""
        if isinstance(page, SideEffectPage):
            return {"listed": self._store.count_listed(page.slug)}
        if isinstance(page, GroupPage):
            return {"groups": self._members(page.ref)}
        if isinstance(page, MedicinePage):
            return {"comparable": comparable(self._store, page)}
        if isinstance(page, ArticlePage) and page.topics:
            return {"topic": page.topics[0], "beside": neighbours(self._store, page)}
        return {}

    def _members(self, holder: str) -> list[Members]:
        counts = self._store.count_members(holder)
        return [
            Members(page_type, self._store.members(holder, page_type, GROUP_SHOWN), counts[page_type])
            for page_type in PageType
            if page_type in counts
        ]
