"""Answers a query from one generation: understand, rank, correct, filter, count, cut, and find the best sections."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from healthlib.content.pagetypes import PageType
from healthlib.content.published import Card
from healthlib.content.store import Store
from healthlib.search.analysis import name_key
from healthlib.search.answers import Answers
from healthlib.search.arrays.matches import Scores
from healthlib.search.corrections import Speller
from healthlib.search.facets import Facets
from healthlib.search.figures import Figures
from healthlib.search.hits import make_hits
from healthlib.search.index import Index
from healthlib.search.kinship import Kinship
from healthlib.search.meaning import Meaning
from healthlib.search.query import Query, Synonym
from healthlib.search.ranking import EXACT_ALIAS, Ranked, demote_overdue, order, rank
from healthlib.search.related_searches import FIRST, related_searches
from healthlib.search.results import AnswerCard, Correction, Hit, Options, ResultPage, Sort, Suggestion
from healthlib.search.suggestions import Name, Suggester
from healthlib.search.thesaurus import Thesaurus
from healthlib.search.things import Things
from healthlib.search.trees import page_trees
from healthlib.search.understanding import Understood, take_literally, understand, with_offers

# The page that a query which names danger is close to, and how closely: as a page with all that such a query can have.
HELP_PAGE, HELP = "emergency", 1.5


@dataclass(frozen=True)
class _Found:
    """What a query was taken for, and the pages that match."""

    understood: Understood
    ranked: Ranked
    correction: Correction | None = None
    did_you_mean: tuple[Suggestion, ...] = ()


@dataclass(frozen=True)
class Language:
    """What a generation knows of words."""

    thesaurus: Thesaurus
    speller: Speller
    suggester: Suggester
    things: Things
    kinship: Kinship


@dataclass(frozen=True)
class Parts:
    """The parts of one generation that a search reads."""

    store: Store
    index: Index
    facets: Facets
    meaning: Meaning
    language: Language
    answers: Answers
    searches: Mapping[str, Sequence[str]]


class Searcher:
    """Answers queries; safe to share between threads."""

    def __init__(self, parts: Parts, today: Callable[[], date] = date.today) -> None:
        self.store = parts.store
        self.index = parts.index
        self.facets = parts.facets
        self.meaning = parts.meaning
        self.language = parts.language
        self.answers = parts.answers
        self.searches = parts.searches
        self._figures = Figures(parts.store)
        self._today = today

    def close(self) -> None:
        """Close the index; call it when no request uses it any more."""
        self.index.close()

    def search(self, query: Query, options: Options) -> ResultPage:
        """Return one page of results; past the last page `hits` is empty."""
        if query.empty:
            return ResultPage(query, options)
        found = self._find(query, options.literal)
        ranked, understood = found.ranked, found.understood
        narrowed = self.facets.narrow(ranked.pages, len(self.index.page_docs), options.filters)
        last = options.page * options.per_page
        shown = order(self.index, ranked, options.sort, narrowed.kept, last)[last - options.per_page : last]
        hits = make_hits(self.index, understood, ranked, shown.tolist())
        hits = self._figures.beside(self._effects(understood), hits)
        return ResultPage(
            query=query,
            options=options,
            total=narrowed.total,
            unfiltered=len(ranked.pages),
            applied=narrowed.applied,
            facets=narrowed.facets,
            hits=hits,
            also=understood.also,
            correction=found.correction,
            did_you_mean=found.did_you_mean,
            outside=understood.outside,
            look_alikes=understood.look_alikes,
            danger=understood.danger,
            answer=self._answer(found) if options.page == 1 and not options.filters else None,
            related=self._related(understood, hits),
        )

    def suggest(self, typed: str) -> list[Name]:
        """Return names for what a reader has typed so far."""
        return self.language.suggester.suggest(typed)

    def ranking(self, query: Query, depth: int) -> list[str]:
        """Return the addresses of the best pages, for judging."""
        ranked = self._find(query, literal=False).ranked
        places = order(self.index, ranked, Sort.BEST, first=depth)[:depth]
        return [self.index.entries.page(doc).card.url for doc in self.index.page_docs[ranked.pages[places]].tolist()]

    def _find(self, query: Query, literal: bool) -> _Found:
        if literal:
            return self._rank(take_literally(query, self.language.thesaurus))
        found = self._rank(self._understand(query))
        if found.ranked.whole:
            return found
        return self._corrected(query, found)

    def _understand(self, query: Query) -> Understood:
        return understand(query, self.language.thesaurus, self.language.things)

    def _rank(self, understood: Understood) -> _Found:
        trees = page_trees(understood.query, understood.synonyms, understood.names)
        named = sorted({page for pages in understood.named for page in pages})
        ranked = rank(self.index, self.meaning, trees, named, self._closeness(understood))
        return _Found(understood, demote_overdue(self.index, ranked, self._today()))

    def _closeness(self, understood: Understood) -> Scores | None:
        """Return how closely each page belongs to what is named; to a danger belongs the page with help."""
        if not (understood.named or understood.danger):
            return None
        closeness = self.language.kinship.toward(understood.named)
        if understood.danger:
            closeness[list(self.language.things.find([HELP_PAGE])[0])] += HELP
        return closeness

    def _corrected(self, query: Query, found: _Found) -> _Found:
        """Return what is found with the spelling corrected, or with a question where we cannot tell what was meant."""
        corrected = self.language.speller.correct(query.words)
        if corrected is None:
            return found
        candidates = [(one.typed, other) for one in corrected.replacements for other in one.candidates]
        suggestions = tuple(Suggestion(candidate.text, candidate.purpose) for _, candidate in candidates)
        if corrected.ambiguous:
            offers = [Synonym(typed, tuple(name_key(candidate.text).split())) for typed, candidate in candidates]
            understood = with_offers(found.understood, offers, self.language.thesaurus, self.language.things)
            return replace(self._rank(understood), did_you_mean=suggestions)
        words = tuple(word for part in corrected.words for word in part.split())
        better = replace(query, words=words, name=name_key(" ".join(words)))
        purpose = suggestions[0].purpose if len(corrected.replacements) == 1 else ""
        correction = Correction(query.text, " ".join(words), purpose)
        return replace(self._rank(self._understand(better)), correction=correction)

    def _effects(self, understood: Understood) -> list[Card]:
        """Return the side effects that a query names."""
        named = [page for pages in understood.named for page in pages]
        effects = [page for page in named if self.index.page_types[page] == PageType.SIDE_EFFECT.rank]
        return [self.index.entries.page(doc).card for doc in self.index.page_docs[effects].tolist()]

    def _related(self, understood: Understood, hits: Sequence[Hit]) -> tuple[str, ...]:
        """Return related searches; beside danger nothing may lead away from help."""
        if understood.danger:
            return ()
        meanings = [" ".join(synonym.added) for synonym in understood.synonyms]
        first = [hit.card.url for hit in hits[:FIRST]]
        return related_searches(self.searches, understood.query.name, meanings, understood.covered, first)

    def _answer(self, found: _Found) -> AnswerCard | None:
        """Return the card of the page that the whole query names."""
        named = np.flatnonzero(found.ranked.tiers >= EXACT_ALIAS)
        if not len(named):
            return None
        if len(named) > 1:
            named = order(self.index, found.ranked, Sort.BEST, named, 1)
        best = int(found.ranked.pages[named[0]])
        entry = self.index.entries.page(int(self.index.page_docs[best]))
        return self.answers.card(best, entry, found.understood.query.name)
