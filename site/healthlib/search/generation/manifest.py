"""What a generation holds, file by file, so that a damaged one is noticed before any of it is opened.

The check comes first because parts of a Whoosh index are pickles, and opening a crafted pickle runs code.
"""

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from healthlib.content.model import Record

MANIFEST = "manifest.json"
STORE = "library.sqlite"
WHOOSH = "whoosh"
MEANING = "meaning"
THESAURUS = "thesaurus.json"
SPELLER = "speller.json"
SUGGESTIONS = "suggestions.json"
# Raised whenever what a generation holds changes in a way that older code cannot read.
FORMAT = 4


class FileEntry(Record):
    """One file: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


class Manifest(Record):
    """The contents of a generation.

    Attributes:
        format: the FORMAT it was written in.
        built: when, in UTC.
        inputs: a digest of the authored files and of the code that published them.
        pages: how many pages.
        documents: how many documents the index has.
        files: every other file, by its path inside the generation.
    """

    format: int
    built: datetime
    inputs: str
    pages: int
    documents: int
    files: dict[str, FileEntry]


class DamagedError(Exception):
    """A generation is not what its manifest says."""


def write_manifest(directory: Path, inputs: str, pages: int, documents: int) -> Manifest:
    """Write the manifest of a finished generation and have every file reach the disk."""
    files = {}
    for path in sorted(path for path in directory.rglob("*") if path.is_file()):
        files[path.relative_to(directory).as_posix()] = FileEntry(size=path.stat().st_size, sha256=_sha256(path))
        _sync(path)
    manifest = Manifest(
        format=FORMAT, built=datetime.now(UTC), inputs=inputs, pages=pages, documents=documents, files=files
    )
    path = directory / MANIFEST
    path.write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    _sync(path)
    return manifest


def read_manifest(directory: Path) -> Manifest:
    """Return the manifest of a generation.

    Raises:
        DamagedError: when there is none, or one of another format.
    """
    try:
        manifest = Manifest.model_validate_json((directory / MANIFEST).read_bytes())
    except (OSError, ValidationError) as error:
        raise DamagedError(f"{directory.name}: the manifest cannot be read ({type(error).__name__}).") from None
    if manifest.format != FORMAT:
        raise DamagedError(f"{directory.name}: format {manifest.format}, but this code reads {FORMAT}: build again.")
    return manifest


def verify(directory: Path) -> Manifest:
    """Return the manifest after holding every file against it.

    Raises:
        DamagedError: naming the first file that is missing, changed or not listed.
    """
    manifest = read_manifest(directory)
    for name, entry in manifest.files.items():
        path = directory / name
        try:
            same = path.stat().st_size == entry.size and _sha256(path) == entry.sha256
        except OSError as error:
            raise DamagedError(f"{directory.name}: {name} cannot be read ({error.strerror}).") from None
        if not same:
            raise DamagedError(f"{directory.name}: {name} is not what was built.")
    present = {path.relative_to(directory).as_posix() for path in directory.rglob("*") if path.is_file()}
    if unknown := sorted(present - set(manifest.files) - {MANIFEST}):
        raise DamagedError(f"{directory.name}: {unknown[0]} is not in the manifest.")
    return manifest


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
