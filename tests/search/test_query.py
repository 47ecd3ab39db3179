import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlib.search.query import MAX_CHARACTERS, MAX_LETTERS, MAX_WORDS, FieldTerm, read_query


def test_plain_words_are_folded_and_keep_their_order() -> None:
    query = read_query("  Multiple   SCLÉROSIS ")
    assert query.words == ("multiple", "sclerosis")
    assert query.name == "multiple sclerosis"


def test_a_quoted_phrase_is_kept_whole() -> None:
    query = read_query('"blood thinners" bleeding')
    assert query.phrases == (("blood", "thinners"),)
    assert query.words == ("bleeding",)


@pytest.mark.parametrize("raw", ['"pain"', "“pain”"])
def test_a_quoted_single_word_is_a_word(raw: str) -> None:
    assert read_query(raw).words == ("pain",)


def test_minus_excludes_words_and_phrases() -> None:
    query = read_query('"multiple sclerosis" -kesimpta -"back pain"')
    assert query.phrases == (("multiple", "sclerosis"),)
    assert query.excluded == (("kesimpta",), ("back", "pain"))


def test_a_hyphen_inside_a_word_is_no_minus() -> None:
    assert read_query("non-small cell").words == ("non", "small", "cell")


@pytest.mark.parametrize(
    ("raw", "field"),
    [("drug:x", "drug"), ("Medicine:x", "drug"), ("condition:x", "condition"), ("effect:x", "effect")],
)
def test_fields_and_their_other_names(raw: str, field: str) -> None:
    assert read_query(raw).fields == (FieldTerm(field, ("x",)),)


def test_a_field_takes_a_phrase() -> None:
    assert read_query('side-effect:"hair loss"').fields == (FieldTerm("effect", ("hair", "loss")),)


@pytest.mark.parametrize("raw", ["title:x", "nosuchfield:x", "http://x"])
def test_an_unknown_field_is_plain_text(raw: str) -> None:
    query = read_query(raw)
    assert query.fields == ()
    assert "x" in query.words


@pytest.mark.parametrize("raw", ["", " ", "-", "(((", '"', '""', "-()", "*", ":", "\u200b", "\ud83d"])
def test_nothing_to_look_for_is_an_empty_query(raw: str) -> None:
    assert read_query(raw).empty


def test_stop_words_are_dropped_unless_nothing_else_is_left() -> None:
    assert read_query("what is the dose of aspirin").words == ("dose", "aspirin")
    assert read_query("AND").words == ("and",)


def test_the_exact_name_keeps_stop_words() -> None:
    assert read_query("end of the road").name == "end of the road"


def test_hindi_words_are_not_cut_at_their_vowel_signs() -> None:
    assert read_query("मल्टीपल स्केलेरोसिस").words == ("मल्टीपल", "स्केलेरोसिस")


def test_wide_and_composed_letters_are_the_same_word() -> None:
    assert read_query("ｐａｉｎ").words == read_query("pain").words


def test_limits_hold_and_are_told() -> None:
    long = read_query("a1 " * 5000)
    assert long.cut
    assert len(long.text) <= MAX_CHARACTERS
    assert len(read_query(" ".join(f"w{n}" for n in range(50))).words) == MAX_WORDS
    word = read_query("x" * 10_000)
    assert word.cut
    assert len(word.words[0]) == MAX_LETTERS
    assert not read_query("short").cut


def test_repeated_words_count_once() -> None:
    assert read_query("pain pain PAIN").words == ("pain",)


@given(st.text(max_size=400))
def test_any_text_is_read_within_the_limits(raw: str) -> None:
    query = read_query(raw)
    every = [*query.words, *(w for p in query.phrases + query.excluded for w in p), *query.sought]
    assert all(0 < len(word) <= MAX_LETTERS for word in every)
    assert len(query.words) <= MAX_WORDS
    assert query.text == " ".join(query.text.split())
