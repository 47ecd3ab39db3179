"""Related searches: what a reader may want to look for next, worked out at build time from the pages alone.

No record of what people searched for is kept or used. Each name of a page has a list of searches: parts of the page
that readers ask for ("Kesimpta missed dose"), in turn with names of related pages. A query that names a page shows the
page's list; where that is short, names follow that several of the pages found first have in common.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice, zip_longest

from healthlib.content.authored import AuthoredPage
from healthlib.content.drug import Drug, Product
from healthlib.content.library import Library
from healthlib.content.model import Article, Condition, DrugClass, SideEffect
from healthlib.content.publish.cards import subject
from healthlib.search.analysis import STOP_WORDS, name_key, stem, words
from healthlib.search.thesaurus import Phrase, phrases_of

SHOWN = 6
# Names of related pages kept for a page, and parts of the page itself; more than are shown, as some repeat the query.
_RELATED, _PARTS = 6, 5
# Pages found first, and how many of them must agree on a name: a name of one page alone is often far from the query.
FIRST, AGREE = 5, 2

# Parts of a page that readers ask for, and the words that lead a search there: see content/vocabulary/intents.tsv.
# An overdose is left out: such a search must be a reader's own, and is answered by a warning.
_PARTS_OF_A_PRODUCT = (
    ("side_effects", "side effects"),
    ("missed_dose", "missed dose"),
    ("pregnancy", "pregnancy"),
    ("interactions", "with other medicines"),
)
_PARTS_OF_A_TEXT = (
    ("symptoms", "symptoms"),
    ("treatments", "treatment"),
    ("self-care", "what helps"),
    ("causes", "causes"),
    ("tests", "tests"),
    ("when-to-get-help", "when to get help"),
    ("prevention", "prevention"),
)


def owners(library: Library) -> dict[str, str]:
    """Return which page owns each folded name; of pages that share one, a page's first names go before aliases."""
    found: dict[str, str] = {}
    pages = sorted(library.live(), key=lambda page: page.url)
    for page in pages:
        for name in page.meta.names:
            found.setdefault(name_key(name), page.ref)
    for page in pages:
        for alias in page.meta.aliases:
            found.setdefault(name_key(alias), page.ref)
    return found


def searches_of(page: AuthoredPage, related: Sequence[AuthoredPage]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield (folded name, searches), then (address, names of the page and its related pages).

    Args:
        page: the page that the searches follow from.
        related: its related pages, best first.
    """
    names = tuple(_names_of(related))[:_RELATED]
    # Of names that are written alike the first stands, as a page's own name comes before its aliases.
    spelt = {name_key(name): name for name in reversed((*page.meta.names, *page.meta.aliases))}
    for key, name in spelt.items():
        parts = [f"{_shown(page, name)} {part}" for part in (*_parts(page, name), *_compared(page, related))]
        yield key, tuple(_in_turn((parts[:_PARTS], names)))
    yield page.url, (*_names_of([page]), *names)


def _names_of(related: Iterable[AuthoredPage]) -> Iterator[str]:
    """Yield what finds the pages: a subject's name, a comparison's first alias; other titles are too long to type."""
    for page in related:
        if page.meta.sensitive:
            continue
        if isinstance(page.meta, Drug | Condition | SideEffect | DrugClass):
            yield subject(page)
        elif isinstance(page.meta, Article) and page.meta.kind == "comparison":
            yield from page.meta.aliases[:1]


def _shown(page: AuthoredPage, name: str) -> str:
    """Return the name that a search is offered under: a brand or a doctor's word as asked for, an alias by its page."""
    if name == page.meta.title or name not in page.meta.names:
        return subject(page)
    return name


def _parts(page: AuthoredPage, name: str) -> Iterator[str]:
    """Yield the parts that a page has, by the words for them; of a brand, those of its own product."""
    if isinstance(page.meta, Drug):
        product = next((one for one in page.meta.products if name in one.brands), page.meta.products[0])
        yield from _parts_of_product(product)
    elif isinstance(page.meta, Condition | SideEffect):
        written = {chunk.id for chunk in page.chunks if chunk.parts}
        yield from (part for section, part in _PARTS_OF_A_TEXT if section in written)


def _parts_of_product(product: Product) -> Iterator[str]:
    return (part for field, part in _PARTS_OF_A_PRODUCT if getattr(product, field))


def _compared(page: AuthoredPage, related: Sequence[AuthoredPage]) -> Iterator[str]:
    """Yield "and apixaban": the closest medicine of the same class, to read about the two together."""
    if isinstance(page.meta, Drug):
        own = set(page.meta.classes)
        same = (other for other in related if isinstance(other.meta, Drug) and own & set(other.meta.classes))
        yield from (f"and {name}" for name in islice(_names_of(same), 1))


def related_searches(
    known: Mapping[str, Sequence[str]], name: str, meanings: Sequence[str], covered: Iterable[str], first: Sequence[str]
) -> tuple[str, ...]:
    """Return at most six searches that a reader may want next.

    Args:
        known: the searches that may follow, best first, by folded name and by address.
        name: the query as a folded name.
        meanings: what its words also mean, folded; asked where no word of the query is a name itself.
        covered: folded words that the query searched already; a search made of them alone would repeat it.
        first: addresses of the pages found first.
    """
    named = phrases_of(name.split())
    keys = (*(key for _, _, key in named), *meanings, *first)
    found = {key: known[key] for key in keys if key in known}
    of_names = list(_of_names(named, found)) or [found[key] for key in meanings if key in found]
    agreed = Counter(chain.from_iterable(found.get(url, ()) for url in first))
    stems = {stem(word) for word in covered}
    searches = dict.fromkeys((*_common_first(of_names), *(one for one, votes in agreed.items() if votes >= AGREE)))
    return tuple(islice((search for search in searches if not _stems(search) <= stems), SHOWN))


def _of_names(named: Iterable[Phrase], found: Mapping[str, Sequence[str]]) -> Iterator[Sequence[str]]:
    """Yield the searches of the names in a query, the longest name first; no word stands for two names."""
    taken: set[int] = set()
    for start, end, key in named:
        if key in found and taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            yield found[key]


def _common_first(lists: Sequence[Sequence[str]]) -> list[str]:
    """Return every search once: those in most lists first, otherwise the lists in turn."""
    counts = Counter(chain.from_iterable(lists))
    return sorted(dict.fromkeys(_in_turn(lists)), key=lambda search: -counts[search])


def _in_turn(lists: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the first of each list, then the second of each, ..."""
    return (search for group in zip_longest(*lists) for search in group if search is not None)


@lru_cache(maxsize=4096)
def _stems(search: str) -> frozenset[str]:
    return frozenset(stem(word.text) for word in words(search) if word.text not in STOP_WORDS)
