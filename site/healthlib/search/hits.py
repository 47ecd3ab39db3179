"""Makes a hit of each ranked page: its best section, a snippet, the words it does not have."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from healthlib.content.published import Card
from healthlib.search.analysis import name_key
from healthlib.search.arrays.matches import Docs
from healthlib.search.arrays.stored import Stored
from healthlib.search.index import Index
from healthlib.search.query import Query
from healthlib.search.ranking import Ranked
from healthlib.search.results import Hit, SectionLink
from healthlib.search.snippets import mark, snippet
from healthlib.search.trees import section_tree
from healthlib.search.understanding import Understood

SECTIONS_SHOWN = 3


def make_hits(index: Index, understood: Understood, ranked: Ranked, places: Sequence[int]) -> tuple[Hit, ...]:
    """Return the hits at some places of a ranking."""
    query = understood.query
    sought = query.sought | {word for synonym in understood.synonyms for word in synonym.added}
    docs = ranked.docs[np.asarray(places, np.intp)]
    sections = _sections(index, sought, understood.intent, docs)
    return tuple(
        _hit(query, sought, index.stored(doc), sections[doc], _missing(query, ranked, place))
        for doc, place in zip(docs.tolist(), places, strict=True)
    )


def _missing(query: Query, ranked: Ranked, place: int) -> tuple[str, ...]:
    return tuple(word for word, has in zip(query.words, ranked.has[:, place], strict=True) if not has)


def _sections(index: Index, sought: frozenset[str], intent: str, pages: Docs) -> dict[int, list[Stored]]:
    """Return the best sections of each page: the one that the question is after first, then by score."""
    found: dict[int, list[Stored]] = defaultdict(list)
    if not len(pages) or not sought:
        return found
    matches = index.evaluate_among(section_tree(sought), index.sections_of(pages))
    for doc in matches.docs[np.lexsort((matches.docs, -matches.scores.round(9)))].tolist():
        sections = found[index.page_of(doc)]
        # Only a question is after a certain section, which may be any; otherwise the best are all that is read.
        if intent or len(sections) < SECTIONS_SHOWN:
            sections.append(index.stored(doc))
    for page, sections in found.items():
        sections.sort(key=lambda section: not (intent and str(section["section"]).endswith(intent)))
        found[page] = sections[:SECTIONS_SHOWN]
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
