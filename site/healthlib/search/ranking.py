"""Puts matching pages in order: exact names, then pages with all words, then pages with some of them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from healthlib.search.index import Docs, Index, Matches, Scores
from healthlib.search.results import Sort
from healthlib.search.trees import PageTrees

# An exact name is what the reader asked for, whatever else the words match; another name of a page comes next.
EXACT_NAME, EXACT_ALIAS, ALL_WORDS, SOME_WORDS = 3, 2, 1, 0


@dataclass(frozen=True)
class Ranked:
    """Matching page documents, not yet in order; arrays of one shape (n,).

    Attributes:
        docs: document numbers, ascending (int32).
        tiers: EXACT_NAME to SOME_WORDS (int8).
        scores: BM25F, lowered for missing words (float64).
        has: which of the query's words each document has, shape (words, n) (bool).
    """

    docs: Docs
    tiers: npt.NDArray[np.int8]
    scores: Scores
    has: npt.NDArray[np.bool_]


def rank(index: Index, trees: PageTrees) -> Ranked:
    """Evaluate the trees and return every page that matches."""
    exact = index.evaluate(trees.exact_name).docs
    alias = index.evaluate(trees.exact_alias).docs
    words = [index.evaluate(tree) for tree in trees.words]
    required = [index.evaluate(tree) for tree in trees.required]
    docs = _matching(words, required, (exact, alias))
    for tree in trees.excluded:
        docs = np.setdiff1d(docs, index.evaluate(tree).docs, assume_unique=True)
    has = np.array([np.isin(docs, match.docs, assume_unique=True) for match in words]).reshape(len(words), len(docs))
    coverage = has.mean(axis=0) if words else np.ones(len(docs))
    tiers = np.where(coverage == 1, ALL_WORDS, SOME_WORDS).astype(np.int8)
    tiers[np.isin(docs, alias)] = EXACT_ALIAS
    tiers[np.isin(docs, exact)] = EXACT_NAME
    return Ranked(docs, tiers, _sum(docs, words + required) * coverage, has)


def _matching(words: list[Matches], required: list[Matches], exact: tuple[Docs, ...]) -> Docs:
    """Return the documents that have any word or exact name, and everything required."""
    if required:
        docs = required[0].docs
        for match in required[1:]:
            docs = np.intersect1d(docs, match.docs, assume_unique=True)
        return docs
    return np.unique(np.concatenate([match.docs for match in words] + list(exact)))


def _sum(docs: Docs, matches: list[Matches]) -> Scores:
    total = np.zeros(len(docs))
    for match in matches:
        kept = np.isin(match.docs, docs, assume_unique=True)
        total[np.searchsorted(docs, match.docs[kept])] += match.scores[kept]
    return total


def order(index: Index, ranked: Ranked, sort: Sort) -> npt.NDArray[np.intp]:
    """Return positions in `ranked`, best first; ties go by page type, then by document, so that the order is stable."""
    docs = ranked.docs
    if sort is Sort.TITLE:
        return np.lexsort((docs, index.titles[docs]))
    if sort is Sort.NEWEST:
        return np.lexsort((docs, index.titles[docs], -index.updated[docs]))
    return np.lexsort((docs, index.types[docs], -ranked.scores.round(9), -ranked.tiers))
