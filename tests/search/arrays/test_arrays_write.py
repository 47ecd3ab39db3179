"""What is written, held against what Whoosh writes, one posting at a time."""

from pathlib import Path

import numpy as np
import pytest
from whoosh import index as engine_index

from engines import make_engines
from healthlib.search.arrays import invert
from healthlib.search.arrays.postings import Postings

TITLES = [f"pain {'heart ' * (place % 3)}{place % 7}" for place in range(400)]


@pytest.mark.parametrize("at_once", [1, 700, 1 << 20])
def test_docs_and_positions_are_whooshs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(invert, "_AT_ONCE", at_once)
    halves = [[{"title": title, "body": f"so {title}"} for title in TITLES[:250]], [{"title": t} for t in TITLES[250:]]]
    engines = make_engines(tmp_path / "index", *halves)
    index = engine_index.open_dir(str(tmp_path / "index" / "whoosh"))
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
            assert [own.tolist() for own in engines.postings.places(term)] == places
            assert engines.postings.docs_at(engines.postings.words(term).astype(np.int64)).tolist() == expected
            checked += len(expected)
    assert checked > 1000
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
