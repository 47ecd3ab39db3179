"""Writes an index many times as fast as Whoosh's own writer: as arrays, inverted a field at a time.

Whoosh makes a tuple of every posting, sorts them all and hands them on one by one. Here words are numbers, one after
another, and one sort of these gives the posting lists of a field. Whoosh reads them through `codec.py`.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from healthlib.search.arrays.invert import FieldWords
from healthlib.search.arrays.write import Field, write_postings
from healthlib.search.codec import ARRAYS, segment_of
from healthlib.search.lexicon import Forms, Lexicon
from healthlib.search.positions import StemField

# The name under which Whoosh looks for an index.
_NAME = "MAIN"


class _Names(dict[str, int]):
    """The numbers of the terms of a field that are not cut into words."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self) + 1
        return number


class BulkWriter:
    """Writes the index of documents that nobody deletes or updates."""

    def __init__(self, schema: Schema, lexicon: Lexicon) -> None:
        """Begin an index.

        Args:
            schema: the fields that are indexed.
            lexicon: cuts the texts of stemmed fields into words.
        """
        self._schema = schema
        self._lexicon = lexicon
        self._words: defaultdict[str, FieldWords] = defaultdict(FieldWords)
        self._names: defaultdict[str, _Names] = defaultdict(_Names)
        self.documents = 0

    def add_document(self, values: Mapping[str, str | Iterable[str]]) -> None:
        """Add the next document.

        Args:
            values: for each field its text, or several, which are searched as if they were one.
        """
        for name, value in values.items():
            texts = (value,) if isinstance(value, str) else value
            self._words[name].add(self.documents, (self._numbers(name, text) for text in texts))
        self.documents += 1

    def _numbers(self, name: str, text: str) -> "array[int]":
        field = self._schema[name]
        if isinstance(field, StemField):
            return self._lexicon.numbers(text)
        number = self._names[name].__getitem__
        return array("i", [number(token.text) for token in field.analyzer(text)])

    def commit(self, directory: Path, k1: float, b: float) -> None:
        """Write the index into a directory; see `write_postings`."""
        stems = self._lexicon.stems()
        fields = {}
        for name in self._schema.names():
            kind = self._schema[name]
            stemmed = isinstance(kind, StemField)
            forms = stems if stemmed else Forms.of(self._names[name])
            fields[name] = Field(self._words.pop(name, FieldWords()), forms, stemmed, kind.scorable)
        write_postings(directory / ARRAYS, fields, self.documents, k1, b)
        TOC(self._schema, [segment_of(_NAME, self.documents)], 1).write(FileStorage(str(directory)), _NAME)
