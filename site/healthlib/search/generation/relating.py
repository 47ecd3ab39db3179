"""Writes what is known only when the meaning of all pages is: related pages, into the store, and related searches."""

from pathlib import Path

from healthlib.content.additions import Additions
from healthlib.content.library import Library
from healthlib.content.publish.relations import Relations
from healthlib.content.store import Store
from healthlib.search.generation.language import pages_of, texts_of
from healthlib.search.lookup import write_lookups
from healthlib.search.meaning import Meaning
from healthlib.search.mentions import Mentions, names_in
from healthlib.search.nearness import nearest
from healthlib.search.related_searches import owners, searches_of


def mentions_of(library: Library, store: Store) -> dict[str, frozenset[str]]:
    """Return, for each page, the pages whose names its text has."""
    mentions = Mentions(names_in(library))
    return {f"{page.type.spec.folder}/{page.slug}": mentions.of(texts_of(page)) for page in pages_of(store)}


def relate(
    library: Library, mentions: dict[str, frozenset[str]], meaning: Meaning, path: Path, searches_path: Path
) -> None:
    """Add related pages to the store at a path, which nobody may have open, and write related searches.

    Args:
        library: the authored pages.
        mentions: for each page the pages whose names its text has.
        meaning: the space whose rows are the published pages in the order of their addresses.
        path: the finished store.
        searches_path: a directory, made here.
    """
    relations = Relations(library, mentions)
    owner = owners(library)
    rows = sorted(library.live(), key=lambda page: page.url)
    by_url = {page.url: page for page in rows}
    found: dict[str, tuple[str, ...]] = {}
    with Additions(path) as additions:
        for page, near in zip(rows, nearest(meaning.page_vectors), strict=True):
            cards = relations.cards(page, {rows[row].ref: cosine for row, cosine in near.items()})
            additions.relate(page.url, cards)
            for key, searches in searches_of(page, [by_url[card.url] for card in cards]):
                if searches and owner.get(key, page.ref) == page.ref:
                    found[key] = searches
    write_lookups(searches_path, [found])
