"""Recognises the things that a query names: the longest names first, also by synonyms, in Hindi, or by a brand.

"epilepsy medicine making my child aggressive" names epilepsy and aggression: a page that belongs to both answers it.
"""

from collections.abc import Iterator, Sequence

from healthlib.search.analysis import STOP_WORDS, name_key
from healthlib.search.query import Query
from healthlib.search.thesaurus import Thesaurus, spans
from healthlib.search.things import Things

Pages = tuple[int, ...]


def recognise(query: Query, thesaurus: Thesaurus, things: Things) -> tuple[Pages, ...]:
    """Return, for each thing that a query names, the places of the pages of that name."""
    texts = [query.name.split(), *(list(term.words) for term in query.fields)]
    found = (pages for text in texts for pages in _in_text(text, thesaurus, things))
    return tuple(dict.fromkeys(found))


def recognise_names(names: Sequence[str], thesaurus: Thesaurus, things: Things) -> Pages:
    """Return the places of the pages that any of some names stands for."""
    found = _pages_of([name_key(name) for name in names], thesaurus, things)
    return tuple(dict.fromkeys(page for pages in found for page in pages))


def _in_text(text: Sequence[str], thesaurus: Thesaurus, things: Things) -> Iterator[Pages]:
    """Yield the pages of each thing named in a text; no word is part of two names."""
    places = [(start, end) for start, end in spans(text) if not _empty(text[start:end], thesaurus)]
    phrases = [" ".join(text[start:end]) for start, end in places]
    taken: set[int] = set()
    for (start, end), pages in zip(places, _pages_of(phrases, thesaurus, things), strict=True):
        if pages and taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            yield pages


def _pages_of(phrases: Sequence[str], thesaurus: Thesaurus, things: Things) -> Iterator[Pages]:
    """Yield the pages that each phrase names, itself or by what it means."""
    names = [(phrase, *map(name_key, _meanings(phrase, thesaurus))) for phrase in phrases]
    found = iter(things.find([name for group in names for name in group]))
    for group in names:
        yield tuple(dict.fromkeys(page for _ in group for page in next(found)))


def _meanings(phrase: str, thesaurus: Thesaurus) -> Iterator[str]:
    yield from thesaurus.synonyms.get(phrase, ())
    yield from thesaurus.near.get(phrase, ())
    if brand := thesaurus.brands.get(phrase):
        yield brand[1]


def _empty(words: Sequence[str], thesaurus: Thesaurus) -> bool:
    """Whether there is nothing but words that every question has: `may` is no month."""
    return all(word in STOP_WORDS or word in thesaurus.question_words for word in words)
