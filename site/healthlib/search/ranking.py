"""Orders matching pages: exact names first, then by words, by closeness to what the query names, and by meaning."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from healthlib.content.model import OVERDUE_DAYS
from healthlib.search.arrays.matches import Docs, Part, Scores, added_up, head
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
# Scores that differ by less than this are equal.
_SAME = 1e-6
# What a page loses whose review is long overdue, of a score that goes up to 2: it comes after pages that match as well,
# and stays before those that match clearly worse.
OVERDUE_COST = 0.1


Places = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Ranked:
    """Matching pages, not yet in order.

    Attributes:
        pages: their places among the pages, ascending, shape (n,).
        tiers: EXACT_NAME to WORDS, shape (n,) (int8).
        scores: lexical score from 0 to 1, plus meaning, closeness to what is named, and having all words, shape (n,).
        has: which of the query's words each page has, found or not: shape (words, all pages).
        whole: whether a page is named by the query, or has all of its words.
    """

    pages: Places
    tiers: npt.NDArray[np.int8]
    scores: Scores
    has: Mask
    whole: bool = True


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
    exact, alias = (index.placed(tree).docs for tree in (trees.exact_name, trees.exact_alias))
    words = [index.placed(tree) for tree in trees.words]
    others = [index.known(other.tree) for other in trees.alternatives]
    required = [index.placed(tree) for tree in trees.required]
    count = len(index.page_docs)
    beside = _cosines(count, meaning, _direction(meaning, trees, named))
    if closeness is not None:
        beside += closeness
    typed = _having(words, count)
    lexical = _lexical([*words, *required, *(part._replace(boost=ALTERNATIVE_WEIGHT) for part in others)], count)
    if required:
        found = np.logical_and.reduce(_having(required, count))
    else:
        found = lexical > 0
        found[exact], found[alias] = True, True
        _add_close(found, typed, beside)
        if closeness is not None:
            found |= closeness > 0
    for tree in trees.excluded:
        found[index.placed(tree).docs] = False
    pages = np.flatnonzero(found)
    has = _with_others(typed, trees.alternatives, others)
    full = np.logical_and.reduce(has)[pages]
    scores = lexical[pages]
    scores /= max(float(scores.max(initial=0.0)), 1e-9)
    if not (trees.words or closeness is None):
        scores *= ONLY_NAMES
    scores += beside[pages]
    if len(has) <= FEW_WORDS:
        scores += ALL_WORDS * full
    tiers = _tiers(pages, exact, alias)
    return Ranked(pages, tiers, scores, has, whole=bool(full.any() or (tiers >= EXACT_ALIAS).any()))


def demote_overdue(index: Index, ranked: Ranked, today: date) -> Ranked:
    """Return the ranking with lower scores for pages whose review is long overdue; their tiers stay.

    Asked on the day of the search: reviews fall due without a build.
    """
    limit = today.toordinal() - OVERDUE_DAYS
    if index.first_due >= limit:
        return ranked
    overdue = index.review_due[ranked.pages] < limit
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


def _cosines(count: int, meaning: Meaning, direction: Vector | None) -> Scores:
    """Return how close each page is in meaning to a direction, shape (pages,); none below 0."""
    if direction is None:
        return np.zeros(count)
    cosines = meaning.similarity(direction)
    return np.multiply(np.maximum(cosines, 0, out=cosines), MEANING_WEIGHT, dtype=np.float64)


def _having(matches: Sequence[Part], pages: int) -> Mask:
    """Return which of some matches each page is in: shape (matches, pages)."""
    having = np.zeros((len(matches), pages), dtype=np.bool_)
    for row, match in zip(having, matches, strict=True):
        row[match.docs] = True
    return having


def _with_others(typed: Mask, alternatives: Sequence[Alternative], others: Sequence[Part]) -> Mask:
    """Return which words each page has, as typed or by a synonym of them: shape (words, pages)."""
    has = typed
    for alternative, match in zip(alternatives, others, strict=True):
        if alternative.words and len(match.docs):
            has = typed.copy() if has is typed else has
            for word in alternative.words:
                has[word, match.docs] = True
    return has


def _lexical(parts: Sequence[Part], pages: int) -> Scores:
    """Return the sum of the scores of every page, shape (pages,)."""
    return added_up(parts, pages) if parts else np.zeros(pages)


def _add_close(found: Mask, typed: Mask, beside: Scores) -> None:
    """Add pages that are close in meaning or to a thing named, where few pages have all words."""
    wanted = FEW - int(np.count_nonzero(np.logical_and.reduce(typed) & found))
    if wanted > 0:
        places = np.flatnonzero((beside >= CLOSE) & ~found)
        keys = beside[places]
        best = head(keys, wanted)
        found[places[best[np.argsort(-keys[best], kind="stable")[:wanted]]]] = True


def _tiers(pages: Places, exact: Docs, alias: Docs) -> npt.NDArray[np.int8]:
    tiers = np.full(len(pages), WORDS, dtype=np.int8)
    for named, tier in ((alias, EXACT_ALIAS), (exact, EXACT_NAME)):
        if len(named) and len(pages):
            places = np.minimum(pages.searchsorted(named), len(pages) - 1)
            tiers[places[pages[places] == named]] = tier
    return tiers


def order(index: Index, ranked: Ranked, sort: Sort, among: Places | None = None, first: int | None = None) -> Places:
    """Return positions in `ranked`, best first; ties go by page type, then by document, so that the order is stable.

    Args:
        index: where the pages are.
        ranked: pages to order.
        sort: how.
        among: positions in `ranked`, ascending; all when left out.
        first: how many positions at the head are wanted at least; all when left out.
    """
    if sort is not Sort.BEST:
        return _by_column(index, ranked.pages, sort, np.arange(len(ranked.pages)) if among is None else among)
    # A tier is worth more than any score.
    keys = ranked.tiers * _A_TIER + ranked.scores
    keys = keys if among is None else keys[among]
    # Sorting all would take longer than finding them.
    best = np.arange(len(keys)) if first is None else head(keys, first, _SAME) if first else np.empty(0, np.intp)
    places = best if among is None else among[best]
    pages = ranked.pages[places]
    # Cosines are float32: beyond six decimals equal pages differ by chance.
    return places[np.lexsort((pages, index.page_types[pages], -keys[best].round(6)))]


def _by_column(index: Index, pages: Places, sort: Sort, places: Places) -> Places:
    pages = pages[places]
    keys = (pages, index.titles[pages])
    return places[np.lexsort(keys if sort is Sort.TITLE else (*keys, -index.updated[pages]))]
