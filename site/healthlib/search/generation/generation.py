"""One opened generation: the store and the index of the same build, never a mixture."""

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from healthlib.content.store import Store
from healthlib.search.answers import Answers
from healthlib.search.corrections import Speller
from healthlib.search.facets import Facets
from healthlib.search.generation.layout import open_held
from healthlib.search.generation.manifest import (
    ANSWERS,
    FACETS,
    KINSHIP,
    MEANING,
    SEARCHES,
    SPELLER,
    STORE,
    SUGGESTIONS,
    THESAURUS,
    THINGS,
    WHOOSH,
    DamagedError,
    Manifest,
    verify,
)
from healthlib.search.index import Index
from healthlib.search.kinship import Kinship
from healthlib.search.lookup import LookupFiles
from healthlib.search.meaning import Meaning
from healthlib.search.searcher import Language, Parts, Searcher
from healthlib.search.suggestions import Suggester
from healthlib.search.thesaurus import Thesaurus
from healthlib.search.things import Things


class Generation:
    """Everything that is served from; open it with `Generation.open`, close it when nobody uses it any more."""

    def __init__(self, name: str, manifest: Manifest, store: Store, searcher: Searcher, descriptor: int) -> None:
        self.name = name
        self.manifest = manifest
        self.store = store
        self.searcher = searcher
        self._descriptor = descriptor

    @classmethod
    def open(cls, directory: Path) -> "Generation":
        """Verify a generation, then open it and hold it against removal.

        Raises:
            DamagedError: when it is not what its manifest says, or cannot be opened.
        """
        try:
            descriptor = open_held(directory)
        except OSError as error:
            raise DamagedError(f"{directory.name}: cannot be held ({error.strerror}).") from None
        try:
            manifest = verify(directory)
            store = Store(directory / STORE)
            try:
                searcher = _open_searcher(directory, store)
            except BaseException:
                store.close()
                raise
        except OSError as error:
            os.close(descriptor)
            raise DamagedError(f"{directory.name}: cannot be opened ({error}).") from None
        except BaseException:
            os.close(descriptor)
            raise
        return cls(directory.name, manifest, store, searcher, descriptor)

    def close(self) -> None:
        """Close all files and let the generation go."""
        self.searcher.close()
        self.store.close()
        os.close(self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()


def _open_searcher(directory: Path, store: Store) -> Searcher:
    language = Language(
        Thesaurus.load(directory / THESAURUS),
        Speller.load(directory / SPELLER),
        Suggester(directory / SUGGESTIONS),
        Things.load(directory / THINGS),
        Kinship.load(directory / KINSHIP),
    )
    return Searcher(
        Parts(
            store,
            Index(directory / WHOOSH),
            Facets.load(directory / FACETS),
            Meaning.load(directory / MEANING),
            language,
            Answers(directory / ANSWERS),
            LookupFiles(directory / SEARCHES).table(0, tuple),
        )
    )
