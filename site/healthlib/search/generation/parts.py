"""Writes everything of a generation that is made from its published pages: the index, the meaning, the language ..."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from healthlib.content.library import Library
from healthlib.content.store import Store
from healthlib.content.vocabulary import Vocabulary
from healthlib.search.analysis import raw_words, stem_of
from healthlib.search.answers import write_answers
from healthlib.search.documents import Document, documents_of
from healthlib.search.facets import Facets
from healthlib.search.generation.bonds import write_bonds
from healthlib.search.generation.language import pages_of, texts_of, write_language, write_suggestions
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
)
from healthlib.search.generation.relating import mentions_of, relate
from healthlib.search.index import write_index
from healthlib.search.meaning import Meaning


def write_parts(
    library: Library, vocabulary: Vocabulary, directory: Path, done: Callable[[str], None] = lambda _part: None
) -> int:
    """Write the parts into the directory of a generation, beside its store, and complete the store.

    Args:
        library: the authored pages; their texts are read from the store.
        vocabulary: the authored lists of words.
        directory: where the store is, with every page in it.
        done: called with the name of each part when it is written.

    Returns:
        How many documents the index has.
    """
    with closing(Store(directory / STORE)) as store:
        documents = write_index(directory / WHOOSH, _documents(library, store))
        done("index and arrays")
        Facets.build(pages_of(store)).save(directory / FACETS)
        write_answers(directory / ANSWERS, pages_of(store))
        done("facets and answer cards")
        meaning = Meaning.learn(_stems(store))
        meaning.save(directory / MEANING)
        done("meaning")
        write_language(library, store, vocabulary, directory / THESAURUS, directory / SPELLER)
        write_suggestions(store, directory / SUGGESTIONS)
        done("language")
        write_bonds(store, directory / THINGS, directory / KINSHIP)
        mentions = mentions_of(library, store)
        done("names, bonds and mentions")
    relate(library, mentions, meaning, directory / STORE, directory / SEARCHES)
    done("related pages and searches")
    return documents


def _documents(library: Library, store: Store) -> Iterator[Document]:
    names_of = {page.ref: (*page.meta.names, *page.meta.aliases) for page in library.live()}
    for page in pages_of(store):
        yield from documents_of(page, names_of)


def _stems(store: Store) -> Iterator[list[str]]:
    """Yield the stems of each page in the order of the index: what its meaning is learned from."""
    for page in pages_of(store):
        yield [stem_of(raw) for text in texts_of(page) for raw in raw_words(text)]
