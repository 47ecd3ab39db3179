"""What is exported, held against what Whoosh's reader says, one posting at a time."""

from pathlib import Path

import numpy as np
import pytest
from whoosh import index as engine_index

from engines import make_engines
from healthlib.search.arrays.postings import Postings

TITLES = [f"pain {'heart ' * (place % 3)}{place % 7}" for place in range(400)]


def test_docs_and_positions_are_whooshs(tmp_path: Path) -> None:
    # More than one block of Whoosh's a term, in two segments; the first block of one is deleted whole.
    halves = [[{"title": title, "body": f"so {title}"} for title in TITLES[:250]], [{"title": t} for t in TITLES[250:]]]
    deleted = {*range(140), 399}
    engines = make_engines(tmp_path / "index", *halves, deleted=sorted(deleted))
    index = engine_index.open_dir(str(tmp_path / "index"))
    checked = 0
    with index.reader() as reader:
        for field, text in reader.all_terms():
            expected, places = [], []
            matcher = reader.postings(field, text)
            while matcher.is_active():
                expected.append(matcher.id())
                places.append(matcher.value_as("positions"))
                matcher.next()
            term = engines.postings.find(field, text)
            assert term is not None
            assert engines.postings.part(term).docs.tolist() == expected
            assert len(engines.postings.words(term)) == sum(map(len, places))
            assert engines.postings.docs_at(engines.postings.words(term).astype(np.int64)).tolist() == expected
            checked += len(expected)
    assert checked > 700
    assert engines.postings.live.tolist() == sorted(set(range(400)) - deleted)
    index.close()
    engines.whoosh.close()


def test_an_empty_index_has_no_matches(tmp_path: Path) -> None:
    postings = make_engines(tmp_path / "index").postings
    assert isinstance(postings, Postings)
    assert (postings.documents, len(postings.live), postings.find("title", "pain")) == (0, 0, None)


def test_fields_without_positions_are_known(tmp_path: Path) -> None:
    postings = make_engines(tmp_path / "index", [{"title": "pain"}]).postings
    assert not postings.has_positions("exact_name")
    assert postings.has_positions("title")
    with pytest.raises(KeyError):
        postings.find("card", "pain")
