"""Writes everything of a generation that is made from its published pages: the index, the meaning, the language ..."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from healthlib.content.library import Library
from healthlib.content.store import Store
from healthlib.content.vocabulary import Vocabulary
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
    SPELLER,
    STORE,
    SUGGESTIONS,
    THESAURUS,
    THINGS,
    WHOOSH,
)
from healthlib.search.generation.relating import relate
from healthlib.search.index import write_index
from healthlib.search.lexicon import Lexicon, Texts
from healthlib.search.meaning import Meaning
from healthlib.search.mentions import find_mentions, names_in


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
    # The store gives them in this order, and the index has them in it.
    pages = sorted(library.live(), key=lambda page: page.url)
    texts = Texts(Lexicon())
    with closing(Store(directory / STORE)) as store:
        documents = write_index(directory / WHOOSH, _documents(library, store, texts), texts.lexicon)
        done("index and arrays")
        Facets.build(pages_of(store)).save(directory / FACETS)
        write_answers(directory / ANSWERS, pages_of(store))
        done("facets and answer cards")
        write_bonds(pages, store, directory / THINGS, directory / KINSHIP)
        done("names and bonds")
    meaning = Meaning.learn(texts)
    meaning.save(directory / MEANING)
    done("meaning")
    write_language(library, texts, vocabulary, directory / THESAURUS, directory / SPELLER)
    write_suggestions(pages, directory / SUGGESTIONS)
    done("language")
    mentions = find_mentions(names_in(library), [page.ref for page in pages], texts)
    done("mentions")
    # The words of a large library take much memory, and are not needed any more.
    del texts
    relate(library, pages, mentions, meaning, directory)
    done("related pages and searches")
    return documents


def _documents(library: Library, store: Store, texts: Texts) -> Iterator[Document]:
    """Yield the documents of each page, and keep the words of its texts for what else is learned of them."""
    names_of = {page.ref: (*page.meta.names, *page.meta.aliases) for page in library.live()}
    for page in pages_of(store):
        texts.add(texts_of(page))
        yield from documents_of(page, names_of)
