"""What the library covers and what it lacks: kinds of pages, orphans, missing pages, reviews due, reading grades."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from types import MappingProxyType

from healthlib.content.authored import AuthoredPage
from healthlib.content.library import Library
from healthlib.content.lint.plain_words import reading_grade
from healthlib.content.lint.texts import pieces
from healthlib.content.markdown import links
from healthlib.content.model import Signed
from healthlib.content.names import fold
from healthlib.content.pagetypes import PageType
from healthlib.content.publish.relations import LEAST, NEW, Relations
from healthlib.content.published import Card
from healthlib.content.vocabulary import Vocabulary

# Kinds of pages that are about something; the others are reached from the footer or from a byline.
SUBJECTS = tuple(kind for kind in PageType if kind not in (PageType.PERSON, PageType.INFO))
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
# A name of the vocabulary with fewer letters is a word of many meanings ("MS", "TB", "ants").
_LETTERS, _WORDS = 5, 5


Related = Mapping[str, Sequence[Card]]
_NOT_BUILT: Related = MappingProxyType({})


@dataclass(frozen=True)
class Due:
    """A page whose review is due: in `days` days, or so many days ago where that is negative."""

    path: str
    review_due: date
    days: int


@dataclass(frozen=True)
class Grades:
    """Reading grades of the pages of one kind."""

    median: float
    highest: float
    above: int


@dataclass(frozen=True)
class Coverage:
    """The whole report. Pages are named by their files, things without a page by name with the number of pages."""

    pages: dict[str, int]
    orphans: tuple[str, ...]
    without_page: dict[str, int]
    few_related: dict[str, int]
    due: tuple[Due, ...]
    grades: dict[str, Grades]


def coverage(
    library: Library, vocabulary: Vocabulary, today: date, within: timedelta, built: Related = _NOT_BUILT
) -> Coverage:
    """Look the whole library over.

    Args:
        library: the authored pages; drafts and retired pages are left out of everything but the links.
        vocabulary: names that texts are looked through for.
        today: the day that reviews are due from.
        within: how long before its day a review counts as due.
        built: for each address the related pages of a build, which weighs how close texts are; where there are none,
            only what pages are about is weighed.
    """
    return Coverage(
        pages={kind.value: count for kind in PageType if (count := sum(1 for _ in library.live(kind)))},
        orphans=tuple(str(page.path) for page in orphans(library)),
        without_page=dict(without_page(library, vocabulary)),
        few_related=dict(few_related(library, built)),
        due=tuple(due(library, today, within)),
        grades=_grades(library),
    )


def due(library: Library, today: date, within: timedelta) -> list[Due]:
    """Return pages whose review is due, the most urgent first."""
    found = [
        Due(str(page.path), page.meta.review_due, (page.meta.review_due - today).days)
        for page in library.live()
        if isinstance(page.meta, Signed) and page.meta.review_due <= today + within
    ]
    return sorted(found, key=lambda one: (one.review_due, one.path))


def orphans(library: Library) -> Iterator[AuthoredPage]:
    """Yield pages that no other page links to, names or is named by; being of a topic is no tie."""
    tied = {ref for page in library.live() for ref in _ties(page, library)}
    return (page for page in library.live(*SUBJECTS) if page.ref not in tied)


def _ties(page: AuthoredPage, library: Library) -> Iterator[str]:
    """Yield pages that a page ties to the rest: whatever it leads to, and itself where another page lists it."""
    by_url = {other.url: other.ref for other in library.live()}
    led_to = {by_url.get(href.partition("#")[0]) for _, tokens in page.parsed for href, _ in links(tokens)}
    led_to |= {f"medicines/{include.drug}" for include in page.includes()} | set(page.meta.related)
    named = {f"{folder}/{slug}" for folder, slug in page.meta.about()}
    yield from (ref for ref in led_to | named if ref and ref != page.ref)
    if any(ref != page.ref and not ref.startswith("topics/") and library.ref(ref) for ref in named):
        yield page.ref


def few_related(library: Library, built: Related = _NOT_BUILT) -> Iterator[tuple[str, int]]:
    """Yield (file, number) of pages with fewer than three related pages for a true reason: being new is none."""
    relations = Relations(library)
    for page in library.live(*SUBJECTS):
        cards = built[page.url] if page.url in built else relations.cards(page)
        found = sum(card.why != NEW for card in cards)
        if found < LEAST:
            yield str(page.path), found


def without_page(library: Library, vocabulary: Vocabulary) -> list[tuple[str, int]]:
    """Return names of the vocabulary that texts print and no page is about, those of the most pages first."""
    own = {fold(name) for page in library.live() for name in (*page.meta.names, *page.meta.aliases)}
    names = _entities(vocabulary, own)
    printed: Counter[str] = Counter()
    for page in library.live(*SUBJECTS):
        printed.update({names[phrase] for phrase in _phrases(page) if phrase in names})
    return sorted(printed.items(), key=lambda pair: (-pair[1], pair[0]))


def _entities(vocabulary: Vocabulary, own: set[str]) -> dict[str, str]:
    """Return the folded names that texts are looked through for, each with the name of its thing."""
    common = {fold(word) for word in vocabulary.english_words}
    found: dict[str, str] = {}
    for pair in (*vocabulary.brands, *vocabulary.conditions):
        meaning = fold(pair.meaning)
        if meaning in own or fold(pair.term) in own:
            continue
        for name in (fold(pair.term), meaning):
            if len(name) >= _LETTERS and name not in common and name not in own:
                found.setdefault(name, meaning)
    return found


def _phrases(page: AuthoredPage) -> Iterable[str]:
    for piece in pieces(page):
        words = _WORD.findall(fold(piece.text))
        for start in range(len(words)):
            for end in range(start + 1, min(start + _WORDS, len(words)) + 1):
                yield " ".join(words[start:end])


def _grades(library: Library) -> dict[str, Grades]:
    found: dict[str, list[float]] = defaultdict(list)
    for page in library.live():
        if (level := reading_grade(page)) is not None:
            found[page.type.value].append(level)
    return {
        kind: Grades(round(median(levels), 1), round(max(levels), 1), sum(level > 8 for level in levels))
        for kind, levels in found.items()
    }
