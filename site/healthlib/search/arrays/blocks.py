"""Reads the posting lists of one Whoosh segment, block by block.

Whoosh's matchers give one posting at a time, which takes ten times as long. Its files are read by its own reader; the
three lists of a loaded block are all that is taken from inside.
"""

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

from whoosh.matching.wrappers import FilterMatcher
from whoosh.reading import IndexReader


@dataclass
class Segment:
    """Posting lists, one after the other, in the order of their terms.

    Attributes:
        terms: field and text of each term.
        frequencies: for each term how many documents have it, deleted ones too, as Whoosh's idf counts them.
        counts: for each term how many postings follow here.
        docs, weights: one for each posting.
        lengths: for each posting how many positions it has.
        positions: the positions of all postings, 4 bytes each.
    """

    terms: list[tuple[str, bytes]] = field(default_factory=list)
    frequencies: "array[int]" = field(default_factory=lambda: array("q"))
    counts: "array[int]" = field(default_factory=lambda: array("q"))
    docs: "array[int]" = field(default_factory=lambda: array("i"))
    weights: "array[float]" = field(default_factory=lambda: array("f"))
    lengths: "array[int]" = field(default_factory=lambda: array("i"))
    positions: bytearray = field(default_factory=bytearray)


_Block = tuple[tuple[int, ...], tuple[float, ...], tuple[bytes, ...]]


def read_segment(reader: IndexReader, fields: Mapping[str, bool], offset: int) -> Segment:
    """Return the posting lists of some fields, without deleted documents.

    Args:
        reader: the reader of one segment.
        fields: names of fields, and whether each has positions as `PlainPositions` writes them.
        offset: what is added to the segment's document numbers.
    """
    segment = Segment()
    deleted = frozenset(doc for doc in range(reader.doc_count_all()) if reader.is_deleted(doc))
    for (name, text), info in reader:
        if name in fields:
            before = len(segment.docs)
            for block in _blocks(reader.postings(name, text), fields[name]):
                _add(segment, _living(block, deleted), offset)
            segment.terms.append((name, text))
            segment.frequencies.append(info.doc_frequency())
            segment.counts.append(len(segment.docs) - before)
    return segment


def _blocks(matcher: Any, positions: bool) -> Iterator[_Block]:
    """Yield documents, weights and encoded positions of each block."""
    # What the filter has skipped already is deleted; the rest is left out later, a block at a time.
    leaf = matcher.child if isinstance(matcher, FilterMatcher) else matcher
    while leaf.is_active():
        # Asking for one loads all of the block.
        leaf.id(), leaf.weight(), positions and leaf.value()
        yield leaf._ids, leaf._weights, leaf._values if positions else (b"",) * len(leaf._ids)
        leaf._next_block()


def _living(block: _Block, deleted: frozenset[int]) -> _Block:
    """Return a block without deleted documents."""
    if deleted.isdisjoint(block[0]):
        return block
    keep = [doc not in deleted for doc in block[0]]
    docs, weights, values = block
    return tuple(compress(docs, keep)), tuple(compress(weights, keep)), tuple(compress(values, keep))


def _add(segment: Segment, block: _Block, offset: int) -> None:
    docs, weights, values = block
    segment.docs.extend([doc + offset for doc in docs] if offset else docs)
    segment.weights.extend(weights)
    segment.lengths.extend([len(value) >> 2 for value in values])
    segment.positions += b"".join(values)
