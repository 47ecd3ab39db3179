"""Spelling: for a word that is neither a name nor a word of the texts, the ones that may have been meant.

Candidates lie within two edits (one for words of four and five letters) by optimal string alignment, the form of
Damerau's distance (1964, CACM 7(3)) in which no part of a word is edited twice. Their first letter is that of the word,
unless both sound the same; words of six letters and more that sound the same may be three edits away, but are then only
offered. They are ranked as a noisy channel does (Kernighan, Church and Gale 1990, COLING): how likely is the slip, and
how likely is the word. A name or a word of the texts is never rewritten: `prednisone` is no misspelt `prednisolone`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from pathlib import Path
from typing import NamedTuple, Self

from rapidfuzz import process
from rapidfuzz.distance import OSA

from healthlib.content.names import fold
from healthlib.search.analysis import STOP_WORDS, stem
from healthlib.search.phonetics import KEYBOARD, USUAL, slip_cost, sound_key
from healthlib.search.wordlist import KnownName, WordList

__all__ = ["Candidate", "Correction", "KnownName", "Replacement", "Speller"]

MIN_LETTERS = 4
MAX_DISTANCE = 2
SOUND_DISTANCE = 3
MAX_SPAN = 4

# A word that is in the texts once may be a slip of their authors; a neighbour so frequent says that it is.
_FREQUENT = 20
# What the rarest word is behind the most frequent one, in edits.
_RARITY = 2.0
# Names whose slips cost so nearly the same are never chosen between, however frequent one of them is.
_MARGIN = 0.25
# A name that is on no list looks like a misspelt word, so a word is taken without asking only when it has as many
# letters as this for each slip.
_LETTERS_A_SLIP = 6
# The costs of slips are worked out for so many of the nearest words.
_RANKED = 40


@dataclass(frozen=True)
class Candidate:
    """What may have been meant.

    Attributes:
        text: the name or word as it is shown.
        purpose: what it is; empty for plain words.
        distance: edits between what was typed and this, blanks apart.
        score: 0 to 1, higher is better.
    """

    text: str
    purpose: str
    distance: int
    score: float


@dataclass(frozen=True)
class Replacement:
    """Typed words and what may stand in their place.

    Attributes:
        typed: the words as typed.
        words: the words to search for; where `ambiguous`, still the typed ones.
        candidates: the best first.
        ambiguous: whether the reader must be asked.
    """

    typed: tuple[str, ...]
    words: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    ambiguous: bool


@dataclass(frozen=True)
class Correction:
    """A whole query, corrected: its words, and what was replaced or must be asked about."""

    words: tuple[str, ...]
    replacements: tuple[Replacement, ...]

    @property
    def ambiguous(self) -> bool:
        """Whether the reader must be asked about something."""
        return any(replacement.ambiguous for replacement in self.replacements)


class _Guess(NamedTuple):
    candidate: Candidate
    folded: str
    cost: float
    is_name: bool


class Speller:
    """Corrects words; immutable, so threads may share it."""

    def __init__(self, words: WordList) -> None:
        self._words = words

    @classmethod
    def build(cls, names: Iterable[KnownName], words: Mapping[str, int], ordinary: Iterable[str] = ()) -> Self:
        """Return a speller.

        Args:
            names: names, which are never rewritten, nor is any word of them.
            words: unstemmed, folded words of all texts, and how often each is there.
            ordinary: words of everyday language, in no text perhaps; they are never rewritten, and never offered.
        """
        return cls(WordList.build(names, words, ordinary))

    @property
    def words(self) -> WordList:
        """The names and words that are chosen from."""
        return self._words

    def save(self, directory: Path) -> None:
        """Write everything into a new directory."""
        self._words.save(directory)

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Map what `save` wrote.

        Raises:
            OSError: when a file is missing.
        """
        return cls(WordList.load(directory))

    def knows(self, word: str) -> bool:
        """Whether this is a word of a name or of the texts, which is never corrected."""
        return self._words.knows(word)

    def candidates(self, word: str, limit: int = 3) -> tuple[Candidate, ...]:
        """Return what may have been meant by one word, the best first; nothing for a word that is known."""
        return tuple(guess.candidate for guess in self._guesses(fold(word))[:limit])

    def correct(self, words: Sequence[str]) -> Correction | None:
        """Correct the words of a query, in order; also where blanks are missing or too many.

        Returns:
            None when there is nothing to correct, or no idea how.
        """
        corrected: list[str] = []
        replacements = []
        place = 0
        while place < len(words):
            replacement = self._replacement(words[place : place + MAX_SPAN])
            if replacement:
                replacements.append(replacement)
                corrected.extend(replacement.words)
                place += len(replacement.typed)
            else:
                corrected.append(words[place])
                place += 1
        return Correction(tuple(corrected), tuple(replacements)) if replacements else None

    def _replacement(self, words: Sequence[str]) -> Replacement | None:
        """Return what may stand for the first of these words, or for as many of them as make a name or a word."""
        folded = [fold(word) for word in words]
        for end in range(len(words), 0, -1):
            guesses = self._joined(folded[:end]) if end > 1 else self._guesses(folded[0])
            if guesses:
                ambiguous = _ambiguous("".join(folded[:end]), guesses)
                typed = tuple(words[:end])
                return Replacement(
                    typed=typed,
                    words=typed if ambiguous else tuple(guesses[0].folded.split()),
                    candidates=tuple(guess.candidate for guess in guesses[:3]),
                    ambiguous=ambiguous,
                )
        return None

    def _guesses(self, word: str) -> list[_Guess]:
        if len(word) < MIN_LETTERS or self._settled(word):
            return []
        found = self._near(word)
        if self._words.is_rare(word):
            found = {p: d for p, d in found.items() if d == 1 and self._words.count(p) >= _FREQUENT}
            return self._ranked(word, found)
        return sorted([*self._ranked(word, found), *self._split(word)], key=_best_first)

    def _joined(self, words: Sequence[str]) -> list[_Guess]:
        """Return what words make when the blanks between them are ignored: exactly, or nearly a name of several words.

        At least one of them is unknown. Nearly, only words of four letters and more may differ: for `vitamin xx` there
        is nothing to offer.
        """
        unknown = [word for word in words if not self._settled(word)]
        key = "".join(words)
        if not unknown or len(key) < MIN_LETTERS:
            return []
        place = self._words.place(key)
        if place is not None:
            return self._ranked(key, {place: 0})
        if min(map(len, unknown)) < MIN_LETTERS:
            return []
        kept = set(words) - set(unknown)
        limit = min(map(_limit, unknown))
        return self._ranked(
            key,
            {p: d for p, d in self._near(key).items() if d <= limit and kept < set(self._words.folded(p).split())},
        )

    def _settled(self, word: str) -> bool:
        return word in STOP_WORDS or _has_digit(word) or self.knows(word)

    def _near(self, word: str) -> dict[int, int]:
        """Return the places of the keys that are near, with their distances."""
        limit = _limit(word)
        keys = self._words.keys
        start, end = self._words.between(word[0], len(word) - limit, len(word) + limit)
        near = process.extract(word, keys[start:end], scorer=OSA.distance, score_cutoff=limit, limit=None)
        found = {start + place: int(distance) for _, distance, place in near if not _has_digit(keys[start + place])}
        return {**dict(self._sounding(word)), **found}

    def _sounding(self, word: str) -> Iterator[tuple[int, int]]:
        """Yield the places of the keys that sound the same and are near, with their distances."""
        sound = sound_key(word)
        limit = SOUND_DISTANCE if _limit(word) == MAX_DISTANCE and len(sound) > 2 else _limit(word)
        for place in self._words.sounding(sound):
            distance = OSA.distance(word, self._words.keys[place], score_cutoff=limit)
            if distance <= limit:
                yield place, distance

    def _ranked(self, word: str, found: Mapping[int, int]) -> list[_Guess]:
        """Return places as guesses, the best first."""
        nearest = nlargest(_RANKED, found, key=lambda p: _score(KEYBOARD * found[p], self._words.likelihood(p)))
        return sorted((self._guess(word, place, found[place]) for place in nearest), key=_best_first)

    def _guess(self, word: str, place: int, distance: int) -> _Guess:
        words = self._words
        entry = words.entry(place)
        cost = slip_cost(word, words.keys[place])
        candidate = Candidate(entry.text, entry.purpose, distance, _score(cost, words.likelihood(place)))
        return _Guess(candidate, entry.folded, cost, words.is_name(place))

    def _split(self, word: str) -> Iterator[_Guess]:
        """Yield the best way to read a word as two frequent words with the blank left out.

        How likely two words are to meet is the product of how likely each is: a sum, on the scale of logarithms.
        """
        cuts = [(word[:cut], word[cut:]) for cut in range(3, len(word) - 2)]
        found = [(sum(map(self._sureness, cut)) - 1, " ".join(cut)) for cut in cuts if all(map(self._sureness, cut))]
        for likelihood, text in nlargest(1, found):
            yield _Guess(Candidate(text, "", 1, _score(USUAL, likelihood)), text, USUAL, False)

    def _sureness(self, part: str) -> float:
        """Return how likely a part of a split word is; 0 for one that is not frequent."""
        place = self._words.place(part)
        if place is None or part in STOP_WORDS or self._words.occurrences(place) < _FREQUENT:
            return 0.0
        return self._words.likelihood(place)


def _best_first(guess: _Guess) -> tuple[float, str]:
    return -guess.candidate.score, guess.folded


def _score(cost: float, likelihood: float) -> float:
    """Return 1 for the most likely word without a slip, 0 for the rarest with the worst."""
    return max(0.0, 1 - (cost + _RARITY * (1 - likelihood)) / (SOUND_DISTANCE + _RARITY))


def _ambiguous(typed: str, guesses: Sequence[_Guess]) -> bool:
    """Whether the reader must choose: the best only sounds the same, took many slips, or is a name with a rival."""
    best = guesses[0]
    if best.candidate.distance > MAX_DISTANCE or best.cost * _LETTERS_A_SLIP > len(typed):
        return True
    return best.is_name and any(_rivals(best, guess) for guess in guesses)


def _rivals(best: _Guess, other: _Guess) -> bool:
    """Whether another name is as near as the best one, and not the same in another form."""
    return other.is_name and other.cost <= best.cost + _MARGIN and stem(other.folded) != stem(best.folded)


def _limit(word: str) -> int:
    """Return how many edits away a word may be."""
    return 1 if len(word) < 6 else MAX_DISTANCE


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))
