import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from healthlib.search.analysis import LineAnalyzer, StemAnalyzer, name_key, stem, words


def test_words_carry_their_places() -> None:
    text = "Crohn’s disease"
    assert [(word.text, text[word.start : word.end]) for word in words(text)] == [
        ("crohn", "Crohn’s"),
        ("disease", "disease"),
    ]


@pytest.mark.parametrize(("one", "other"), [("bleeding", "bleeds"), ("injections", "injection"), ("गोलियों", "गोली")])
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_names_that_only_look_alike_do_not_share_a_stem() -> None:
    assert stem("hydroxyzine") != stem("hydralazine")


def test_threads_do_not_get_each_others_stems() -> None:
    words = [
        f"{letter}{end}" for letter in "abcdefghijklmnop" for end in ("rationalisation", "fulness", "ically", "ing")
    ]
    expected = [stem.__wrapped__(word) for word in words]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda _: [stem.__wrapped__(word) for word in words], range(8)))
    finally:
        sys.setswitchinterval(interval)
    assert found == [expected] * 8


def test_stem_analyzer_counts_positions() -> None:
    tokens = [(token.text, token.pos) for token in StemAnalyzer()("of blood thinners", positions=True)]
    assert tokens == [("of", 0), ("blood", 1), ("thinner", 2)]


def test_line_analyzer_takes_each_line_as_one_name() -> None:
    assert [token.text for token in LineAnalyzer()("Plan B One-Step\nMS")] == ["plan b one step", "ms"]


def test_name_key_ignores_case_accents_and_punctuation() -> None:
    assert name_key("  Crohn's   DISEASE! ") == name_key("crohn disease")
