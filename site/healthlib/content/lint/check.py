"""Runs every rule over the library and gathers every fault."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from healthlib.content import glossary
from healthlib.content.faults import ContentError, Fault
from healthlib.content.library import Library, read_library
from healthlib.content.lint import access, addresses, claims, plain_words, provenance, references, safety
from healthlib.content.vocabulary import load_vocabulary


def check(root: Path, today: date) -> tuple[Library, list[Fault]]:
    """Read the content folder and return it with every fault, sorted by file and line."""
    library, faults = read_library(root)
    # Where a file could not be read at all, names that point to it are not faults of the files that use them.
    unread = frozenset(Path(fault.path).with_suffix("").as_posix().partition("/")[2] for fault in faults)
    faults.extend(rules(library, today, unread))
    faults.extend(_vocabulary_faults(root))
    return library, sorted(faults)


def _vocabulary_faults(root: Path) -> tuple[Fault, ...]:
    try:
        load_vocabulary(root / "vocabulary")
    except ContentError as error:
        return error.faults
    return ()


def rules(library: Library, today: date, unread: frozenset[str]) -> Iterator[Fault]:
    """Yield what every rule finds; names that point to pages in `unread` (`folder/slug`) are not faults."""
    yield from addresses.check(library)
    yield from references.check(library, unread)
    yield from provenance.check_sources(library, unread)
    yield from claims.check_library(library, unread)
    yield from glossary.check(library.glossary, library.sources)
    for page in library.pages:
        yield from provenance.check_page(page, library, today, unread)
        yield from safety.check_page(page, library)
        yield from claims.check_page(page, library)
        yield from access.check_page(page)
        yield from plain_words.check_page(page)


def load_checked(root: Path, today: date) -> tuple[Library, list[Fault]]:
    """Return the library and its warnings.

    Raises:
        ContentError: when there is any error.
    """
    library, faults = check(root, today)
    errors = [fault for fault in faults if fault.level == "error"]
    if errors:
        raise ContentError(errors)
    return library, faults
