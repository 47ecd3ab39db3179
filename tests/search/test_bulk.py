"""An index that is written in bulk is, read by Whoosh, the one that Whoosh writes."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index as engine_index
from whoosh import query as engine

from engines import write_ours, write_whoosh
from healthlib.search.whoosh_index import WhooshIndex

VALUES = ("page", "exact_name", "exact_alias", "title", "body")
WORDS = st.lists(st.sampled_from(["Pain", "pains", "नमस्ते", "heart's", "fever", "7"]), max_size=12).map(" ".join)
DOCUMENTS = st.lists(st.dictionaries(st.sampled_from(VALUES), WORDS), max_size=6)
TREES = (
    engine.Wildcard("title", "p*n"),
    engine.Phrase("body", ["fever", "pain"], slop=2),
    engine.Or([engine.Term("title", "pain"), engine.FuzzyTerm("body", "fevr")], scale=0.9),
    engine.TermRange("body", "f", "p"),
    engine.Every("title"),
    engine.And(
        [engine.Or([engine.Term("title", "unknown"), engine.Term("title", "pain")]), engine.Term("body", "and")]
    ),
)


def contents(directory: Path) -> dict[str, Any]:
    """Read all of an index."""
    index = engine_index.open_dir(str(directory))
    with index.reader() as reader:
        return {
            "terms": {term: lists(reader, *term) for term in reader.all_terms()},
            "from": list(reader.terms_from("title", "p")) if "title" in reader.indexed_field_names() else [],
            "lengths": {
                (doc, name): reader.doc_field_length(doc, name) for doc in reader.all_doc_ids() for name in VALUES
            },
            "totals": {name: reader.field_length(name) for name in VALUES},
            "stored": list(reader.all_stored_fields()),
        }


def lists(reader: Any, name: str, text: bytes) -> Any:
    info = reader.term_info(name, text)
    matcher = reader.postings(name, text)
    postings = []
    while matcher.is_active():
        postings.append((matcher.id(), matcher.weight(), bytes(matcher.value() or b"")))
        matcher.next()
    return info.doc_frequency(), info.weight(), info.max_weight(), info.min_length(), info.max_length(), postings


@settings(max_examples=40, deadline=None)
@given(documents=DOCUMENTS)
def test_it_is_what_whoosh_writes(documents: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("bulk")
    write_ours(root / "ours", documents)
    write_whoosh(root / "whoosh", documents)
    assert contents(root / "ours") == contents(root / "whoosh")


def test_whoosh_finds_and_scores_the_same(tmp_path: Path) -> None:
    documents = [
        {"title": f"pain {'plan ' * (number % 3)}", "body": f"fever {'and ' * (number % 4)}pain", "page": f"/{number}/"}
        for number in range(300)
    ]
    write_ours(tmp_path / "ours", documents)
    write_whoosh(tmp_path / "whoosh", documents)
    ours, theirs = WhooshIndex(tmp_path / "ours"), WhooshIndex(tmp_path / "whoosh")
    for tree in TREES:
        mine, expected = ours.evaluate(tree), theirs.evaluate(tree)
        assert len(expected.docs)
        assert mine.docs.tolist() == expected.docs.tolist()
        assert mine.scores.tolist() == pytest.approx(expected.scores.tolist())
    ours.close()
    theirs.close()
