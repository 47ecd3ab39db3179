import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlib.search.analysis import stem
from healthlib.search.results import Span
from healthlib.search.snippets import LENGTH, flat, words_in
from healthlib.search.snippets import mark as mark_words
from healthlib.search.snippets import snippet as cut

SOUGHT = frozenset({"headache"})


def mark(text: str, sought: frozenset[str]) -> tuple[Span, ...]:
    return mark_words(text, words_in(text), frozenset(map(stem, sought)))


def snippet(text: str, sought: frozenset[str]) -> tuple[Span, ...]:
    stems = frozenset(map(stem, sought))
    return cut(flat(text), [word for word in words_in(flat(text)) if word[2] in stems])


def marked(spans: tuple[object, ...]) -> str:
    return "".join(f"[{span.text}]" if span.mark else span.text for span in spans)  # type: ignore[attr-defined]


def test_every_form_of_a_word_is_marked() -> None:
    assert marked(mark("Headaches and a headache.", SOUGHT)) == "[Headaches] and a [headache]."


def test_a_short_text_is_shown_whole() -> None:
    assert marked(snippet("A headache.", SOUGHT)) == "A [headache]."


def test_a_long_text_is_cut_around_the_words_at_a_sentence() -> None:
    text = (
        "Filler words stand here. " * 40 + "You may get a headache after the injection. " + "More words follow. " * 40
    )
    shown = marked(snippet(text, SOUGHT))
    assert shown.startswith("… You may get a [headache] after the injection.")
    assert shown.endswith(" …")
    assert len(shown) <= LENGTH + 10


def test_the_passage_with_most_different_words_wins() -> None:
    text = "pain pain pain. " + "x " * 300 + "pain and fever. " + "y " * 300
    assert "[pain] and [fever]" in marked(snippet(text, frozenset({"pain", "fever"})))


def test_items_of_a_list_do_not_run_together() -> None:
    assert marked(snippet("See a doctor if:\nyou have a headache\nyou are sick", SOUGHT)) == (
        "See a doctor if: you have a [headache]; you are sick"
    )


@pytest.mark.parametrize("figure", ["2.5 in 100", "1,000.5 mg", "0.1 %"])
def test_a_number_is_never_cut(figure: str) -> None:
    text = "Some words stand before it. " * 20 + f"About {figure} had a headache. " + "More words follow. " * 20
    assert f"About {figure} had a [headache]" in marked(snippet(text, SOUGHT))


def test_no_match_shows_the_beginning() -> None:
    assert marked(snippet("Nothing here. " * 50, SOUGHT)).startswith("Nothing here.")


@pytest.mark.parametrize("text", ["", "x" * 1000, "headache" * 100])
def test_odd_texts_are_survived(text: str) -> None:
    snippet(text, SOUGHT)


@given(st.text(max_size=600), st.frozensets(st.text(min_size=1, max_size=8), max_size=4))
def test_marking_never_changes_the_text(text: str, sought: frozenset[str]) -> None:
    assert "".join(span.text for span in mark(text, sought)) == text


@given(st.text(max_size=600))
def test_a_snippet_is_part_of_the_text(text: str) -> None:
    shown = "".join(span.text for span in snippet(text, SOUGHT)).removeprefix("… ").removesuffix(" …")
    assert len(shown) <= LENGTH
