"""Small indexes, written twice: by Whoosh's own writer, in several segments, and as the arrays of the product."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from whoosh.filedb.filestore import FileStorage

from healthlib.search.arrays.evaluate import Evaluator
from healthlib.search.arrays.postings import Postings
from healthlib.search.arrays.stored import StoredWriter
from healthlib.search.bulk import BulkWriter
from healthlib.search.codec import ARRAYS
from healthlib.search.lexicon import Lexicon
from healthlib.search.schema import make_schema
from healthlib.search.whoosh_index import K1, B, WhooshIndex

Fields = dict[str, str]


class Engines(NamedTuple):
    """The same documents, evaluated on arrays, and by Whoosh on an index of its own writing."""

    arrays: Evaluator
    whoosh: WhooshIndex
    postings: Postings


def make_engines(path: Path, *segments: Sequence[Fields]) -> Engines:
    """Write documents into new directories, by Whoosh in some segments, and open them in both ways."""
    path.mkdir()
    write_whoosh(path / "whoosh", *segments)
    write_ours(path / "ours", [fields for segment in segments for fields in segment])
    postings = Postings(path / "ours" / ARRAYS)
    return Engines(Evaluator(postings), WhooshIndex(path / "whoosh"), postings)


def write_whoosh(path: Path, *segments: Iterable[Fields]) -> None:
    """Write some segments as Whoosh does."""
    path.mkdir()
    index = FileStorage(str(path)).create_index(make_schema())
    for segment in segments:
        writer = index.writer()
        for fields in segment:
            writer.add_document(**fields)
        writer.commit(merge=False)
    with index.reader() as reader:
        assert len(list(reader.leaf_readers())) == max(1, len(segments))


def write_ours(path: Path, documents: Iterable[Fields]) -> None:
    """Write documents as the product does."""
    path.mkdir()
    writer = BulkWriter(make_schema(), Lexicon())
    with StoredWriter(path) as stored:
        for fields in documents:
            writer.add_document(fields)
            stored.add({"page": fields["page"]} if "page" in fields else {})
    writer.commit(path, K1, B)
