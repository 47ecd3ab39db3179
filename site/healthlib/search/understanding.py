"""Understands a query: what else its words mean, what the question is after, whether it names danger.

Nothing here looks at the index. Synonyms only add: replacing lay words by medical ones made 42 % of searches better and
19 % worse (JMIR 2004), so the words typed always count most, and the page says what was added.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from healthlib.search.analysis import name_key
from healthlib.search.query import Query, Synonym
from healthlib.search.recognition import recognise, recognise_names
from healthlib.search.results import AlsoSearched, Danger, LookAlike, OutsideName
from healthlib.search.thesaurus import Phrase, Thesaurus, phrases_of
from healthlib.search.things import Things

T = TypeVar("T")

# More would drown what was typed.
MOST_SYNONYMS = 6


@dataclass(frozen=True)
class Understood:
    """A query and what we make of it.

    Attributes:
        query: the query without the words that only make it a question.
        named: for each thing that the query names, the places of the pages of that name.
        synonyms: phrases searched besides the words typed.
        names: other names of the whole query, folded: a page of such a name is what was asked for.
        also: the synonyms as readers see them.
        outside: names that we know but have no page on.
        look_alikes: medicines that the one of this name must not be confused with.
        danger: what a query that names danger asks for.
        intent: the id of the section that a question is after, or "".
    """

    query: Query
    named: tuple[tuple[int, ...], ...] = ()
    synonyms: tuple[Synonym, ...] = ()
    names: tuple[str, ...] = ()
    also: tuple[AlsoSearched, ...] = ()
    outside: tuple[OutsideName, ...] = ()
    look_alikes: tuple[LookAlike, ...] = ()
    danger: Danger | None = None
    intent: str = ""

    @cached_property
    def covered(self) -> frozenset[str]:
        """Every word that was searched: those typed, and those of synonyms."""
        return self.query.sought | {word for synonym in self.synonyms for word in synonym.added}


def understand(query: Query, thesaurus: Thesaurus, things: Things) -> Understood:
    """Return what a query means."""
    phrases = phrases_of(query.name.split())
    known = [phrase for phrase in phrases if phrase[2] in thesaurus.phrases]
    added = _added(known, thesaurus)
    return Understood(
        query=_without_question_words(query, thesaurus),
        named=recognise(query, thesaurus, things),
        synonyms=tuple(Synonym(tuple(words.split()), tuple(name_key(meaning).split())) for words, meaning in added),
        names=tuple(name_key(meaning) for meaning in thesaurus.synonyms.get(query.name, ())),
        also=tuple(AlsoSearched(words, meaning) for words, meaning in added),
        outside=_outside(known, thesaurus),
        look_alikes=thesaurus.look_alikes.get(query.name, ()),
        danger=_first(known, thesaurus.dangers),
        intent=_first(known, thesaurus.intents) or "",
    )


def take_literally(query: Query, thesaurus: Thesaurus) -> Understood:
    """Return a query as nothing but its words; a danger in them is still seen."""
    return Understood(query, danger=_first(phrases_of(query.name.split()), thesaurus.dangers))


def with_offers(understood: Understood, offers: Sequence[Synonym], thesaurus: Thesaurus, things: Things) -> Understood:
    """Return a query with what its misspelt words may mean added to them, as synonyms are."""
    named = recognise_names([" ".join(offer.added) for offer in offers], thesaurus, things)
    return replace(
        understood,
        synonyms=(*understood.synonyms, *offers),
        named=(*understood.named, named) if named else understood.named,
    )


def _without_question_words(query: Query, thesaurus: Thesaurus) -> Query:
    """Return a query without the words that only make a question; all of them stay, if nothing else is left."""
    words = tuple(word for word in query.words if word not in thesaurus.question_words)
    return replace(query, words=words) if words and len(words) < len(query.words) else query


def _added(known: Sequence[Phrase], thesaurus: Thesaurus) -> list[tuple[str, str]]:
    """Return (words typed, phrase added), the longest matches first; no word is explained twice."""
    found: list[tuple[str, str]] = []
    explained: set[int] = set()
    for start, end, phrase in known:
        meanings = (*thesaurus.synonyms.get(phrase, ()), *thesaurus.near.get(phrase, ()))
        if brand := thesaurus.brands.get(phrase):
            meanings = (*meanings, brand[1])
        if meanings and explained.isdisjoint(range(start, end)):
            explained.update(range(start, end))
            found.extend((phrase, meaning) for meaning in meanings)
    return found[:MOST_SYNONYMS]


def _outside(known: Sequence[Phrase], thesaurus: Thesaurus) -> tuple[OutsideName, ...]:
    found = (thesaurus.brands.get(phrase) for _, _, phrase in known)
    return tuple(
        OutsideName(brand, f"{brand} is a brand of {substance}; we have no page on it yet.")
        for brand, substance in (pair for pair in found if pair)
    )


def _first(known: Sequence[Phrase], table: Mapping[str, T]) -> T | None:
    return next((table[phrase] for _, _, phrase in known if phrase in table), None)
