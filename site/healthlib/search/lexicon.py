"""Cuts every text of a library into words once: what is made of them afterwards is made of numbers.

A word as it is written is a number, whatever text it stands in. Its stem or its folded form is worked out once for each
different word, when all texts are known, and then looked up for whole arrays of numbers.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from healthlib.search.analysis import raw_words, stem_of

# Stands between two texts and is no word's number.
BREAK = 0
# Texts whose words are remembered: a page's own texts are indexed under several fields, and names under many pages.
_REMEMBERED = 4096

Numbers = npt.NDArray[np.int32]


class Forms(NamedTuple):
    """What numbered words become.

    Attributes:
        texts: each different form, in byte order, UTF-8.
        places: for each number the place of its form among the texts, shape (numbers + 1,); -1 for BREAK.
    """

    texts: list[bytes]
    places: Numbers

    @classmethod
    def of(cls, numbers: Mapping[str, int], form: Callable[[str], str] = str) -> "Forms":
        """Return the forms of some words, whose numbers are 1, 2, ..."""
        forms = [form(word).encode() for word in numbers]
        texts = sorted(set(forms))
        place_of = {text: place for place, text in enumerate(texts)}
        places = np.full(len(numbers) + 1, -1, np.int32)
        places[list(numbers.values())] = [place_of[text] for text in forms]
        return cls(texts, places)


class Lexicon(dict[str, int]):
    """The number of each word as it is written, from 1 on."""

    def __init__(self) -> None:
        super().__init__()
        self._remembered: dict[str, array[int]] = {}
        self._stems = Forms([], np.empty(0, np.int32))

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self) + 1
        return number

    def numbers(self, text: str) -> "array[int]":
        """Return the numbers of the words of a text, in order."""
        found = self._remembered.get(text)
        if found is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            found = self._remembered[text] = array("i", [*map(self.__getitem__, raw_words(text))])
        return found

    def stems(self) -> Forms:
        """Return the stems of all words; they are worked out again only where there are new ones."""
        if len(self._stems.places) != len(self) + 1:
            self._stems = Forms.of(self, stem_of)
        return self._stems


class Texts:
    """The words of all texts of all pages, one after another."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._numbers = array("i")
        self._starts = array("q", [0])

    def add(self, texts: Iterable[Iterable[str]]) -> None:
        """Add the next page.

        Args:
            texts: each in one piece or in several, between which a name or a phrase may stand.
        """
        for pieces in texts:
            for piece in pieces:
                self._numbers += self.lexicon.numbers(piece)
            self._numbers.append(BREAK)
        self._starts.append(len(self._numbers))

    def counts(self) -> Iterator[tuple[str, int]]:
        """Yield each different word as it is written, and how often it is there."""
        counts = np.bincount(self.numbers, minlength=len(self.lexicon) + 1)[1:].tolist()
        return ((word, count) for word, count in zip(self.lexicon, counts, strict=True) if count)

    def __len__(self) -> int:
        return len(self._starts) - 1

    @property
    def numbers(self) -> Numbers:
        """The words of every page; BREAK behind each text."""
        return np.frombuffer(self._numbers, np.int32) if self._numbers else np.empty(0, np.int32)

    @property
    def starts(self) -> npt.NDArray[np.int64]:
        """Where each page's words begin, and where the last one's end, shape (pages + 1,)."""
        return np.frombuffer(self._starts, np.int64)
