"""Writes what is known only when the meaning of all pages is: related pages, into the store, and related searches."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from healthlib.content.additions import Additions
from healthlib.content.authored import AuthoredPage
from healthlib.content.library import Library
from healthlib.content.publish.relations import Near, Relations
from healthlib.search.generation.manifest import SEARCHES, STORE
from healthlib.search.lookup import write_lookups
from healthlib.search.meaning import Meaning
from healthlib.search.nearness import nearest
from healthlib.search.related_searches import owners, searches_of


def relate(
    library: Library,
    pages: Sequence[AuthoredPage],
    mentions: Mapping[str, frozenset[str]],
    meaning: Meaning,
    directory: Path,
) -> None:
    """Add related pages to the store of a generation, which nobody may have open, and write related searches beside it.

    Args:
        library: the authored pages.
        pages: the published ones in the order of the index.
        mentions: for each page the pages whose names its text has.
        meaning: the space whose rows are these pages.
        directory: the generation's.
    """
    relations = Relations(library, mentions)
    places = relations.places(page.ref for page in pages)
    owner = owners(library)
    by_url = {page.url: page for page in pages}
    found: dict[str, tuple[str, ...]] = {}
    with Additions(directory / STORE) as additions:
        for page, (near, cosines) in zip(pages, nearest(meaning.page_vectors), strict=True):
            cards = relations.cards(page, Near(places[near], cosines))
            additions.relate(page.url, cards)
            for key, searches in searches_of(page, [by_url[card.url] for card in cards]):
                if searches and owner.get(key, page.ref) == page.ref:
                    found[key] = searches
    write_lookups(directory / SEARCHES, [found])
