"""Recognises the things that a query names: the longest names first, also by synonyms, in Hindi, or by a brand.

"epilepsy medicine making my child aggressive" names epilepsy and aggression: a page that belongs to both answers it.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from healthlib.search.analysis import STOP_WORDS, name_key
from healthlib.search.query import Query
from healthlib.search.thesaurus import Thesaurus, phrases_of
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
    # What is nothing but words that every question has is no name: `may` is no month.
    asking = thesaurus.question_words
    telling = [place for place, word in enumerate(text) if word not in STOP_WORDS and word not in asking]
    phrases = [phrase for phrase in phrases_of(text) if any(phrase[0] <= place < phrase[1] for place in telling)]
    taken: set[int] = set()
    for (start, end, _), pages in zip(phrases, _pages_of([p[2] for p in phrases], thesaurus, things), strict=True):
        if pages and taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            yield pages


def _pages_of(phrases: Sequence[str], thesaurus: Thesaurus, things: Things) -> Iterator[Pages]:
    """Yield the pages that each phrase names, itself or by what it means."""
    meanings = [
        [*map(name_key, _meanings(phrase, thesaurus))] if phrase in thesaurus.phrases else () for phrase in phrases
    ]
    found = things.find([*phrases, *chain.from_iterable(meanings)])
    others = iter(found[len(phrases) :])
    for own, group in zip(found, meanings, strict=False):
        yield tuple(dict.fromkeys(chain(own, *islice(others, len(group))))) if group else own


def _meanings(phrase: str, thesaurus: Thesaurus) -> Iterator[str]:
    yield from thesaurus.synonyms.get(phrase, ())
    yield from thesaurus.near.get(phrase, ())
    if brand := thesaurus.brands.get(phrase):
        yield brand[1]
