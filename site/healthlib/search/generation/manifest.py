"""What a generation holds, file by file, so that a damaged one is noticed before any of it is opened.

The check comes first because parts of a Whoosh index are pickles, and opening a crafted pickle runs code. The digests
of hundreds of megabytes would take each worker longer than all else that it does when it starts, so a file is read only
where the file system cannot vouch for it: docs/decisions/0008 says why that is enough.
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
FACETS = "facets"
MEANING = "meaning"
THESAURUS = "thesaurus"
SPELLER = "speller"
SUGGESTIONS = "suggestions"
THINGS = "things"
KINSHIP = "kinship"
# Raised whenever what a generation holds changes in a way that older code cannot read.
FORMAT = 7


class FileEntry(Record):
    """One file.

    Attributes:
        size: in bytes.
        sha256: its digest in hexadecimal.
        inode: its number in the file system.
        changed: when the file system last noted a change of it, in nanoseconds; no program can set that back.
    """

    size: int
    sha256: str
    inode: int
    changed: int


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
        _sync(path)
        # Asked before the file is read: a change while it is read is one that `verify` must see.
        status = path.stat()
        files[path.relative_to(directory).as_posix()] = FileEntry(
            size=status.st_size, sha256=_sha256(path), inode=status.st_ino, changed=status.st_ctime_ns
        )
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


def verify(directory: Path, thoroughly: bool = False) -> Manifest:
    """Return the manifest after holding every file against it.

    Args:
        directory: the generation.
        thoroughly: read every file; otherwise only those that the file system says were written, replaced or copied.

    Raises:
        DamagedError: naming the first file that is missing, changed or not listed.
    """
    manifest = read_manifest(directory)
    for name, entry in manifest.files.items():
        try:
            same = _is_as_built(directory / name, entry, thoroughly)
        except OSError as error:
            raise DamagedError(f"{directory.name}: {name} cannot be read ({error.strerror}).") from None
        if not same:
            raise DamagedError(f"{directory.name}: {name} is not what was built.")
    present = {path.relative_to(directory).as_posix() for path in directory.rglob("*") if path.is_file()}
    if unknown := sorted(present - set(manifest.files) - {MANIFEST}):
        raise DamagedError(f"{directory.name}: {unknown[0]} is not in the manifest.")
    return manifest


def _is_as_built(path: Path, entry: FileEntry, thoroughly: bool) -> bool:
    status = path.stat()
    if status.st_size != entry.size:
        return False
    untouched = (status.st_ino, status.st_ctime_ns) == (entry.inode, entry.changed)
    return (untouched and not thoroughly) or _sha256(path) == entry.sha256


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
