"""How words are mistaken for each other: a key for how a word sounds, and what a slip from one word to another costs.

The key follows Metaphone (Philips 1990, "Hanging on the Metaphone", Computer Language 7(12)), with the Greek and Latin
spellings of drug and disease names in place of its English ones and with vowels left out throughout. The costs refine
the distance of Damerau (1964, "A technique for computer detection and correction of spelling errors", CACM 7(3)):
mistakes that people often make count less, as in the confusion tables of Kernighan, Church and Gale (1990, COLING).
"""

import re
from collections.abc import Sequence
from itertools import accumulate

_VOWELS = frozenset("aeiouy")

# In order; each works on what the ones before it left. Upper-case letters are sounds that later rules leave alone.
_SOUNDS = tuple(
    (re.compile(pattern, re.MULTILINE), sound)
    for pattern, sound in (
        (r"^(?:pn|kn|gn|mn)", "n"),  # pneumonia, knee, gnathic, mnemonic
        (r"^ps", "s"),  # psoriasis
        (r"^pt", "t"),  # ptosis
        (r"^wr", "r"),  # wrist
        (r"^x", "s"),  # Xanax, xerosis
        (r"mpt", "mt"),  # symptom, Kesimpta
        (r"mb$", "m"),  # limb
        (r"ph?th", "ft"),  # ophthalmic
        (r"ph", "f"),  # phenytoin
        (r"([a-z])\1+", r"\1"),  # doubled letters; before h is dropped, for rrh
        (r"sch", "sk"),  # schizophrenia
        (r"[ct]h", lambda m: "k" if m[0][0] == "c" else "t"),  # cholera, thyroid
        (r"[kgrw]h", lambda m: m[0][0]),  # rheumatism, ghost
        (r"[ao]e", "e"),  # anaemia, oestrogen
        (r"sc(?=[eiy])", "s"),  # sciatica
        (r"c(?=[eiy])|t(?=i[ao])|z", "s"),  # cyst, infection, zinc
        (r"ck|[cq]", "k"),
        (r"x", "ks"),  # hydroxyzine
        (r"dg|g(?=[eiy])", "j"),  # gene, allergy
        (r"h|(?<=.)w", ""),  # haemorrhage, newmonia
        (r"^[aeiouy]+", "A"),
        (r"[aeiouy]", ""),
    )
)
_LATIN = re.compile(r"[a-z]+")

USUAL, KEYBOARD, EASY = 1.0, 0.75, 0.5

_VOWEL_PAIRS = tuple(f"{a}{b}" for a in _VOWELS for b in _VOWELS if a != b)
_ALIKE = ("iy", "ck", "cs", "ks", "sz", "xz", "xs", "gj", "kq", "fp", "fv", "mn", "uw", "dt", "ct", *_VOWEL_PAIRS)
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _swaps() -> dict[tuple[str, str], float]:
    """Return what it costs to write one letter for another, where that is less than usual."""
    places = {letter: (y, x + y / 2) for y, row in enumerate(_ROWS) for x, letter in enumerate(row)}
    costs = {
        (a, b): KEYBOARD
        for a, (ya, xa) in places.items()
        for b, (yb, xb) in places.items()
        if abs(ya - yb) <= 1 and abs(xa - xb) <= 1
    }
    for pair in _ALIKE:
        costs[pair[0], pair[1]] = costs[pair[1], pair[0]] = EASY
    return costs


_SWAPS = _swaps()


def sound_key(word: str) -> str:
    """Return how a folded word sounds, as consonants: "pneumonia" and "newmonia" are both "nmn".

    Words in other scripts than Latin, and words with digits, have no key: the empty string.
    """
    return sound_keys([word])[0]


def sound_keys(words: Sequence[str]) -> list[str]:
    """Return how each of some words sounds: all at once is several times as fast as one by one."""
    known = [place for place, word in enumerate(words) if _LATIN.fullmatch(word)]
    lines = "\n".join([words[place] for place in known])
    for pattern, sound in _SOUNDS:
        lines = pattern.sub(sound, lines)
    keys = [""] * len(words)
    for place, key in zip(known, lines.split("\n"), strict=bool(known)):
        keys[place] = key
    return keys


def slip_cost(typed: str, meant: str) -> float:
    """Return the distance from one word to another in edits, each costing from EASY to USUAL.

    It is optimal string alignment (no part of a word is edited twice), over what is left between a common beginning
    and a common end; one letter of the beginning stays, because a doubled letter shows beside its twin.
    """
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    end = 0
    while end < min(len(typed), len(meant)) - start and typed[-1 - end] == meant[-1 - end]:
        end += 1
    start, end = max(start - 1, 0), max(end - 1, 0)
    return _alignment(typed[start : len(typed) - end], meant[start : len(meant) - end])


def _alignment(a: str, b: str) -> float:
    gaps_a, gaps_b = _gaps(a), _gaps(b)
    before: list[float] = []
    above = [0.0, *accumulate(gaps_b)]
    for i, letter in enumerate(a):
        row = [above[0] + gaps_a[i]]
        for j, other in enumerate(b):
            best = above[j] if letter == other else above[j] + _SWAPS.get((letter, other), USUAL)
            best = min(best, above[j + 1] + gaps_a[i], row[j] + gaps_b[j])
            if i and j and letter == b[j - 1] and a[i - 1] == other:
                best = min(best, before[j - 1] + KEYBOARD)
            row.append(best)
        before, above = above, row
    return above[-1]


def _gaps(word: str) -> list[float]:
    """Return for each letter what it costs that it is there in one word and not in the other."""
    padded = f" {word} "
    return [
        EASY if letter == "h" or letter in (left, right) else KEYBOARD if letter in _VOWELS else USUAL
        for left, letter, right in zip(padded, word, padded[2:], strict=False)
    ]
