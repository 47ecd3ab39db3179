"""Orders matching pages: exact names first, then by words, by closeness to what the query names, and by meaning."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from healthlib.content.model import OVERDUE_DAYS
from healthlib.search.arrays.matches import Docs, Matches, Scores
from healthlib.search.index import Index
from healthlib.search.meaning import Meaning, Vector
from healthlib.search.results import Sort
from healthlib.search.trees import Alternative, PageTrees

# An exact name is what the reader asked for, whatever else the words match; another name of a page comes next.
EXACT_NAME, EXACT_ALIAS, WORDS = 2, 1, 0

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
    exact = index.evaluate(trees.exact_name).docs
    alias = index.evaluate(trees.exact_alias).docs
    words = [index.evaluate(tree) for tree in trees.words]
    others = [(other, index.evaluate(other.tree)) for other in trees.alternatives]
    required = [index.evaluate(tree) for tree in trees.required]
    beside = _cosines(index, meaning, _direction(meaning, trees, named))
    docs = _matching(words, [match for _, match in others], required, (exact, alias))
    if closeness is not None:
        beside += closeness
    if not required:
        docs = _with_close(index, docs, words, beside)
        if closeness is not None:
            docs = np.union1d(docs, index.page_docs[closeness > 0]).astype(np.int32)
    for tree in trees.excluded:
        docs = np.setdiff1d(docs, index.evaluate(tree).docs, assume_unique=True)
    has = _has(docs, words, others)
    scores = _lexical(docs, words + required, others) * (1 if words or closeness is None else ONLY_NAMES)
    scores += beside[np.searchsorted(index.page_docs, docs)]
    if len(has) <= FEW_WORDS:
        scores += ALL_WORDS * has.all(axis=0)
    return Ranked(docs, _tiers(docs, exact, alias), scores, has)


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


def _matching(words: list[Matches], others: list[Matches], required: list[Matches], exact: tuple[Docs, ...]) -> Docs:
    """Return the documents that have any word or exact name, and everything required."""
    if required:
        docs = required[0].docs
        for match in required[1:]:
            docs = np.intersect1d(docs, match.docs, assume_unique=True)
        return docs
    return np.unique(np.concatenate([match.docs for match in words + others] + list(exact)))


def _with_close(index: Index, docs: Docs, words: list[Matches], beside: Scores) -> Docs:
    """Add pages that are close in meaning or to a thing named, where few pages have all words."""
    full = docs
    for match in words:
        full = np.intersect1d(full, match.docs, assume_unique=True)
    if len(full) >= FEW:
        return docs
    places = np.flatnonzero(beside >= CLOSE)
    close = index.page_docs[places[np.argsort(-beside[places], kind="stable")]]
    new = close[np.isin(close, docs, invert=True)][: FEW - len(full)]
    return np.union1d(docs, new).astype(np.int32)


def _has(docs: Docs, words: list[Matches], others: Sequence[tuple[Alternative, Matches]]) -> npt.NDArray[np.bool_]:
    """Return which words each document has, as typed or by a synonym of them: shape (words, n)."""
    has = np.zeros((len(words), len(docs)), dtype=np.bool_)
    for row, match in zip(has, words, strict=True):
        row[:] = np.isin(docs, match.docs, assume_unique=True)
    for other, match in others:
        has[list(other.words)] |= np.isin(docs, match.docs, assume_unique=True)
    return has


def _tiers(docs: Docs, exact: Docs, alias: Docs) -> npt.NDArray[np.int8]:
    tiers = np.full(len(docs), WORDS, dtype=np.int8)
    tiers[np.isin(docs, alias)] = EXACT_ALIAS
    tiers[np.isin(docs, exact)] = EXACT_NAME
    return tiers


def _lexical(docs: Docs, matches: list[Matches], others: Sequence[tuple[Alternative, Matches]]) -> Scores:
    """Return the sum of the scores of each document, scaled so that the best has 1."""
    total = np.zeros(len(docs))
    weighted = [(match, 1.0) for match in matches] + [(match, ALTERNATIVE_WEIGHT) for _, match in others]
    for match, weight in weighted:
        kept = np.isin(match.docs, docs, assume_unique=True)
        total[np.searchsorted(docs, match.docs[kept])] += weight * match.scores[kept]
    return total / max(float(total.max(initial=0.0)), 1e-9)


def order(index: Index, ranked: Ranked, sort: Sort) -> npt.NDArray[np.intp]:
    """Return positions in `ranked`, best first; ties go by page type, then by document, so that the order is stable."""
    docs = ranked.docs
    if sort is Sort.TITLE:
        return np.lexsort((docs, index.titles[docs]))
    if sort is Sort.NEWEST:
        return np.lexsort((docs, index.titles[docs], -index.updated[docs]))
    # Cosines are float32: beyond six decimals equal pages differ by chance.
    return np.lexsort((docs, index.types[docs], -ranked.scores.round(6), -ranked.tiers))
