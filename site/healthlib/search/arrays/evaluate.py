"""Evaluates query trees on the exported posting lists.

Scores are those of Whoosh's exhaustive evaluation. Where that depends on chance, the textbook's meaning is kept: a
constant score is the boost, however many terms a prefix has; `Every` does not swallow the queries beside it; a factor
reaches all that is below it. A fuzzy word may also have two neighbours exchanged. AndNot, AndMaybe, DisjunctionMax and
Not of Whoosh 2.7.5 can each match or score a document wrongly; tests/search/arrays says how.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from whoosh import query as engine

from healthlib.search.arrays import fuzzy
from healthlib.search.arrays.matches import Docs, Matches, Part, look_up, no_matches, union
from healthlib.search.arrays.phrases import phrase
from healthlib.search.arrays.postings import Postings
from healthlib.search.arrays.sums import Sums
from healthlib.search.words import AnyPhrase, Word

# The parts of a tree by what makes them what they are: a query that says the same twice counts it once, as in Whoosh.
Parts = dict[Any, Part]


class UnsupportedError(Exception):
    """A tree has something that is not evaluated here."""


class Evaluator:
    """Evaluates trees; safe to share between threads and processes."""

    def __init__(self, postings: Postings, sums: Mapping[str, Sums] | None = None) -> None:
        """Take the lists.

        Args:
            postings: of all fields.
            sums: of words over the fields of a kind of document, by that kind; what is left out is added up here.
        """
        self._postings = postings
        self._sums = sums or {}

    def evaluate(self, tree: engine.Query) -> Matches:
        """Return every document that matches, with its score.

        Raises:
            UnsupportedError: when the tree has a query of another kind, or a factor that is not above 0.
        """
        return self._union(self._parts(tree, 1.0))

    def among(self, tree: engine.Query, docs: Docs) -> Matches:
        """Return those of some documents, ascending, that match, with their scores; raises as `evaluate` does."""
        return self._kept(docs, np.zeros(len(docs)), self._parts(tree, 1.0))

    def _parts(self, tree: engine.Query, boost: float) -> Parts:
        """Return lists whose sum is the tree's: most trees are sums of words, and need one addition."""
        evaluate = _OF_KIND.get(type(tree))
        if evaluate is None or not boost * getattr(tree, "boost", 1.0) > 0:
            raise UnsupportedError(type(tree).__name__)
        return evaluate(self, tree, boost)

    def _union(self, parts: Parts) -> Matches:
        return union(list(parts.values()), self._postings.documents)

    def _matches(self, tree: engine.Query, boost: float = 1.0) -> Matches:
        return self._union(self._parts(tree, boost))

    def _scores(self, docs: Docs, parts: Parts) -> np.ndarray[Any, np.dtype[np.float64]]:
        return look_up(list(parts.values()), docs, self._postings.documents)

    def _kept(self, docs: Docs, scores: np.ndarray[Any, np.dtype[np.float64]], parts: Parts) -> Matches:
        """Return the documents that the parts have too, with both scores added."""
        found = self._scores(docs, parts)
        kept = found > 0
        return Matches(docs[kept], (scores + found)[kept])

    def _term(self, tree: engine.Term, boost: float) -> Parts:
        try:
            place = self._postings.find(tree.fieldname, tree.text)
        except KeyError:
            raise UnsupportedError(tree.fieldname) from None
        factor = boost * tree.boost
        return {} if place is None else {(place, factor): self._postings.part(place, factor)}

    def _word(self, tree: Word, boost: float) -> Parts:
        sums = self._sums.get(tree.kind)
        if sums is None:
            return self._or(tree, boost)
        place, factor = sums.find(tree.stem), boost * tree.boost
        return {} if place is None else {(tree.kind, place, factor): sums.of_docs(place, factor)}

    def _or(self, tree: engine.Or, boost: float) -> Parts:
        if tree.scale:
            raise UnsupportedError("a bonus for coordination")
        parts: Parts = {}
        for child in tree.subqueries:
            parts |= self._parts(child, boost * tree.boost)
        return parts

    def _and(self, tree: engine.And, boost: float) -> Parts:
        wanted = [parts for _, parts in self._conjuncts(tree, boost)]
        # The rarest leads, so that the others are only looked up for the documents it has.
        lists = sorted(wanted, key=lambda parts: sum(len(part.docs) for part in parts.values()))
        if not lists or not lists[0]:
            return {}
        if len(lists) == 1:
            return lists[0]
        found = self._union(lists[0])
        for parts in lists[1:]:
            found = self._kept(found.docs, found.scores, parts)
        return _whole((engine.And, tuple(map(tuple, wanted))), found)

    def _conjuncts(self, tree: engine.And, boost: float) -> list[tuple[engine.Query, Parts]]:
        """Return each thing that must be there, with its parts; what is said twice is there once, as in Whoosh."""
        found: list[tuple[engine.Query, Parts]] = []
        for child in tree.subqueries:
            if type(child) is engine.And:
                more = self._conjuncts(child, boost * tree.boost)
            else:
                more = [(child, self._parts(child, boost * tree.boost))]
            found += (one for one in more if not any(_same(one, other) for other in found))
        return found

    def _and_not(self, tree: engine.AndNot, boost: float) -> Parts:
        found = self._matches(tree.a, boost)
        kept = self._scores(found.docs, self._parts(tree.b, 1.0)) == 0
        return _whole((tree, boost), Matches(found.docs[kept], found.scores[kept]))

    def _and_maybe(self, tree: engine.AndMaybe, boost: float) -> Parts:
        found = self._matches(tree.a, boost)
        scores = found.scores + self._scores(found.docs, self._parts(tree.b, boost))
        return _whole((tree, boost), Matches(found.docs, scores))

    def _require(self, tree: engine.Require, boost: float) -> Parts:
        found = self._matches(tree.a, boost)
        kept = self._scores(found.docs, self._parts(tree.b, 1.0)) > 0
        return _whole((tree, boost), Matches(found.docs[kept], found.scores[kept]))

    def _best_of(self, tree: engine.DisjunctionMax, boost: float) -> Parts:
        best = np.zeros(self._postings.documents)
        for child in tree.subqueries:
            found = self._matches(child, boost * tree.boost)
            best[found.docs] = np.maximum(best[found.docs], found.scores)
        docs = np.flatnonzero(best)
        return _whole((tree, boost), Matches(docs.astype(np.int32), best[docs]))

    def _not(self, tree: engine.Not, boost: float) -> Parts:
        live = self._postings.live
        # By what it comes to: "not any of one" is "not that one".
        return _constant((tree.normalize(), boost), live[self._scores(live, self._parts(tree.query, 1.0)) == 0], boost)

    def _constant(self, tree: engine.ConstantScoreQuery, boost: float) -> Parts:
        if not tree.score > 0:
            raise UnsupportedError("a score that is not above 0")
        return _constant((tree, boost), self._matches(tree.child).docs, tree.score * boost)

    def _every(self, tree: engine.Every, boost: float) -> Parts:
        if tree.fieldname is None:
            docs = self._postings.live
        else:
            docs = self._postings.docs_of(self._starting(tree.fieldname, ""))
        return _constant((tree, boost), docs, boost * tree.boost)

    def _starting(self, field: str, text: str) -> range:
        try:
            return self._postings.terms.starting(self._postings.key(field, text))
        except KeyError:
            raise UnsupportedError(field) from None

    def _phrase(self, tree: engine.Phrase, boost: float) -> Parts:
        if tree.slop != 1 or not self._postings.has_positions(tree.fieldname):
            raise UnsupportedError("a phrase with gaps, or in a field without positions")
        terms = [self._postings.find(tree.fieldname, word) for word in tree.words]
        known = [term for term in terms if term is not None]
        factor = boost * tree.boost
        if not known or len(known) < len(terms):
            return {}
        if len(known) == 1:
            return {(known[0], factor): self._postings.part(known[0], factor)}
        return _whole((tree.fieldname, tuple(known), factor), phrase(self._postings, known, factor))

    def _prefix(self, tree: engine.Prefix, boost: float) -> Parts:
        return self._any_of(tree, self._starting(tree.fieldname, tree.text), boost)

    def _fuzzy(self, tree: engine.FuzzyTerm, boost: float) -> Parts:
        candidates = self._starting(tree.fieldname, tree.text[: tree.prefixlength])
        texts = [self._postings.terms.key(term)[1:].decode("utf-8") for term in candidates]
        near = fuzzy.within(tree.text, texts, tree.maxdist)
        return self._any_of(tree, [candidates[place] for place in np.flatnonzero(near).tolist()], boost)

    def _any_of(self, tree: engine.Prefix | engine.FuzzyTerm, terms: range | list[int], boost: float) -> Parts:
        factor = boost * tree.boost
        if not tree.constantscore:
            return {(term, factor): self._postings.part(term, factor) for term in terms}
        if isinstance(terms, range):
            return _constant((tree, factor), self._postings.docs_of(terms), factor)
        docs = [self._postings.part(term).docs for term in terms]
        return _constant((tree, factor), np.unique(np.concatenate(docs)) if docs else no_matches().docs, factor)


def _same(one: tuple[engine.Query, Parts], other: tuple[engine.Query, Parts]) -> bool:
    """Whether two conjuncts say the same; a word that no document has tells two of equal parts apart."""
    return one[1].keys() == other[1].keys() and bool(one[0].normalize() == other[0].normalize())


def _whole(key: Any, matches: Matches) -> Parts:
    """Return what has been evaluated already as a single part."""
    return {key: Part(matches.docs, matches.scores, 1.0)} if len(matches.docs) else {}


def _constant(key: Any, docs: Docs, score: float) -> Parts:
    return _whole(key, Matches(docs, np.full(len(docs), score)))


# Not in the evaluator itself: it would hold itself, and with it its mapped files, after its generation is closed.
_OF_KIND: dict[type, Callable[[Evaluator, Any, float], Parts]] = {
    engine.Term: Evaluator._term,
    Word: Evaluator._word,
    AnyPhrase: Evaluator._or,
    engine.Or: Evaluator._or,
    engine.And: Evaluator._and,
    engine.AndNot: Evaluator._and_not,
    engine.AndMaybe: Evaluator._and_maybe,
    engine.Require: Evaluator._require,
    engine.DisjunctionMax: Evaluator._best_of,
    engine.Not: Evaluator._not,
    engine.ConstantScoreQuery: Evaluator._constant,
    engine.Every: Evaluator._every,
    engine.Phrase: Evaluator._phrase,
    engine.Prefix: Evaluator._prefix,
    engine.FuzzyTerm: Evaluator._fuzzy,
    type(engine.NullQuery): lambda _evaluator, _tree, _boost: {},
}
