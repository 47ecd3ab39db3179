"""Words, sentences, syllables, and the reading grade of sentences whose counts are known."""

import re

import pytest

from healthlib.content.lint.prose import grade, sentences, syllables, words

COUNTED = """
    a 1 ache 1 actual 3 advised 2 alcohol 3 allergic 3 antibody 4 area 3 article 3 being 2 breathe 1 breathing 2 boxes 2
    called 1 causes 2 changes 2 clothes 1 create 2 dangerous 3 diabetes 4 disease 2 diet 2 dose 1 doses 2 emergency 4
    every 2 eyes 1 fluid 2 goes 1 guidance 2 headaches 3 hours 2 idea 3 increased 2 injection 3 insulin 3 language 2
    liver 2 medicine 3 medium 3 month 1 multiple 3 muscle 2 nausea 3 needed 2 nurses 2 patient 2 people 2 period 3
    pharmacist 3 pregnancy 3 previous 3 quality 3 question 2 quiet 2 radio 3 rule 1 science 2 sclerosis 3 serious 3
    social 2 special 2 stopped 1 style 1 tablets 2 temperature 4 the 1 there 1 treated 2 trying 2 used 1 usually 4
    vaccines 2 various 3 viruses 3 vomiting 3 wanted 2 warfarin 3 while 1 you 1 side-effect 3 39 1
"""


@pytest.mark.parametrize(("word", "count"), re.findall(r"(\S+) (\d+)\s", COUNTED))
def test_syllables(word: str, count: str) -> None:
    assert syllables(word) == int(count)
    assert syllables(word.upper()) == int(count)


def test_words() -> None:
    assert words("Don't take 1,000 follow-up tablets (39 %).") == [
        "Don't",
        "take",
        "1,000",
        "follow-up",
        "tablets",
        "39",
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three?", 3),
        ('He said "no." She left.', 2),
        ("Ask Dr. Rao, e.g. about pain.", 1),
        ("It is 2.5 times as much.", 1),
        ("Two kinds: one and two.", 1),
        ("Say: Take it.", 2),
        ("a line\nanother", 2),
        ("", 0),
        ("...", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_grade_of_known_counts() -> None:
    # 6 words in 1 sentence, 6 syllables; and 10 words in 2 sentences, 17 syllables.
    assert grade(["The cat sat on the mat."]) == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)
    text = ["Your medicine is a tablet.", "Take it with water every morning."]
    assert grade(text) == pytest.approx(0.39 * 11 / 2 + 11.8 * 17 / 11 - 15.59)


def test_longer_words_and_sentences_raise_the_grade() -> None:
    plain, long = grade(["Rest. Drink water."]), grade(["Individualised consideration necessitates hospitalisation."])
    assert plain is not None
    assert long is not None
    assert plain < 3
    assert long > 20


def test_no_words_have_no_grade() -> None:
    assert grade([]) is None
    assert grade(["...", ""]) is None
