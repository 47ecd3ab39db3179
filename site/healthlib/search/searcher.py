"""Answers a query from one generation: understand, rank, correct, filter, count, cut, and find the best sections."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from healthlib.content.pagetypes import PageType
from healthlib.content.published import Page
from healthlib.content.store import Store
from healthlib.search.analysis import name_key
from healthlib.search.answer import answer_card
from healthlib.search.arrays.matches import Docs
from healthlib.search.corrections import Speller
from healthlib.search.hits import make_hits
from healthlib.search.index import Index
from healthlib.search.meaning import Meaning
from healthlib.search.query import Query
from healthlib.search.ranking import EXACT_ALIAS, Ranked, order, rank
from healthlib.search.results import AnswerCard, Correction, Options, ResultPage, Sort, Suggestion
from healthlib.search.suggestions import Name, Suggester
from healthlib.search.thesaurus import Thesaurus
from healthlib.search.trees import page_trees
from healthlib.search.understanding import Understood, understand


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


class Searcher:
    """Answers queries; safe to share between threads."""

    def __init__(self, store: Store, index: Index, meaning: Meaning, language: Language) -> None:
        self.store = store
        self.index = index
        self.meaning = meaning
        self.language = language

    def close(self) -> None:
        """Close the index; call it when no request uses it any more."""
        self.index.close()

    def search(self, query: Query, options: Options) -> ResultPage:
        """Return one page of results; past the last page `hits` is empty."""
        if query.empty:
            return ResultPage(query, options)
        found = self._find(query, options.literal)
        ranked, understood = found.ranked, found.understood
        places = self._places(ranked, options)
        shown = places[(options.page - 1) * options.per_page : options.page * options.per_page]
        return ResultPage(
            query=query,
            options=options,
            total=len(places),
            facets=_facets(self.index, ranked.docs),
            hits=make_hits(self.index, understood, ranked, shown.tolist()),
            also=understood.also,
            correction=found.correction,
            did_you_mean=found.did_you_mean,
            outside=understood.outside,
            danger=understood.danger,
            answer=self._answer(found) if options.page == 1 and options.type is None else None,
        )

    def suggest(self, typed: str) -> list[Name]:
        """Return names for what a reader has typed so far."""
        return self.language.suggester.suggest(typed)

    def ranking(self, query: Query, depth: int) -> list[str]:
        """Return the addresses of the best pages, for judging."""
        ranked = self._find(query, literal=False).ranked
        places = self._places(ranked, Options())[:depth]
        return [str(self.index.stored(int(doc))["page"]) for doc in ranked.docs[places]]

    def _find(self, query: Query, literal: bool) -> _Found:
        if literal:
            return self._rank(Understood(query))
        found = self._rank(understand(query, self.language.thesaurus))
        if _all_words_somewhere(found.ranked):
            return found
        return self._corrected(query, found)

    def _rank(self, understood: Understood) -> _Found:
        trees = page_trees(understood.query, understood.synonyms, understood.names)
        return _Found(understood, rank(self.index, self.meaning, trees))

    def _corrected(self, query: Query, found: _Found) -> _Found:
        """Return what is found with the spelling corrected, or with a question where we cannot tell what was meant."""
        corrected = self.language.speller.correct(query.words)
        if corrected is None:
            return found
        suggestions = tuple(
            Suggestion(candidate.text, candidate.purpose)
            for replacement in corrected.replacements
            for candidate in replacement.candidates
        )
        if corrected.ambiguous:
            return replace(found, did_you_mean=suggestions)
        words = tuple(word for part in corrected.words for word in part.split())
        better = replace(query, words=words, name=name_key(" ".join(words)))
        purpose = suggestions[0].purpose if len(corrected.replacements) == 1 else ""
        correction = Correction(query.text, " ".join(words), purpose)
        return replace(self._rank(understand(better, self.language.thesaurus)), correction=correction)

    def _places(self, ranked: Ranked, options: Options) -> npt.NDArray[np.intp]:
        places = order(self.index, ranked, options.sort)
        if options.type is None:
            return places
        chosen: npt.NDArray[np.intp] = places[self.index.types[ranked.docs[places]] == options.type.rank]
        return chosen

    def _answer(self, found: _Found) -> AnswerCard | None:
        """Return the card of the page that the whole query names."""
        best = order(self.index, found.ranked, Sort.BEST)[:1]
        if not len(best) or found.ranked.tiers[best[0]] < EXACT_ALIAS:
            return None
        stored = self.index.stored(int(found.ranked.docs[best[0]]))
        page: Page | None = self.store.page(str(stored["page"]))
        name = found.understood.query.name
        notes = stored["names"] if isinstance(stored["names"], dict) else {}
        note = next((str(note) for brand, note in notes.items() if name_key(brand) == name), "")
        return answer_card(page, note, name) if page else None


def _all_words_somewhere(ranked: Ranked) -> bool:
    """Whether some page is named by the query, or has all of its words."""
    named = bool((ranked.tiers >= EXACT_ALIAS).any())
    return named or bool(ranked.has.all(axis=0).any() if len(ranked.docs) else False)


def _facets(index: Index, docs: Docs) -> dict[PageType, int]:
    counts = np.bincount(index.types[docs], minlength=len(PageType))
    return {page_type: int(counts[page_type.rank]) for page_type in PageType if counts[page_type.rank]}
