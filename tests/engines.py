"""Small indexes of several segments, some documents deleted, and the two ways to evaluate a tree on them."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from whoosh.filedb.filestore import FileStorage

from healthlib.search.arrays.evaluate import Evaluator
from healthlib.search.arrays.export import export
from healthlib.search.arrays.postings import Postings
from healthlib.search.schema import make_schema
from healthlib.search.whoosh_index import K1, B, WhooshIndex

Fields = dict[str, str]


class Engines(NamedTuple):
    """The same index, evaluated on arrays and by Whoosh."""

    arrays: Evaluator
    whoosh: WhooshIndex
    postings: Postings


def make_engines(path: Path, *segments: Sequence[Fields], deleted: Sequence[int] = ()) -> Engines:
    """Write an index of some segments into a new directory, and open it in both ways."""
    path.mkdir()
    index = FileStorage(str(path)).create_index(make_schema())
    for segment in segments:
        writer = index.writer()
        for fields in segment:
            writer.add_document(**fields)
        writer.commit(merge=False)
    if deleted:
        writer = index.writer()
        for doc in deleted:
            writer.delete_document(doc)
        writer.commit(merge=False)
    with index.reader() as reader:
        assert len(list(reader.leaf_readers())) == max(1, len(segments))
        export(reader, path / "arrays", K1, B)
    postings = Postings(path / "arrays")
    return Engines(Evaluator(postings), WhooshIndex(path), postings)
