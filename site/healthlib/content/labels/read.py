"""Reads files of labels, whichever of the known formats they are in, into one collection."""

import gzip
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from healthlib.content.labels.label import Label
from healthlib.content.labels.markup import read_spl
from healthlib.content.labels.openfda import read_record, records
from healthlib.content.labels.plain import read_sections
from healthlib.content.model import SET_ID, Source

_ENDINGS = (".json", ".jsonl", ".xml", ".json.gz", ".jsonl.gz", ".xml.gz")


class LabelError(Exception):
    """A file of labels cannot be read; the message names it."""


class Collection:
    """The labels at hand, found by set id or by brand name."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self._by_set_id: dict[str, Label] = {}
        self._by_name: dict[str, list[Label]] = defaultdict(list)
        loose = []
        for label in labels:
            if label.set_id is None:
                loose.append(label)
            # One label in several editions: the newest is the label.
            elif (held := self._by_set_id.get(label.set_id)) is None or held.edition < label.edition:
                self._by_set_id[label.set_id] = label
        self.labels = (*loose, *self._by_set_id.values())
        for label in self.labels:
            for name in label.names:
                self._by_name[name].append(label)

    def of(self, source: Source) -> tuple[Label, ...]:
        """Return the labels that a source is: the one with its set id, or those of the brand its url asks for."""
        if source.kind != "label":
            return ()
        if found := SET_ID.search(source.set_id or source.url.lower()):
            held = self._by_set_id.get(found[0])
            return (held,) if held else ()
        asked = parse_qs(urlsplit(source.url).query).get("query", [])
        return tuple(label for name in asked for label in self._by_name.get(name.casefold(), ()))


def read_collection(paths: Iterable[Path]) -> Collection:
    """Read files, and every file of a known ending in folders.

    Raises:
        LabelError: for a path that does not exist, a file that cannot be read, and a named file that holds no label
            (in folders, files without labels are passed over).
    """
    found: list[Label] = []
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                if file.name.endswith(_ENDINGS) and file.is_file():
                    found.extend(read_labels(file))
        else:
            labels = list(read_labels(path))
            if not labels:
                raise LabelError(f"{path}: no label in it. Give SPL XML, openFDA JSON, or JSON lines with `sections`.")
            found.extend(labels)
    return Collection(found)


def read_labels(path: Path) -> Iterator[Label]:
    """Yield the labels of one file; its content tells the format.

    Raises:
        LabelError: for a file that cannot be read.
    """
    text = _text(path)
    if text.lstrip("\ufeff \r\n\t").startswith("<"):
        labels: Iterable[Label | None] = [read_spl(text, path.name)]
    else:
        labels = _from_json(text, path)
    return (label for label in labels if label)


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise LabelError(f"{path}: {error}.") from None


def _from_json(text: str, path: Path) -> Iterator[Label | None]:
    try:
        yield from _from_value(json.loads(text), path)
        return
    except json.JSONDecodeError:
        pass
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield from _from_value(json.loads(line), path)
            except json.JSONDecodeError as error:
                raise LabelError(f"{path}:{number}: this is not JSON: {error.msg}.") from None


def _from_value(value: object, path: Path) -> Iterator[Label | None]:
    if isinstance(value, dict) and "sections" in value:
        yield read_sections(value, path.name)
    else:
        yield from (read_record(record, path.name) for record in records(value))
