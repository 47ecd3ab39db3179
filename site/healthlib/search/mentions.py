"""Which pages' names stand in a page's text, so that pages related by their texts can say what both name."""

from collections.abc import Iterable, Mapping

from healthlib.content.drug import Drug
from healthlib.content.library import Library
from healthlib.content.model import Condition, SideEffect
from healthlib.search.analysis import raw_words, stem_of

# Shorter names are words of many meanings; longer ones are hardly ever written out in a text.
_LETTERS, _WORDS = 4, 5


class Mentions:
    """Finds names of medicines, conditions and side effects in texts; in any number, as `stem` has it."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        """Take the names.

        Args:
            names: for each page (such as `medicines/ofatumumab`) its names.
        """
        self._pages: dict[tuple[str, ...], str] = {}
        for ref, of_page in names.items():
            for name in of_page:
                key = _stems(name)
                if 0 < len(key) <= _WORDS and len(name) >= _LETTERS:
                    self._pages.setdefault(key, ref)
        self._first = {key[0] for key in self._pages}

    def of(self, texts: Iterable[str]) -> frozenset[str]:
        """Return the pages whose names stand in any of the texts."""
        return frozenset(ref for text in texts for ref in self._in_text(_stems(text)))

    def _in_text(self, stems: tuple[str, ...]) -> Iterable[str]:
        for start, first in enumerate(stems):
            if first in self._first:
                for end in range(start + 1, min(start + _WORDS, len(stems)) + 1):
                    if page := self._pages.get(stems[start:end]):
                        yield page


def names_in(library: Library) -> dict[str, tuple[str, ...]]:
    """Return the names that texts are looked through for; aliases are left out, because many have other meanings."""
    return {
        page.ref: page.meta.names
        for page in library.live()
        if isinstance(page.meta, Drug | Condition | SideEffect) and not page.meta.sensitive
    }


def _stems(text: str) -> tuple[str, ...]:
    return tuple(map(stem_of, raw_words(text)))
