from pathlib import Path

from healthlib.search.arrays.stored import StoredFields, StoredWriter


def test_each_document_is_read_alone(tmp_path: Path) -> None:
    values: list[dict[str, object]] = [{"page": "/a/", "text": "दर्द\nline"}, {}, {"names": {"Brand": "note"}}]
    with StoredWriter(tmp_path) as writer:
        for value in values:
            writer.add(value)
    stored = StoredFields(tmp_path)
    assert [stored.get(doc) for doc in reversed(range(len(stored)))] == values[::-1]
    stored.close()


def test_nothing_may_be_stored(tmp_path: Path) -> None:
    with StoredWriter(tmp_path):
        pass
    stored = StoredFields(tmp_path)
    assert len(stored) == 0
    stored.close()
