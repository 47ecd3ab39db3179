"""The texts of sections as hits show them, and where each of their words stands: a search cuts no text into words.

In the files of a directory, where W is the number of words of all texts, D of documents and V of different stems:

    texts.bin                       all texts in UTF-8, one after the other
    text_starts    (D + 1,) int64   where each document's text begins, in bytes; a page has none
    word_starts    (D + 1,) int64   where each document's words begin
    spans.bin      (W, 2)   int32   where each word begins and ends in its text, in characters
    numbers.bin    (W,)     int32   the number of its stem
    stem_numbers   (V,)     int32   the number of each stem, by its place in the table of stems
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from healthlib.search.analysis import raw_words, stem_of, word_spans
from healthlib.search.arrays.files import mapped, mapped_plain
from healthlib.search.arrays.terms import TermTable, write_terms

_TEXTS = "texts.bin"
_NUMBERS = "numbers.bin"
_SPANS = "spans.bin"


# A word of a text: where it begins and ends, and what tells its stem from those of others.
Found = tuple[int, int, int | str]


class _Numbers(dict[str, int]):
    """The number of the stem of each word as it is written."""

    def __init__(self) -> None:
        self.stems: dict[str, int] = {}

    def __missing__(self, raw: str) -> int:
        number = self[raw] = self.stems.setdefault(stem_of(raw), len(self.stems))
        return number


class PassageWriter:
    """Writes texts in the order of the documents; a context manager."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir()
        self._directory = directory
        self._texts = (directory / _TEXTS).open("wb")
        self._words, self._spans = ((directory / name).open("wb") for name in (_NUMBERS, _SPANS))
        self._text_starts, self._word_starts = array("q", [0]), array("q", [0])
        self._numbers = _Numbers()

    def add(self, text: str) -> None:
        """Write the text of the next document."""
        numbers = array("i", map(self._numbers.__getitem__, raw_words(text)))
        numbers.tofile(self._words)
        array("i", chain.from_iterable(word_spans(text))).tofile(self._spans)
        self._text_starts.append(self._text_starts[-1] + self._texts.write(text.encode("utf-8", "surrogatepass")))
        self._word_starts.append(self._word_starts[-1] + len(numbers))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        for file in (self._texts, self._words, self._spans):
            file.close()
        if kind is None:
            stems = self._numbers.stems
            keys = sorted((stem.encode("utf-8", "surrogatepass"), number) for stem, number in stems.items())
            write_terms(self._directory, [key for key, _ in keys])
            np.save(self._directory / "stem_numbers.npy", np.array([number for _, number in keys], np.int32))
            np.save(self._directory / "text_starts.npy", np.array(self._text_starts))
            np.save(self._directory / "word_starts.npy", np.array(self._word_starts))


class Passages:
    """Reads what `PassageWriter` wrote; safe to share between threads and processes."""

    def __init__(self, directory: Path) -> None:
        """Map the files.

        Raises:
            OSError: when one is missing.
        """
        self._texts = mapped_plain(directory / _TEXTS, np.uint8).data
        self._numbers = mapped_plain(directory / _NUMBERS, np.int32)
        # Views of memory, where single numbers are read.
        self._numbers_one, self._spans = self._numbers.data, mapped_plain(directory / _SPANS, np.int32).data
        self._stem_numbers, self._text_starts, self._word_starts = (
            mapped(directory / f"{name}.npy").data for name in ("stem_numbers", "text_starts", "word_starts")
        )
        self._terms = TermTable(directory)

    def text(self, doc: int) -> str:
        """Return the text of a document."""
        return str(self._texts[self._text_starts[doc] : self._text_starts[doc + 1]], "utf-8", "surrogatepass")

    def found(self, docs: Sequence[int], stems: frozenset[str]) -> Iterator[list[Found]]:
        """Yield, for each of some documents, its words with any of some stems, in their order."""
        if not docs:
            return
        wanted = np.zeros(len(self._terms) + 1, np.bool_)
        wanted[self._known(stems)] = True
        runs = [(self._word_starts[doc], self._word_starts[doc + 1]) for doc in docs]
        places = np.flatnonzero(wanted[np.concatenate([self._numbers[start:end] for start, end in runs])]).tolist()
        before = first = 0
        for start, end in runs:
            last = bisect_left(places, before + end - start, first)
            yield [self._word(start - before + place) for place in places[first:last]]
            before, first = before + end - start, last

    def _word(self, place: int) -> Found:
        return self._spans[2 * place], self._spans[2 * place + 1], self._numbers_one[place]

    def _known(self, stems: frozenset[str]) -> list[int]:
        places = (self._terms.find(stem.encode("utf-8", "surrogatepass")) for stem in stems)
        return [self._stem_numbers[place] for place in places if place is not None]
