"""Answer cards in a file: all that they show is known when a library is built."""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from pathlib import Path

from healthlib.content.published import MedicinePage, Page
from healthlib.search.answer import answer_card
from healthlib.search.arrays.strings import Strings, write_strings
from healthlib.search.entries import PageEntry
from healthlib.search.results import AnswerCard, CardEffect, SectionLink

_CARDS = "cards"
# So many pages' cards are kept in a worker's own memory, about a kilobyte each.
_KEPT = 512
# The key of the card for any name that is no product's.
_ANY = ""

# What a card shows besides its page: facts, product, effects, links and source, as in `AnswerCard`.
_Shown = tuple[tuple[tuple[str, str], ...], str, tuple[CardEffect, ...], tuple[SectionLink, ...], str]


def write_answers(directory: Path, pages: Iterable[Page]) -> None:
    """Write the cards of published pages, in the order of the index, into a new directory."""
    directory.mkdir()
    write_strings(directory, _CARDS, map(_line, pages))


def _line(page: Page) -> str:
    found = dict(_cards(page))
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) if found else ""


def _cards(page: Page) -> Iterator[tuple[str, list[object]]]:
    """Yield a page's cards by the folded name of the product that was asked for, and the one for any other name."""
    products = [one.name.casefold() for one in page.products[1:]] if isinstance(page, MedicinePage) else []
    for name in (*reversed(products), _ANY):
        card = answer_card(page, name)
        if card:
            yield name, [card.facts, card.product, card.effects, card.links, card.source]


class Answers:
    """Reads what `write_answers` wrote; safe to share between threads."""

    def __init__(self, directory: Path) -> None:
        """Map the files.

        Raises:
            OSError: when one is missing.
        """
        self._of = lru_cache(_KEPT)(partial(_read, Strings(directory, _CARDS)))

    def card(self, place: int, page: PageEntry, name: str) -> AnswerCard | None:
        """Return what to show of a page that was asked for by a name, or None for a page that has no card.

        Args:
            place: of the page among the pages.
            page: the same page.
            name: folded; a product's own picks the figures that are shown.
        """
        shown = self._of(place)
        if not shown:
            return None
        return AnswerCard(page.card, page.notes.get(name, ""), *(shown.get(name) or shown[_ANY]))


def _read(lines: Strings, place: int) -> dict[str, _Shown]:
    line = lines[place]
    return {name: _shown(*values) for name, values in json.loads(line).items()} if line else {}


def _shown(
    facts: Iterable[Iterable[str]],
    product: str,
    effects: Iterable[Iterable[str]],
    links: Iterable[Iterable[str]],
    source: str,
) -> _Shown:
    pairs = tuple((label, text) for label, text in facts)
    return pairs, product, tuple(CardEffect(*one) for one in effects), tuple(SectionLink(*one) for one in links), source
