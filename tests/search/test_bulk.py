"""An index that is written in bulk is the one that Whoosh writes."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage

from healthlib.search.bulk import BulkWriter
from healthlib.search.schema import make_schema

VALUES = ("page", "exact_name", "exact_alias", "title", "body")
WORDS = st.lists(st.sampled_from(["Pain", "pains", "नमस्ते", "heart's", "fever", "7"]), max_size=12).map(" ".join)
DOCUMENTS = st.lists(st.dictionaries(st.sampled_from(VALUES), WORDS), max_size=6)


def contents(directory: Path, documents: list[dict[str, str]], bulk: bool) -> dict[str, Any]:
    """Write an index and read all of it."""
    directory.mkdir()
    index = FileStorage(str(directory)).create_index(make_schema())
    writer = BulkWriter(index) if bulk else index.writer()
    for document in documents:
        writer.add_document(**document)
    writer.commit()
    with index.reader() as reader:
        return {
            "terms": {term: lists(reader, *term) for term in reader.all_terms()},
            "lengths": {
                (doc, name): reader.doc_field_length(doc, name) for doc in range(len(documents)) for name in VALUES
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
    assert contents(root / "ours", documents, bulk=True) == contents(root / "whoosh", documents, bulk=False)


def test_long_lists_have_several_blocks(tmp_path: Path) -> None:
    documents = [{"title": "pain " * (number % 5 + 1), "page": f"/{number}/"} for number in range(300)]
    ours, whooshs = (contents(tmp_path / str(bulk), documents, bulk) for bulk in (True, False))
    assert ours == whooshs
    assert len(ours["terms"]["title", b"pain"][-1]) == 300
