"""Words, sentences, syllables and the reading grade of English text.

The grade is that of Kincaid, Fishburne, Rogers and Chissom, "Derivation of new readability formulas (Automated
Readability Index, Fog Count and Flesch Reading Ease Formula) for Navy enlisted personnel", Research Branch Report 8-75,
Naval Technical Training Command, 1975: 0.39 words per sentence + 11.8 syllables per word - 15.59. It is the years of
US schooling that a reader needs; syllables are counted by the rules of thumb below.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d,.]*")
# A stop after one of these ends no sentence.
_ABBREVIATION = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|St|No|vs|etc|approx|e\.g|i\.e)\.$", re.IGNORECASE)
_STOP = re.compile(r"[.!?]+[\"'”’)\]]*\s+(?=[A-Z0-9\"'“‘(])|:\s+(?=[A-Z])|\n+")

_VOWELS = re.compile(r"[aeiouy]+")
# Endings that are written and not spoken: "takes", "used", "dose" (but "boxes", "wanted", "table").
_SILENT = re.compile(
    r"(?<=[^aeiou])(?<![cgsxz])(?<![cs]h)es$|(?<=[aeiou][cgsz])es$|(?<=[^td])ed$|(?<=[^l])e$|(?<=[aeiouy]l)e$"
)
_SPOKEN_AFTER_ALL = re.compile(r"(?:[cgsxz]|[cs]h)es$|[^aeiouylr]les$|[^aeiouyl]led$")
# Vowels spoken apart ("medium", "create", "area", "doing"), and those that only look so ("question", "quality").
_APART = re.compile(r"i[aou]|eo|ea$|creat|ua|uo|[eoy]ing$|iet|luid|scien|nucle")
_TOGETHER = re.compile(r"[tcsg]i(?:on|ou|al|an)|gua")
_EXCEPTIONS = {
    "aches": 1,
    "areas": 3,
    "diabetes": 4,
    "every": 2,
    "headaches": 3,
    "hours": 2,
    "ideas": 3,
    "people": 2,
    "sometimes": 2,
}


def words(text: str) -> list[str]:
    """Return the words and numbers of a text."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; a colon before a capital letter ends one too, and so does a line."""
    found = [""]
    start = 0
    for stop in _STOP.finditer(text):
        found[-1] += text[start : stop.end()]
        start = stop.end()
        if not _ABBREVIATION.search(found[-1].rstrip()):
            found.append("")
    found[-1] += text[start:]
    return [sentence.strip() for sentence in found if words(sentence)]


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Return how many syllables an English word is spoken in, by its spelling; a number counts as one."""
    letters = re.sub(r"[^a-z-]", "", word.casefold())
    if "-" in letters:
        return sum(syllables(part) for part in letters.split("-") if part)
    if letters in _EXCEPTIONS:
        return _EXCEPTIONS[letters]
    spoken = letters if _SPOKEN_AFTER_ALL.search(letters) else _SILENT.sub("", letters)
    plain = _TOGETHER.sub("xa", spoken.replace("qu", "k"))
    return max(1, len(_VOWELS.findall(plain)) + len(_APART.findall(plain)))


def grade(texts: Iterable[str]) -> float | None:
    """Return the Flesch-Kincaid grade of texts taken together, or None where they hold no sentence."""
    parts = [sentence for text in texts for sentence in sentences(text)]
    spoken = [word for part in parts for word in words(part)]
    if not spoken:
        return None
    total = sum(syllables(word) for word in spoken)
    return 0.39 * len(spoken) / len(parts) + 11.8 * total / len(spoken) - 15.59
