"""Answers a query from one generation's index: rank, filter, count, cut, and show where on each page the answer is."""

from collections import defaultdict

import numpy as np

from healthlib.content.pagetypes import PageType
from healthlib.content.published import Card
from healthlib.search.analysis import name_key
from healthlib.search.index import Docs, Index
from healthlib.search.query import Query
from healthlib.search.ranking import Ranked, order, rank
from healthlib.search.results import Hit, Options, ResultPage, SectionLink, Span
from healthlib.search.snippets import mark, snippet
from healthlib.search.trees import page_trees, section_tree

SECTIONS_SHOWN = 3


def search(index: Index, query: Query, options: Options) -> ResultPage:
    """Return one page of results; past the last page `hits` is empty."""
    if query.empty:
        return ResultPage(query, options)
    ranked = rank(index, page_trees(query))
    facets = _facets(index, ranked.docs)
    places = order(index, ranked, options.sort)
    if options.type is not None:
        places = places[index.types[ranked.docs[places]] == options.type.rank]
    shown = places[(options.page - 1) * options.per_page : options.page * options.per_page]
    return ResultPage(query, options, len(places), facets, _hits(index, query, ranked, shown.tolist()))


def _facets(index: Index, docs: Docs) -> dict[PageType, int]:
    counts = np.bincount(index.types[docs], minlength=len(PageType))
    return {page_type: int(counts[page_type.rank]) for page_type in PageType if counts[page_type.rank]}


def _hits(index: Index, query: Query, ranked: Ranked, places: list[int]) -> tuple[Hit, ...]:
    pages = [index.stored(int(ranked.docs[place])) for place in places]
    sections = _sections(index, query, [str(page["page"]) for page in pages])
    return tuple(
        _hit(query, page, sections[str(page["page"])], _missing(query, ranked, place))
        for page, place in zip(pages, places, strict=True)
    )


def _missing(query: Query, ranked: Ranked, place: int) -> tuple[str, ...]:
    return tuple(word for word, has in zip(query.words, ranked.has[:, place], strict=True) if not has)


def _sections(index: Index, query: Query, urls: list[str]) -> dict[str, list[dict[str, object]]]:
    """Return the best sections of each page, best first."""
    found: dict[str, list[dict[str, object]]] = defaultdict(list)
    if not urls:
        return found
    matches = index.evaluate(section_tree(query, urls))
    for position in np.lexsort((matches.docs, -matches.scores.round(9))):
        section = index.stored(int(matches.docs[position]))
        of_page = found[str(section["page"])]
        if len(of_page) < SECTIONS_SHOWN:
            of_page.append(section)
    return found


def _hit(query: Query, page: dict[str, object], sections: list[dict[str, object]], missing: tuple[str, ...]) -> Hit:
    card = Card.model_validate(page["card"])
    title = mark(card.title, query.sought)
    links = [SectionLink(str(section["heading"]), f"{card.url}#{section['section']}") for section in sections]
    note = _note(query, page["names"])
    # A page that is named by the whole query answers it as a whole: its summary says more than any of its sections.
    whole = name_key(card.title) == query.name or bool(note) or not sections
    passage: tuple[Span, ...]
    if whole:
        passage = mark(card.summary, query.sought)
        return Hit(card, card.url, title, passage, "", tuple(links), missing, note)
    passage = snippet(str(sections[0]["text"]), query.sought)
    return Hit(card, links[0].url, title, passage, links[0].heading, tuple(links[1:]), missing, note)


def _note(query: Query, names: object) -> str:
    notes: dict[str, str] = names if isinstance(names, dict) else {}
    return next((note for brand, note in notes.items() if name_key(brand) == query.name), "")
