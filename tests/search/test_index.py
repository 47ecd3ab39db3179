"""The index of the shipped library: what is looked up only there, and that it says what Whoosh says."""

import gc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from whoosh import query as engine

from healthlib.config import ROOT
from healthlib.search.documents import NOT_A_PAGE
from healthlib.search.evaluation import read_queries
from healthlib.search.generation.generation import Generation
from healthlib.search.generation.layout import Layout
from healthlib.search.generation.manifest import WHOOSH
from healthlib.search.index import Index
from healthlib.search.query import read_query
from healthlib.search.results import Options
from healthlib.search.trees import page_trees, section_tree
from healthlib.search.whoosh_index import WhooshIndex


@pytest.fixture(scope="module")
def index(generation: Generation) -> Index:
    return generation.searcher.index


@pytest.fixture(scope="module")
def whoosh(built_index: Path) -> Iterator[WhooshIndex]:
    layout = Layout(built_index)
    opened = WhooshIndex(layout.path(str(layout.live())) / WHOOSH)
    yield opened
    opened.close()


def test_every_golden_query_scores_as_in_whoosh(index: Index, whoosh: WhooshIndex) -> None:
    compared = 0
    for query in read_queries(ROOT / "tests" / "relevance" / "queries.jsonl"):
        trees = page_trees(read_query(query.text))
        parts = (trees.exact_name, trees.exact_alias, *trees.words, *trees.required, *trees.excluded)
        for tree in (*parts, engine.Or(list(trees.words)), engine.And(list(trees.words))):
            ours, theirs = index.evaluate(tree), whoosh.evaluate(tree)
            np.testing.assert_array_equal(ours.docs, theirs.docs)
            np.testing.assert_allclose(ours.scores, theirs.scores, rtol=1e-4)
            compared += len(ours.docs)
    assert compared > 1000


def test_a_word_has_the_pages_and_scores_of_its_fields(index: Index, whoosh: WhooshIndex) -> None:
    for raw in (
        "bleeding",
        "blood",
        "ofatumumab",
        "zzzz",
        '"blood thinners"',
        '"multiple sclerosis"',
        '"thinners blood"',
    ):
        trees = page_trees(read_query(raw))
        for tree in (*trees.words, *trees.required):
            theirs = whoosh.evaluate(tree)
            for ours in (index.placed(tree), index.known(tree)):
                np.testing.assert_array_equal(index.page_docs[ours.docs], theirs.docs)
                np.testing.assert_allclose(ours.impacts, theirs.scores, rtol=1e-4)


def test_sections_stand_behind_their_page(index: Index) -> None:
    for page in index.page_docs.tolist():
        url = index.entries.page(page).card.url
        sections = index.sections_of([page])
        assert {index.entries.section(section).url.partition("#")[0] for section in sections.tolist()} <= {url}
        assert (index.types[sections] == NOT_A_PAGE).all()
        assert set(index.pages_of(np.append(sections, np.int32(page)))) == {page}
    every = index.sections_of(index.page_docs.tolist())
    assert len(every) + len(index.page_docs) == index.documents


def test_sections_of_some_pages_are_those_of_all(index: Index) -> None:
    tree = section_tree(["bleeding", "blood"])
    everywhere = index.evaluate(tree)
    docs = index.sections_of(index.page_docs[5:40:3].tolist())
    found = index.evaluate_among(tree, docs)
    kept = np.isin(everywhere.docs, docs)
    assert kept.any()
    np.testing.assert_array_equal(found.docs, everywhere.docs[kept])
    np.testing.assert_allclose(found.scores, everywhere.scores[kept])


def test_other_trees_are_walked_by_whoosh(index: Index) -> None:
    tree, word = engine.Wildcard("title", "ofat*mab"), engine.Term("title", "ofatumumab")
    found = index.evaluate(tree).docs.tolist()
    assert found == index.evaluate(word).docs.tolist() != []
    docs = np.array(found[:1], np.int32)
    assert index.evaluate_among(tree, docs).docs.tolist() == found[:1]


def test_whoosh_is_not_opened_for_a_search(built_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(_self: WhooshIndex) -> None:
        raise AssertionError

    monkeypatch.setattr(WhooshIndex, "_opened", opened)
    layout = Layout(built_index)
    with Generation.open(layout.path(str(layout.live()))) as generation:
        assert generation.searcher.search(read_query('bleeding "blood thinners" -aspirin drug:apixaban'), Options())


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="this system does not list open files")
def test_a_closed_index_holds_no_file(built_index: Path) -> None:
    layout = Layout(built_index)
    path = layout.path(str(layout.live())) / WHOOSH

    def open_files() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    gc.disable()
    before = open_files()
    index = Index(path)
    index.evaluate(engine.Term("title", "pain"))
    index.close()
    del index
    after = open_files()
    gc.enable()
    assert after == before
