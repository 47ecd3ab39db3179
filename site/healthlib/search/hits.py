"""Makes a hit of each ranked page: its best section, a snippet, the words it does not have."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from healthlib.search.analysis import stem
from healthlib.search.entries import PageEntry
from healthlib.search.index import Index
from healthlib.search.passages import Found
from healthlib.search.ranking import Ranked
from healthlib.search.results import Hit
from healthlib.search.snippets import mark, snippet
from healthlib.search.trees import section_tree
from healthlib.search.understanding import Understood

SECTIONS_SHOWN = 3


class _Sought(NamedTuple):
    """What all hits of a query share: its stems and its name, and the words found in the texts that hits show."""

    stems: frozenset[str]
    name: str
    marked: Mapping[int, Sequence[Found]]


def make_hits(index: Index, understood: Understood, ranked: Ranked, places: Sequence[int]) -> tuple[Hit, ...]:
    """Return the hits at some places of a ranking."""
    if not places:
        return ()
    covered = understood.covered
    stems = frozenset(map(stem, covered))
    pages = ranked.pages[places]
    docs = index.page_docs[pages].tolist()
    entries = [index.entries.page(doc) for doc in docs]
    sections = _sections(index, covered, understood.intent, docs)
    name, words = understood.query.name, understood.query.words
    # A page that is named by the whole query answers it as a whole: its summary says more than any of its sections.
    shown = [() if entry.is_named(name) else sections[doc] for doc, entry in zip(docs, entries, strict=True)]
    read = [of_page[0] for of_page in shown if of_page]
    marked = dict(zip(read, index.passages.found(read, stems), strict=True))
    sought = _Sought(stems, name, marked)
    missing = [_without(words, has) for has in ranked.has[:, pages].T.tolist()]
    return tuple(
        [
            _hit(index, entry, sections[entry.doc], sought, without)
            for entry, without in zip(entries, missing, strict=True)
        ]
    )


def _without(words: Sequence[str], has: Sequence[bool]) -> tuple[str, ...]:
    return () if all(has) else tuple(word for word, there in zip(words, has, strict=True) if not there)


def _sections(index: Index, sought: frozenset[str], intent: str, pages: Sequence[int]) -> dict[int, list[int]]:
    """Return the best sections of each page: the one that the question is after first, then by score."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    if not sought:
        return found
    matches = index.evaluate_among(section_tree(sought), index.sections_of(pages))
    docs = matches.docs[np.lexsort((matches.docs, -matches.scores.round(9)))]
    for doc, page in zip(docs.tolist(), index.pages_of(docs), strict=True):
        sections = found[page]
        # Only a question is after a certain section, which may be any; otherwise the best are all that is read.
        if intent or len(sections) < SECTIONS_SHOWN:
            sections.append(doc)
    if intent:
        for page, sections in found.items():
            sections.sort(key=lambda section: not index.entries.section(section).url.endswith(intent))
            found[page] = sections[:SECTIONS_SHOWN]
    return found


def _hit(index: Index, page: PageEntry, sections: Sequence[int], sought: _Sought, missing: tuple[str, ...]) -> Hit:
    card = page.card
    title = mark(card.title, page.words, sought.stems)
    links = tuple(map(index.entries.section, sections))
    if not links or sections[0] not in sought.marked:
        summary = mark(card.summary, index.entries.summary(page.doc), sought.stems)
        return Hit(card, card.url, title, summary, "", links, missing, page.notes.get(sought.name, ""))
    passage = snippet(index.passages.text(sections[0]), sought.marked[sections[0]])
    return Hit(card, links[0].url, title, passage, links[0].heading, links[1:], missing)
