"""Makes a hit of each ranked page: its best section, a snippet, the words it does not have."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from healthlib.content.published import Card
from healthlib.search.analysis import name_key
from healthlib.search.index import Index
from healthlib.search.query import Query
from healthlib.search.ranking import Ranked
from healthlib.search.results import Hit, SectionLink
from healthlib.search.snippets import mark, snippet
from healthlib.search.trees import section_tree
from healthlib.search.understanding import Understood

SECTIONS_SHOWN = 3
Stored = dict[str, object]


def make_hits(index: Index, understood: Understood, ranked: Ranked, places: Sequence[int]) -> tuple[Hit, ...]:
    """Return the hits at some places of a ranking."""
    query = understood.query
    sought = query.sought | {word for synonym in understood.synonyms for word in synonym.added}
    pages = [index.stored(int(ranked.docs[place])) for place in places]
    sections = _sections(index, sought, understood.intent, [str(page["page"]) for page in pages])
    return tuple(
        _hit(query, sought, page, sections[str(page["page"])], _missing(query, ranked, place))
        for page, place in zip(pages, places, strict=True)
    )


def _missing(query: Query, ranked: Ranked, place: int) -> tuple[str, ...]:
    return tuple(word for word, has in zip(query.words, ranked.has[:, place], strict=True) if not has)


def _sections(index: Index, sought: frozenset[str], intent: str, urls: list[str]) -> dict[str, list[Stored]]:
    """Return the best sections of each page: the one that the question is after first, then by score."""
    found: dict[str, list[Stored]] = defaultdict(list)
    if not urls or not sought:
        return found
    matches = index.evaluate(section_tree(sought, urls))
    for position in np.lexsort((matches.docs, -matches.scores.round(9))):
        section = index.stored(int(matches.docs[position]))
        found[str(section["page"])].append(section)
    for url, sections in found.items():
        sections.sort(key=lambda section: not (intent and str(section["section"]).endswith(intent)))
        found[url] = sections[:SECTIONS_SHOWN]
    return found


def _hit(query: Query, sought: frozenset[str], page: Stored, sections: list[Stored], missing: tuple[str, ...]) -> Hit:
    card = Card.model_validate(page["card"])
    title = mark(card.title, sought)
    links = [SectionLink(str(section["heading"]), f"{card.url}#{section['section']}") for section in sections]
    note = _note(query, page["names"])
    # A page that is named by the whole query answers it as a whole: its summary says more than any of its sections.
    if name_key(card.title) == query.name or note or not sections:
        return Hit(card, card.url, title, mark(card.summary, sought), "", tuple(links), missing, note)
    passage = snippet(str(sections[0]["text"]), sought)
    return Hit(card, links[0].url, title, passage, links[0].heading, tuple(links[1:]), missing, note)


def _note(query: Query, names: object) -> str:
    notes: dict[str, str] = names if isinstance(names, dict) else {}
    return next((note for brand, note in notes.items() if name_key(brand) == query.name), "")
