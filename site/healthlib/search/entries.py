"""What hits show of pages and sections: read once, as nothing of a published library changes."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from healthlib.content.published import Card
from healthlib.search.analysis import name_key
from healthlib.search.arrays.stored import StoredFields
from healthlib.search.passages import Found
from healthlib.search.results import SectionLink
from healthlib.search.snippets import words_in

# So many are kept in a worker's own memory, some hundred bytes each.
_PAGES, _SUMMARIES, _SECTIONS = 1024, 512, 4096


class PageEntry(NamedTuple):
    """A page.

    Attributes:
        doc: its document.
        card: what is shown of it.
        name: its title as a name.
        words: the words of its title, each with its stem.
        notes: for each brand, as a name, the sentence that explains it.
    """

    doc: int
    card: Card
    name: str
    words: tuple[Found, ...]
    notes: Mapping[str, str]

    def is_named(self, name: str) -> bool:
        """Whether a name is the page's title or one of its brands."""
        return name == self.name or name in self.notes


class Entries:
    """Reads pages and sections by their document; safe to share between threads."""

    def __init__(self, stored: StoredFields) -> None:
        # Functions that do not know this object: it would hold itself, and the files, after they are closed.
        self.page: Callable[[int], PageEntry] = lru_cache(_PAGES)(partial(_page, stored))
        self.summary: Callable[[int], Sequence[Found]] = lru_cache(_SUMMARIES)(partial(_summary, stored))
        self.section: Callable[[int], SectionLink] = lru_cache(_SECTIONS)(partial(_section, stored))


def _page(stored: StoredFields, doc: int) -> PageEntry:
    values = stored.get(doc)
    card = Card.model_validate(values["card"])
    notes: dict[str, str] = {}
    for brand, note in (values["names"] if isinstance(values["names"], dict) else {}).items():
        notes.setdefault(name_key(brand), str(note))
    return PageEntry(doc, card, name_key(card.title), tuple(words_in(card.title)), notes)


def _summary(stored: StoredFields, doc: int) -> Sequence[Found]:
    """Return the words of a page's summary: few hits show it, so most pages are read without."""
    return words_in(_page(stored, doc).card.summary)


def _section(stored: StoredFields, doc: int) -> SectionLink:
    values = stored.get(doc)
    return SectionLink(str(values["heading"]), f"{values['page']}#{values['section']}")
