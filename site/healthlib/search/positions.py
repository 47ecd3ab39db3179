"""A text field whose posting lists are quick to write and to read: the positions of a word are plain numbers."""

from array import array
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from whoosh import fields, formats

from healthlib.search.analysis import StemAnalyzer


class PlainPositions(formats.Positions):  # type: ignore[misc]  # whoosh has no types
    """The places of a word in a document as unsigned integers of 4 bytes; Whoosh's own format is a pickle for each."""

    def word_values(
        self, value: str, analyzer: StemAnalyzer, **_options: Any
    ) -> Iterator[tuple[str, int, float, bytes]]:
        """Yield each stem of a text: how often it occurs, its weight, and its encoded positions."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, stem in enumerate(analyzer.stems(value)):
            places[stem].append(place)
        for stem, positions in places.items():
            yield stem, len(positions), float(len(positions)), self.encode(positions)

    def encode(self, positions: list[int]) -> bytes:
        """Return positions as bytes."""
        return array("I", positions).tobytes()

    def decode_positions(self, value: bytes) -> list[int]:
        """Return the positions that `encode` was given."""
        return list(array("I", value))

    def decode_frequency(self, value: bytes) -> int:
        """Return how many positions there are."""
        return len(value) // array("I").itemsize


class StemField(fields.TEXT):  # type: ignore[misc]  # whoosh has no types
    """Text that is searched by stem and by phrase."""

    def __init__(self) -> None:
        super().__init__(analyzer=StemAnalyzer())
        self.format = PlainPositions()
