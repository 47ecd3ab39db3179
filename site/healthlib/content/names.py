"""Names made comparable: slugs for addresses, folded forms for look-ups and sorting."""

import re
import unicodedata

_WORD_BREAK = re.compile(r"[\W_]+")
# Devanagari vowel signs are combining marks too, and dropping those would change the word.
_ACCENTS = re.compile(r"[\u0300-\u036f]")


def fold(text: str) -> str:
    """Return text in one case, without accents, with single spaces between words: "Crohn's  Déjà" -> "crohn's deja"."""
    if text.isascii():
        return " ".join(text.lower().split())
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return " ".join(unicodedata.normalize("NFC", bare).casefold().replace("’", "'").split())


def slugify(text: str) -> str:
    """Return text as part of an address: "Plan B One-Step" -> "plan-b-one-step"."""
    return _WORD_BREAK.sub("-", fold(text)).strip("-")
