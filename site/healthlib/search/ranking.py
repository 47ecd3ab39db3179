"""Orders matching pages: exact names first, then by words, by closeness to what the query names, and by meaning."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from whoosh import query as engine

from healthlib.content.model import OVERDUE_DAYS
from healthlib.search.arrays.matches import Docs, Matches, Scores
from healthlib.search.index import Index
from healthlib.search.meaning import Meaning, Vector
from healthlib.search.results import Sort
from healthlib.search.trees import Alternative, PageTrees

# An exact name is what the reader asked for, whatever else the words match; another name of a page comes next.
EXACT_NAME, EXACT_ALIAS, WORDS = 2, 1, 0

# More than any score can be.
_A_TIER = 1000.0

# What having all words adds. Above a few words a query is a sentence: no page has all of its words by more than chance.
ALL_WORDS = 0.5
FEW_WORDS = 4

# What meaning adds to a lexical score of at most 1: nDCG@10 of 0.5, 1.0 and 1.4 is 0.318, 0.319, 0.319 on NFCorpus,
# 0.733, 0.755, 0.762 on MED and 0.689, 0.680, 0.633 on LiveQA (development queries).
MEANING_WEIGHT = 1.0
# What closeness in meaning to a thing that the query names adds; 0.4 to 1.0 are the same on the golden set.
NAMED_WEIGHT = 0.7
# A query of names alone, such as `effect:headache`, asks for pages by their bonds: medicines come by their figures, and
# neither words nor meaning shall change that.
ONLY_NAMES = 0.01
# What a synonym's match counts, against the words that were typed.
ALTERNATIVE_WEIGHT = 0.6
# Where few pages have all words, the first page of results is filled up by meaning, with pages that are close.
FEW = 10
CLOSE = 0.2
# What a page loses whose review is long overdue, of a score that goes up to 2: it comes after pages that match as well,
# and stays before those that match clearly worse.
OVERDUE_COST = 0.1


Places = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]


class _Placed(NamedTuple):
    """Pages that match a tree, as places among all pages, ascending, and their scores: two of shape (n,).

    Everything is added up in arrays with a room for every page: that takes the same time for any query, and a tenth of
    what sorting and merging lists of documents takes.
    """

    places: Places
    scores: Scores


@dataclass(frozen=True)
class Ranked:
    """Matching page documents, not yet in order; arrays of one shape (n,).

    Attributes:
        docs: document numbers, ascending (int32).
        tiers: EXACT_NAME to WORDS (int8).
        scores: lexical score from 0 to 1, plus meaning, closeness to what is named, and having all words (float64).
        has: which of the query's words each document has, shape (words, n) (bool).
    """

    docs: Docs
    tiers: npt.NDArray[np.int8]
    scores: Scores
    has: npt.NDArray[np.bool_]


def rank(
    index: Index, meaning: Meaning, trees: PageTrees, named: Sequence[int] = (), closeness: Scores | None = None
) -> Ranked:
    """Evaluate the trees and return every page that matches.

    Args:
        index: where the pages are.
        meaning: of the same pages.
        trees: the query.
        named: the pages of the things that the query names, as places among the pages.
        closeness: how closely each page belongs to those things, shape (pages,).
    """
    exact, alias = (_places(index, index.evaluate(tree)) for tree in (trees.exact_name, trees.exact_alias))
    words = [_placed(index, tree) for tree in trees.words]
    others = [(other, _placed(index, other.tree)) for other in trees.alternatives]
    required = [_placed(index, tree) for tree in trees.required]
    beside = _cosines(index, meaning, _direction(meaning, trees, named))
    typed = _typed(words, len(beside))
    any_of = [match.places for match in (*words, *(match for _, match in others))]
    found = _matching(any_of, required, (exact, alias), len(beside))
    if closeness is not None:
        beside += closeness
    if not required:
        _add_close(found, typed, beside)
        if closeness is not None:
            found |= closeness > 0
    for tree in trees.excluded:
        found[_places(index, index.evaluate(tree))] = False
    pages = np.flatnonzero(found)
    has = _has(typed, others)[:, pages]
    scores = _lexical(pages, words + required, others, len(beside))
    scores *= 1 if words or closeness is None else ONLY_NAMES
    scores += beside[pages]
    if len(has) <= FEW_WORDS:
        scores += ALL_WORDS * has.all(axis=0)
    return Ranked(index.page_docs[pages], _tiers(len(beside), exact, alias)[pages], scores, has)


def demote_overdue(index: Index, ranked: Ranked, today: date) -> Ranked:
    """Return the ranking with lower scores for pages whose review is long overdue; their tiers stay.

    Asked on the day of the search: reviews fall due without a build.
    """
    overdue = index.review_due[ranked.docs] < today.toordinal() - OVERDUE_DAYS
    return replace(ranked, scores=ranked.scores - OVERDUE_COST * overdue)


def _direction(meaning: Meaning, trees: PageTrees, named: Sequence[int]) -> Vector | None:
    """Return where the words typed point or, where the library has none of them, their synonyms; and what is named.

    As cosines add up, one product with the pages gives the sum of the closeness to both.
    """
    words = meaning.vector(trees.stems)
    if words is None and trees.words:
        words = meaning.vector(trees.added_stems)
    if not (named and trees.words):
        return words
    things: Vector = np.float32(NAMED_WEIGHT) * meaning.page_vectors[list(named)].mean(axis=0)
    return things if words is None else words + things


def _cosines(index: Index, meaning: Meaning, direction: Vector | None) -> Scores:
    """Return how close each page is in meaning to a direction, shape (pages,); none below 0."""
    if direction is None:
        return np.zeros(len(index.page_docs))
    return MEANING_WEIGHT * np.maximum(meaning.similarity(direction), 0).astype(np.float64)


def _places(index: Index, matches: Matches) -> Places:
    return index.places[matches.docs]


def _placed(index: Index, tree: engine.Query) -> _Placed:
    matches = index.evaluate(tree)
    return _Placed(_places(index, matches), matches.scores)


def _typed(words: list[_Placed], pages: int) -> Mask:
    """Return which words, as typed, each page has: shape (words, pages)."""
    typed = np.zeros((len(words), pages), dtype=np.bool_)
    for row, match in zip(typed, words, strict=True):
        row[match.places] = True
    return typed


def _matching(any_of: list[Places], required: list[_Placed], exact: tuple[Places, ...], pages: int) -> Mask:
    """Return the pages that have any word or exact name or, where something is required, all of that."""
    if required:
        everything: Mask = np.logical_and.reduce(_typed(required, pages))
        return everything
    found = np.zeros(pages, dtype=np.bool_)
    for places in (*any_of, *exact):
        found[places] = True
    return found


def _add_close(found: Mask, typed: Mask, beside: Scores) -> None:
    """Add pages that are close in meaning or to a thing named, where few pages have all words."""
    full = int(np.count_nonzero(np.logical_and.reduce([found, *typed])))
    if full < FEW:
        places = np.flatnonzero((beside >= CLOSE) & ~found)
        found[places[np.argsort(-beside[places], kind="stable")[: FEW - full]]] = True


def _has(typed: Mask, others: Sequence[tuple[Alternative, _Placed]]) -> Mask:
    """Return which words each page has, as typed or by a synonym of them: shape (words, pages)."""
    has = typed.copy() if others else typed
    for other, match in others:
        for word in other.words:
            has[word, match.places] = True
    return has


def _tiers(pages: int, exact: Places, alias: Places) -> npt.NDArray[np.int8]:
    tiers = np.full(pages, WORDS, dtype=np.int8)
    tiers[alias] = EXACT_ALIAS
    tiers[exact] = EXACT_NAME
    return tiers


def _lexical(
    pages: Places, matches: list[_Placed], others: Sequence[tuple[Alternative, _Placed]], count: int
) -> Scores:
    """Return the sum of the scores of each of some pages, scaled so that the best of them has 1."""
    total = np.zeros(count)
    weighted = [(match, 1.0) for match in matches] + [(match, ALTERNATIVE_WEIGHT) for _, match in others]
    for match, weight in weighted:
        # No page is twice in a match.
        total[match.places] += weight * match.scores
    found: Scores = total[pages]
    return found / max(float(found.max(initial=0.0)), 1e-9)


def order(
    index: Index, ranked: Ranked, sort: Sort, among: Places | None = None, first: int | None = None
) -> npt.NDArray[np.intp]:
    """Return positions in `ranked`, best first; ties go by page type, then by document, so that the order is stable.

    Args:
        index: where the pages are.
        ranked: pages to order.
        sort: how.
        among: positions in `ranked`, ascending; all when left out.
        first: how many positions at the head are wanted at least; all when left out.
    """
    places = np.arange(len(ranked.docs)) if among is None else among
    docs = ranked.docs[places]
    if sort is Sort.TITLE:
        return places[np.lexsort((docs, index.titles[docs]))]
    if sort is Sort.NEWEST:
        return places[np.lexsort((docs, index.titles[docs], -index.updated[docs]))]
    # Cosines are float32: beyond six decimals equal pages differ by chance. A tier is worth more than any score.
    keys = ranked.tiers[places] * _A_TIER + ranked.scores[places].round(6)
    if first is not None and first < len(keys):
        # Sorting all would take longer than finding them; equals of the last one wanted take part.
        best = np.flatnonzero(keys >= np.partition(keys, -first)[-first]) if first else np.empty(0, np.intp)
        places, docs, keys = places[best], docs[best], keys[best]
    return places[np.lexsort((docs, index.types[docs], -keys))]
