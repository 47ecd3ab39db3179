"""Arrays against Whoosh's own exhaustive evaluation."""

import random
from collections.abc import Iterator
from itertools import permutations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from whoosh import query as engine

from engines import Engines, make_engines
from healthlib.search.arrays.evaluate import UnsupportedError
from healthlib.search.arrays.matches import Matches

# Common to rare, so that lists of every length meet; the last is in no document.
WORDS = ("the", "pain", "heart", "blood", "fever", "rash", "gout", "zinc", "unknown")
FIELDS = ("title", "body", "exact_name")
# Of Whoosh's index; ours has one, and nothing is ever deleted from it.
SEGMENTS = (1, 3)


def document(chance: random.Random) -> dict[str, str]:
    def text(length: int) -> str:
        return " ".join(chance.choices(WORDS[:-1], [2.0**-place for place in range(len(WORDS) - 1)], k=length))

    title = text(chance.randint(0, 4))
    return {"page": "/p/", "title": title, "body": text(chance.randint(0, 60)), "exact_name": title}


@pytest.fixture(scope="module", params=SEGMENTS, ids="segments {0}".format)
def engines(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    number = request.param
    chance = random.Random(number)
    segments = [[document(chance) for _ in range(60 + 40 * place)] for place in range(number)]
    path = tmp_path_factory.mktemp("arrays") / "index"
    made = make_engines(path, *segments)
    yield made
    made.whoosh.close()


SAME = (engine.Term("title", WORDS[0]), engine.Term("title", WORDS[1]))
boosts = st.sampled_from((0.5, 1.0, 1.0, 2.0))
terms = st.builds(engine.Term, st.sampled_from(FIELDS), st.sampled_from(WORDS), boosts)
words = st.lists(terms, min_size=1, max_size=4)
phrases = st.builds(
    engine.Phrase, st.sampled_from(("title", "body")), st.lists(st.sampled_from(WORDS), min_size=2, max_size=4)
)


def compounds(inner: st.SearchStrategy[engine.Query]) -> st.SearchStrategy[engine.Query]:
    several = st.lists(inner, min_size=1, max_size=4)
    return st.one_of(
        st.builds(engine.Or, several),
        st.builds(engine.And, several),
        # Only words below a factor: on other queries Whoosh's normalize() puts it in place of theirs.
        st.builds(engine.Or, words, boosts),
        st.builds(engine.And, words, boosts),
        st.builds(lambda kept, left_out: engine.And([kept, engine.Not(left_out)]), inner, inner),
    )


def parts(tree: engine.Query) -> Iterator[engine.Query]:
    """Yield a tree and all that is below it."""
    yield tree
    below = [tree.query] if isinstance(tree, engine.Not) else getattr(tree, "subqueries", ())
    for child in below:
        yield from parts(child)


def says_one_thing(tree: engine.Query) -> bool:
    """Whether nothing is said twice where there are factors: it depends on a tree's shape what Whoosh makes of it."""
    every = list(parts(tree))
    leaves = [str(part).partition("^")[0] for part in every if isinstance(part, engine.Term | engine.Phrase)]
    return len(set(leaves)) == len(leaves) or all(getattr(part, "boost", 1.0) == 1.0 for part in every)


trees = st.recursive(st.one_of(terms, terms, phrases), compounds, max_leaves=8).filter(says_one_thing)


def assert_equal(ours: Matches, theirs: Matches) -> None:
    np.testing.assert_array_equal(ours.docs, theirs.docs)
    np.testing.assert_allclose(ours.scores, theirs.scores, rtol=1e-5)
    assert ours.docs.dtype == np.int32
    assert ours.scores.dtype == np.float64


@settings(max_examples=60, deadline=None)
@given(tree=trees)
@example(tree=engine.And([engine.Or([term, other]) for term, other in permutations(SAME)]))
@example(tree=engine.And([SAME[0], engine.Not(SAME[1]), engine.Not(engine.Or([SAME[1]]))]))
def test_trees_score_as_whoosh_does(engines: Engines, tree: engine.Query) -> None:
    assert_equal(engines.arrays.evaluate(tree), engines.whoosh.evaluate(tree))


@settings(max_examples=25, deadline=None)
@given(wanted=trees, filtered=trees)
def test_require_keeps_the_scores_of_what_is_wanted(
    engines: Engines, wanted: engine.Query, filtered: engine.Query
) -> None:
    # Not among the trees above: inside an Or, Whoosh's normalize() replaces the factors of its words.
    found, docs = engines.whoosh.evaluate(wanted), engines.whoosh.evaluate(filtered).docs
    stay = np.isin(found.docs, docs)
    ours = engines.arrays.evaluate(engine.Require(wanted, filtered))
    assert_equal(ours, Matches(found.docs[stay], found.scores[stay]))


@settings(max_examples=25, deadline=None)
@given(kept=trees, left_out=trees)
def test_and_not_leaves_out_every_match(engines: Engines, kept: engine.Query, left_out: engine.Query) -> None:
    # Not compared with Whoosh's AndNot, which keeps its first match when the other side begins earlier.
    found, without = engines.whoosh.evaluate(kept), engines.whoosh.evaluate(left_out).docs
    stay = ~np.isin(found.docs, without)
    ours = engines.arrays.evaluate(engine.AndNot(kept, left_out))
    assert_equal(ours, Matches(found.docs[stay], found.scores[stay]))


@settings(max_examples=25, deadline=None)
@given(wanted=trees, welcome=trees)
def test_and_maybe_adds_the_score_of_what_is_welcome(
    engines: Engines, wanted: engine.Query, welcome: engine.Query
) -> None:
    # Not compared with Whoosh's AndMaybe below an And: when it skips ahead, the welcome side stays behind.
    found, more = engines.whoosh.evaluate(wanted), engines.whoosh.evaluate(welcome)
    scores = np.zeros(engines.postings.documents)
    scores[more.docs] = more.scores
    ours = engines.arrays.evaluate(engine.AndMaybe(wanted, welcome))
    assert_equal(ours, Matches(found.docs, found.scores + scores[found.docs]))


@settings(max_examples=25, deadline=None)
@given(children=st.lists(trees, min_size=1, max_size=3))
def test_the_best_of_several_counts(engines: Engines, children: list[engine.Query]) -> None:
    # Not compared with Whoosh's DisjunctionMax, which takes the next document's score where a child does not match.
    scores = np.zeros(engines.postings.documents)
    for child in children:
        found = engines.whoosh.evaluate(child)
        scores[found.docs] = np.maximum(scores[found.docs], found.scores)
    docs = scores.nonzero()[0].astype(np.int32)
    assert_equal(engines.arrays.evaluate(engine.DisjunctionMax(children)), Matches(docs, scores[docs]))


@settings(max_examples=25, deadline=None)
@given(tree=trees, chosen=st.sets(st.integers(0, 59)))
def test_among_keeps_to_some_documents(engines: Engines, tree: engine.Query, chosen: set[int]) -> None:
    docs = np.array(sorted(chosen), np.int32)
    found = engines.whoosh.evaluate(tree)
    kept = np.isin(found.docs, docs)
    assert_equal(engines.arrays.among(tree, docs), Matches(found.docs[kept], found.scores[kept]))


@pytest.mark.parametrize(
    "tree",
    [
        engine.Every(),
        engine.Every("title", boost=2.0),
        engine.ConstantScoreQuery(engine.Term("body", "pain"), 3.0),
        engine.Prefix("body", "b", constantscore=False),
        engine.Prefix("body", ""),
        engine.FuzzyTerm("body", "pin", constantscore=False),
        engine.FuzzyTerm("body", "blod", maxdist=2, prefixlength=2, constantscore=False),
        engine.Phrase("body", ["the", "the", "pain"], boost=2.0),
        engine.Or([]),
        engine.And([engine.Term("body", "the"), engine.Term("body", "unknown")]),
        engine.Term("body", "\ud800"),
        engine.NullQuery,
    ],
    ids=repr,
)
def test_a_query_alone_scores_as_in_whoosh(engines: Engines, tree: engine.Query) -> None:
    assert_equal(engines.arrays.evaluate(tree), engines.whoosh.evaluate(tree))


@pytest.mark.parametrize("tree", [engine.Prefix("body", "f"), engine.FuzzyTerm("body", "fevver")], ids=repr)
def test_constant_scores_are_the_boost(engines: Engines, tree: engine.Query) -> None:
    found = engines.arrays.evaluate(tree)
    np.testing.assert_array_equal(found.docs, engines.whoosh.evaluate(tree).docs)
    assert set(found.scores) == {1.0}


def test_not_is_every_other_document(engines: Engines) -> None:
    word = engine.Term("body", "the")
    others = np.setdiff1d(engines.whoosh.evaluate(engine.Every()).docs, engines.whoosh.evaluate(word).docs)
    assert_equal(engines.arrays.evaluate(engine.Not(word)), Matches(others, np.ones(len(others))))


def test_a_fuzzy_word_may_have_neighbours_exchanged(engines: Engines) -> None:
    exchanged = engines.arrays.evaluate(engine.FuzzyTerm("body", "hetar", maxdist=2))
    assert len(exchanged.docs)
    np.testing.assert_array_equal(exchanged.docs, engines.whoosh.evaluate(engine.Term("body", "heart")).docs)


def test_every_beside_a_word_does_not_swallow_it(engines: Engines) -> None:
    word = engine.Term("body", "gout")
    both = engines.arrays.evaluate(engine.And([engine.Every(), word]))
    np.testing.assert_array_equal(both.docs, engines.whoosh.evaluate(word).docs)


@pytest.mark.parametrize(
    "tree",
    [
        engine.Term("nowhere", "pain"),
        engine.Phrase("body", ["the", "pain"], slop=3),
        engine.Phrase("exact_name", ["the", "pain"]),
        engine.Wildcard("body", "p*n"),
        engine.Or([engine.Term("body", "pain"), engine.Regex("body", "p.*n")]),
        engine.Or([engine.Term("body", "pain"), engine.Term("title", "pain")], scale=0.5),
        engine.Term("body", "pain", boost=0.0),
        engine.Term("body", "pain", boost=-1.0),
        engine.ConstantScoreQuery(engine.Term("body", "pain"), 0.0),
    ],
    ids=repr,
)
def test_other_trees_are_left_to_whoosh(engines: Engines, tree: engine.Query) -> None:
    with pytest.raises(UnsupportedError):
        engines.arrays.evaluate(tree)
