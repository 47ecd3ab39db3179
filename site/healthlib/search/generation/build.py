"""Builds one generation from the authored files and makes it live.

Everything is written beside the live generation and switched to in one step, so that readers see the whole old library
or the whole new one, whenever the build is killed. Published pages are read back from the store one at a time, so that
the build needs no memory for all of them.
"""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import healthlib
from healthlib.content.faults import Fault
from healthlib.content.library import Library
from healthlib.content.lint.check import load_checked
from healthlib.content.publish.pages import Publisher
from healthlib.content.publish.rendering import render_pages
from healthlib.content.publish.writer import by_figure, glossary_entries, listed_medicines
from healthlib.content.store import StoreWriter
from healthlib.content.templates import FOLDER as TEMPLATES
from healthlib.content.vocabulary import load_vocabulary
from healthlib.search.generation.generation import Generation
from healthlib.search.generation.layout import PARTIAL, GenerationError, Layout, sync_directory
from healthlib.search.generation.manifest import STORE, Manifest, write_manifest
from healthlib.search.generation.parts import write_parts
from healthlib.search.query import read_query
from healthlib.search.results import Options

# Room that a build may need, as a multiple of the authored files' size: measured at 6 to 9 for small libraries.
ROOM_FACTOR = 15
GOLDEN_QUERIES = 20

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Built:
    """What a build has made."""

    name: str
    manifest: Manifest
    warnings: tuple[Fault, ...]
    removed: tuple[str, ...]


def inputs_digest(content_dir: Path) -> str:
    """Return a digest of all that a generation is made from: authored files, templates, and the code that publishes."""
    code = Path(healthlib.__file__).parent
    digest = hashlib.sha256()
    for root, pattern in (
        (content_dir, "*/*"),
        (TEMPLATES, "**/*.html"),
        (code / "content", "**/*.py"),
        (code / "search", "**/*.py"),
    ):
        for path in sorted(path for path in root.glob(pattern) if path.is_file()):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def build(content_dir: Path, layout: Layout, keep: int, progress: Progress = lambda _done, _all: None) -> Built:
    """Build a generation and make it live.

    Args:
        content_dir: the authored files.
        layout: the index directory.
        keep: how many generations to keep.
        progress: called with (pages done, all pages).

    Raises:
        ContentError: when the files have errors.
        GenerationError: when another build runs, the disk is too small, or the new generation fails its checks.
    """
    with layout.builder_lock():
        layout.clear_litter()
        inputs = inputs_digest(content_dir)
        library, warnings = load_checked(content_dir, datetime.now(UTC).date())
        _require_room(content_dir, layout.root)
        name = _new_name(inputs)
        partial = layout.root / f"{name}{PARTIAL}"
        partial.mkdir()
        pages = _write_pages(library, partial / STORE, progress)
        documents = write_parts(library, load_vocabulary(content_dir / "vocabulary"), partial)
        render_pages(partial / STORE)
        manifest = write_manifest(partial, inputs, pages, documents)
        for part in partial.rglob("*/"):
            sync_directory(part)
        sync_directory(partial)
        _check(partial)
        partial.rename(layout.path(name))
        sync_directory(layout.root)
        layout.switch(name)
        return Built(name, manifest, tuple(warnings), tuple(layout.collect(keep)))


def _new_name(inputs: str) -> str:
    """Return a name that sorts after those of earlier builds."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{inputs[:8]}"


def _require_room(content_dir: Path, root: Path) -> None:
    need = ROOM_FACTOR * sum(path.stat().st_size for path in content_dir.glob("*/*"))
    free = shutil.disk_usage(root).free
    if free < need:
        raise GenerationError(
            f"{root} has {free // 2**20} MB free and a build may need {need // 2**20} MB. Free some space; "
            "readers are still served from the last generation."
        )


def _write_pages(library: Library, path: Path, progress: Progress) -> int:
    """Publish every page into the store.

    Returns:
        How many pages there are.
    """
    publisher = Publisher(library)
    authored = list(library.live())
    with StoreWriter(path) as store:
        for done, page in enumerate(authored, 1):
            store.add(publisher.publish(page))
            progress(done, len(authored))
        for old, target in library.redirects.items():
            store.add_moved(old, target)
        for page in library.pages:
            if page.meta.status == "retired":
                store.add_moved(page.url, None)
        _write_listed(library, store)
        store.add_glossary(glossary_entries(library))
    return len(authored)


def _write_listed(library: Library, store: StoreWriter) -> None:
    rows = sorted(listed_medicines(library), key=lambda row: (row[0], *by_figure(row[1]), row[2].drug.text))
    for effect, entries in groupby(rows, key=lambda row: row[0]):
        store.add_listed(effect, (entry for _, _, entry in entries))


def _check(directory: Path) -> None:
    """Open the new generation as a worker would and look for pages by their names.

    Raises:
        GenerationError: when a page is missing from the store or from the first results for its own name.
    """
    with Generation.open(directory) as generation:
        addresses = [url for url, _ in generation.store.addresses()]
        for url in addresses[:: max(1, len(addresses) // GOLDEN_QUERIES)]:
            page = generation.store.page(url)
            found = generation.searcher.search(read_query(page.title if page else ""), Options())
            if url not in {hit.card.url for hit in found.hits}:
                raise GenerationError(f"The new generation does not find {url}; the old one stays live.")
