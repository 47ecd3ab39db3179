"""What words mean besides themselves: synonyms, names that we have no page on, signs of danger, intents of questions.

Compiled at build time from the authored vocabulary and the library's own names; a worker maps it.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from pathlib import Path

from healthlib.content.vocabulary import LookAlike as Confused
from healthlib.content.vocabulary import Pair, Vocabulary
from healthlib.search.analysis import name_key
from healthlib.search.lookup import LookupFiles, write_lookups
from healthlib.search.results import Danger, LookAlike

LONGEST = 6


@dataclass(frozen=True)
class Thesaurus:
    """Look-ups by folded phrase.

    Attributes:
        synonyms: other ways to say a phrase, as readers would see them.
        near: names that public lists give to a condition; some are narrower, so a page of such a name is no exact hit.
        brands: for a brand, the substance; only brands that no page has.
        look_alikes: for a medicine's name, the medicines it is confused with.
        dangers: phrases that name danger, and the kind.
        intents: phrases that say what a question is after, and the section id that answers it.
        question_words: words that a question can lose.
        phrases: what has every phrase of the tables, so that the others need not be looked up in each.
    """

    synonyms: Mapping[str, tuple[str, ...]]
    near: Mapping[str, tuple[str, ...]]
    brands: Mapping[str, tuple[str, str]]
    look_alikes: Mapping[str, tuple[LookAlike, ...]]
    dangers: Mapping[str, Danger]
    intents: Mapping[str, str]
    question_words: frozenset[str]
    phrases: Container[str] = field(compare=False)

    @classmethod
    def build(cls, vocabulary: Vocabulary, own: Iterable[Pair]) -> "Thesaurus":
        """Compile the vocabulary.

        Args:
            vocabulary: the authored lists.
            own: each name and alias of the library's pages, with the page's first name.
        """
        own = list(own)
        spellings = (*vocabulary.spellings, *_turned(vocabulary.spellings))
        known = {name_key(name) for pair in own for name in (pair.term, pair.meaning)}
        # Who types the name of a page of ours has the page; all the everyday words that lead to it would be noise.
        foreign = [pair for pair in vocabulary.lay if name_key(pair.meaning) not in known]
        lay = (*vocabulary.lay, *_turned(foreign))
        brands = {name_key(p.term): (p.term, p.meaning) for p in vocabulary.brands if name_key(p.term) not in known}
        tables = (
            _synonyms(_spelt((*own, *lay, *spellings, *vocabulary.hindi), spellings)),
            _synonyms(vocabulary.conditions),
            brands,
            _look_alikes(vocabulary.look_alikes),
            {name_key(danger.phrase): Danger(danger.kind) for danger in vocabulary.dangers},
            {name_key(intent.phrase): intent.intent for intent in vocabulary.intents},
        )
        question_words = frozenset(name_key(word) for word in vocabulary.question_words)
        return cls(*tables, question_words, phrases=frozenset().union(*tables))

    def save(self, directory: Path) -> None:
        """Write the look-ups into a new directory."""
        write_lookups(
            directory,
            (
                self.synonyms,
                self.near,
                self.brands,
                {key: [astuple(other) for other in others] for key, others in self.look_alikes.items()},
                self.dangers,
                self.intents,
                dict.fromkeys(self.question_words),
            ),
        )

    @classmethod
    def load(cls, directory: Path) -> "Thesaurus":
        """Map what `save` wrote.

        Raises:
            OSError: when a file is missing.
        """
        files = LookupFiles(directory)
        return cls(
            synonyms=files.table(0, tuple),
            near=files.table(1, tuple),
            brands=files.table(2, tuple),
            look_alikes=files.table(3, lambda others: tuple(LookAlike(*other) for other in others)),
            dangers=files.table(4, Danger),
            intents=files.table(5, str),
            # Every word of a query is looked up here, and there are few of them.
            question_words=frozenset(files.table(6, str)),
            phrases=files,
        )


def _synonyms(pairs: Iterable[Pair]) -> dict[str, tuple[str, ...]]:
    """Return the meanings of each phrase, each once."""
    found: dict[str, dict[str, str]] = {}
    for pair in pairs:
        key, meaning = name_key(pair.term), name_key(pair.meaning)
        if key and meaning and key != meaning:
            found.setdefault(key, {}).setdefault(meaning, pair.meaning)
    return {key: tuple(meanings.values()) for key, meanings in found.items()}


def _look_alikes(pairs: Iterable[Confused]) -> dict[str, tuple[LookAlike, ...]]:
    """Return for each name the others; what stands in brackets explains a name and is no part of it."""
    found: dict[str, list[LookAlike]] = {}
    for pair in pairs:
        for (name, _), (other, purpose) in (pair.both, pair.both[::-1]):
            one = LookAlike(other, other.partition(" (")[0], purpose)
            found.setdefault(name_key(name.partition(" (")[0]), []).append(one)
    return {name: tuple(others) for name, others in found.items()}


def _spelt(pairs: Sequence[Pair], spellings: Sequence[Pair]) -> Iterator[Pair]:
    """Yield pairs, then the same in the other spelling: piles are haemorrhoids, so hemorrhoids are piles as well."""
    yield from pairs
    other = _synonyms(spellings)
    for pair in pairs:
        yield from (Pair(term, pair.meaning) for term in other.get(name_key(pair.term), ()))
        yield from (Pair(pair.term, meaning) for meaning in other.get(name_key(pair.meaning), ()))


def _turned(pairs: Sequence[Pair]) -> Iterator[Pair]:
    return (Pair(pair.meaning, pair.term) for pair in pairs)


# A run of words of a query: where it begins and ends among them, and its text.
Phrase = tuple[int, int, str]


def phrases_of(words: Sequence[str]) -> list[Phrase]:
    """Return every run of at most LONGEST words, the longest runs first."""
    return [(start, end, " ".join(words[start:end])) for start, end in spans(words)]


def spans(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of every run of at most LONGEST words, the longest runs first."""
    for length in range(min(LONGEST, len(words)), 0, -1):
        yield from ((start, start + length) for start in range(len(words) - length + 1))
