from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from healthlib.search.analysis import stem
from healthlib.search.generation.generation import Generation
from healthlib.search.passages import Passages, PassageWriter
from healthlib.search.snippets import words_in

TEXTS = ("Headaches and a headache.", "", "सिरदर्द — bleeding; it bled", "Crohn’s disease")


def written(directory: Path, texts: tuple[str, ...]) -> Passages:
    with PassageWriter(directory) as writer:
        for text in texts:
            writer.add(text)
    return Passages(directory)


def test_texts_are_read_as_written(tmp_path: Path) -> None:
    passages = written(tmp_path / "passages", TEXTS)
    assert tuple(map(passages.text, range(len(TEXTS)))) == TEXTS


def test_words_are_found_where_they_stand(tmp_path: Path) -> None:
    passages = written(tmp_path / "passages", TEXTS)
    found = list(passages.found([3, 0, 1], frozenset({stem("headache"), stem("crohn"), "unknown"})))
    texts = (TEXTS[3], TEXTS[0], "")
    shown = [[text[start:end] for start, end, _ in words] for text, words in zip(texts, found, strict=True)]
    assert shown == [["Crohn’s"], ["Headaches", "headache"], []]
    assert len({number for words in found for _, _, number in words}) == 2
    assert list(passages.found([], frozenset({"x"}))) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(texts=st.lists(st.text(max_size=40), min_size=1, max_size=5), data=st.data())
def test_the_words_found_are_those_of_the_text(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], data: st.DataObject
) -> None:
    passages = written(tmp_path_factory.mktemp("any") / "passages", tuple(texts))
    every = sorted({word[2] for text in texts for word in words_in(text)}, key=str)
    stems = frozenset(map(str, data.draw(st.sets(st.sampled_from(every))))) if every else frozenset()
    found = passages.found(range(len(texts)), stems)
    for text, words in zip(texts, found, strict=True):
        assert [word[:2] for word in words] == [word[:2] for word in words_in(text) if word[2] in stems]


def test_no_texts_at_all(tmp_path: Path) -> None:
    assert list(written(tmp_path / "passages", ("",)).found([0], frozenset({"x"}))) == [[]]


def test_every_section_of_the_library_has_its_text(generation: Generation) -> None:
    index = generation.searcher.index
    sections = index.sections_of(index.page_docs.tolist()).tolist()
    assert sum(bool(index.passages.text(doc)) for doc in sections) > len(sections) * 0.9
    assert not any(index.passages.text(doc) for doc in index.page_docs.tolist())
