"""Orders matching pages: exact names, then those with all words, then those with some of them or close in meaning."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from healthlib.search.arrays.matches import Docs, Matches, Scores
from healthlib.search.index import Index
from healthlib.search.meaning import Meaning, Vector
from healthlib.search.results import Sort
from healthlib.search.trees import Alternative, PageTrees

# An exact name is what the reader asked for, whatever else the words match; another name of a page comes next.
EXACT_NAME, EXACT_ALIAS, ALL_WORDS, SOME_WORDS = 3, 2, 1, 0

# Above this many words a query is a sentence: no page has all of its words by more than chance, so having them all is
# worth no tier of its own. On LiveQA's questions the tier cost 0.05 nDCG@10; short queries are read as lists of wishes.
TIER_WORDS = 4

# What meaning adds to a lexical score of at most 1: nDCG@10 of 0.5, 1.0 and 1.4 is 0.318, 0.319, 0.319 on NFCorpus,
# 0.733, 0.755, 0.762 on MED and 0.689, 0.680, 0.633 on LiveQA (development queries).
MEANING_WEIGHT = 1.0
# What a synonym's match counts, against the words that were typed.
ALTERNATIVE_WEIGHT = 0.6
# Where few pages have all words, the first page of results is filled up by meaning, with pages that are close.
FEW = 10
CLOSE = 0.2


@dataclass(frozen=True)
class Ranked:
    """Matching page documents, not yet in order; arrays of one shape (n,).

    Attributes:
        docs: document numbers, ascending (int32).
        tiers: EXACT_NAME to SOME_WORDS (int8).
        scores: lexical score from 0 to 1, plus meaning (float64).
        has: which of the query's words each document has, shape (words, n) (bool).
    """

    docs: Docs
    tiers: npt.NDArray[np.int8]
    scores: Scores
    has: npt.NDArray[np.bool_]


def rank(index: Index, meaning: Meaning, trees: PageTrees) -> Ranked:
    """Evaluate the trees and return every page that matches."""
    exact = index.evaluate(trees.exact_name).docs
    alias = index.evaluate(trees.exact_alias).docs
    words = [index.evaluate(tree) for tree in trees.words]
    others = [(other, index.evaluate(other.tree)) for other in trees.alternatives]
    required = [index.evaluate(tree) for tree in trees.required]
    direction = meaning.vector(trees.stems)
    cosines = _cosines(index, meaning, direction)
    docs = _matching(words, [match for _, match in others], required, (exact, alias))
    if not required:
        docs = _with_close(index, docs, words, cosines)
    for tree in trees.excluded:
        docs = np.setdiff1d(docs, index.evaluate(tree).docs, assume_unique=True)
    has = _has(docs, words, others)
    scores = _lexical(docs, words + required, others) + MEANING_WEIGHT * cosines[np.searchsorted(index.page_docs, docs)]
    return Ranked(docs, _tiers(docs, has, exact, alias), scores, has)


def _cosines(index: Index, meaning: Meaning, direction: Vector | None) -> Scores:
    """Return the cosine of each page with the query, shape (pages,); none is below 0."""
    if direction is None:
        return np.zeros(len(index.page_docs))
    return np.maximum(meaning.similarity(direction), 0).astype(np.float64)


def _matching(words: list[Matches], others: list[Matches], required: list[Matches], exact: tuple[Docs, ...]) -> Docs:
    """Return the documents that have any word or exact name, and everything required."""
    if required:
        docs = required[0].docs
        for match in required[1:]:
            docs = np.intersect1d(docs, match.docs, assume_unique=True)
        return docs
    return np.unique(np.concatenate([match.docs for match in words + others] + list(exact)))


def _with_close(index: Index, docs: Docs, words: list[Matches], cosines: Scores) -> Docs:
    """Add pages that are close in meaning, where few pages have all words."""
    full = docs
    for match in words:
        full = np.intersect1d(full, match.docs, assume_unique=True)
    if len(full) >= FEW:
        return docs
    places = np.flatnonzero(cosines >= CLOSE)
    close = index.page_docs[places[np.argsort(-cosines[places], kind="stable")]]
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


def _tiers(docs: Docs, has: npt.NDArray[np.bool_], exact: Docs, alias: Docs) -> npt.NDArray[np.int8]:
    everything = has.all(axis=0) if len(has) <= TIER_WORDS else np.zeros(len(docs), np.bool_)
    tiers = np.where(everything, ALL_WORDS, SOME_WORDS).astype(np.int8)
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
    return np.lexsort((docs, index.types[docs], -ranked.scores.round(9), -ranked.tiers))
