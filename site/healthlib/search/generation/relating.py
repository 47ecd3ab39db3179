"""Adds to a store what is known only when the meaning of all pages is: related pages and related searches."""

from pathlib import Path

from healthlib.content.additions import Additions
from healthlib.content.library import Library
from healthlib.content.publish.relations import Relations
from healthlib.content.store import Store
from healthlib.search.generation.language import pages_of, texts_of
from healthlib.search.meaning import Meaning
from healthlib.search.mentions import Mentions, names_in
from healthlib.search.nearness import nearest


def mentions_of(library: Library, store: Store) -> dict[str, frozenset[str]]:
    """Return, for each page, the pages whose names its text has."""
    mentions = Mentions(names_in(library))
    return {f"{page.type.spec.folder}/{page.slug}": mentions.of(texts_of(page)) for page in pages_of(store)}


def relate(library: Library, mentions: dict[str, frozenset[str]], meaning: Meaning, path: Path) -> None:
    """Add the related pages of every page to the store at a path, which nobody may have open."""
    relations = Relations(library, mentions)
    by_row = sorted(library.live(), key=lambda page: page.url)
    with Additions(path) as additions:
        for page, rows in zip(by_row, nearest(meaning.page_vectors), strict=True):
            near = {by_row[row].ref: cosine for row, cosine in rows.items()}
            additions.relate(page.url, relations.cards(page, near))
