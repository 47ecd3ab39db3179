"""What a build learns of words: the thesaurus and the speller of a generation."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from healthlib.content.authored import AuthoredPage
from healthlib.content.drug import Drug
from healthlib.content.library import Library
from healthlib.content.model import Condition, DrugClass, SideEffect
from healthlib.content.pagetypes import PageType
from healthlib.content.published import Page
from healthlib.content.store import Store
from healthlib.content.vocabulary import Pair, Vocabulary
from healthlib.search.analysis import folded, name_key
from healthlib.search.corrections import KnownName, Speller
from healthlib.search.lexicon import Texts
from healthlib.search.suggestions import Name, write_suggester
from healthlib.search.thesaurus import Thesaurus

# A name of a page of ours is what a reader means more often than a name that we only know of.
_OWN, _OUTSIDE = 1.0, 0.3
# More uses make the line that asks "did you mean" too long to read.
_USES_SHOWN = 3


def pages_of(store: Store) -> Iterator[Page]:
    """Yield every page of a store, one at a time, in the order of the index."""
    for url, _ in store.addresses():
        if page := store.page(url):
            yield page


def texts_of(page: Page) -> Iterator[tuple[str, ...]]:
    """Yield every text of a page, in the pieces that it is indexed in."""
    yield from ((text,) for text in (page.title, *page.names, *page.aliases, page.summary))
    yield from ((section.heading, section.text) for section in page.all_sections())


def write_language(
    library: Library, texts: Texts, vocabulary: Vocabulary, thesaurus_path: Path, speller_path: Path
) -> None:
    """Write the thesaurus and the speller."""
    Thesaurus.build(vocabulary, _own(library)).save(thesaurus_path)
    counts: Counter[str] = Counter()
    for word, count in texts.counts():
        counts[folded(word)] += count
    purposes = {name_key(name): purpose for pair in vocabulary.look_alikes for name, purpose in pair.both}
    names = [name for page in library.live() for name in _names(page, library, purposes)]
    names += _outside_names(vocabulary)
    Speller.build(names, counts, ordinary_words(vocabulary)).save(speller_path)


def ordinary_words(vocabulary: Vocabulary) -> Iterator[str]:
    """Yield words of everyday English and Hindi: "calling" is no misspelt "calming"."""
    yield from vocabulary.english_words
    yield from vocabulary.question_words
    yield from (pair.term for pair in (*vocabulary.lay, *vocabulary.hindi))


def write_suggestions(pages: Iterable[AuthoredPage], directory: Path) -> None:
    """Write the names that are suggested while a reader types: titles, names and aliases of every page but people's."""
    names = []
    for page in pages:
        if page.type is not PageType.PERSON:
            title = page.meta.title
            for text in dict.fromkeys((title, *page.meta.names[1:], *page.meta.aliases)):
                names.append(Name(text, title if text != title else "", page.url, page.type))
    write_suggester(directory, names)


def _outside_names(vocabulary: Vocabulary) -> Iterator[KnownName]:
    """Yield names that we know but have no page on: none of them is ever taken for a misspelling.

    Of a name that is there more than once the first counts, so what says most of it comes first.
    """
    for two in vocabulary.look_alikes:
        yield from (KnownName(name, purpose, _OUTSIDE) for name, purpose in two.both)
    for pair in sorted(vocabulary.brands, key=lambda pair: pair.meaning.count(" + ")):
        yield KnownName(pair.term, f"a brand of {pair.meaning}", _OUTSIDE)
        substances = pair.meaning.split(" + ")
        purpose = f"a medicine {'sold as' if len(substances) == 1 else 'in'} {pair.term}"
        yield from (KnownName(substance, purpose, _OUTSIDE) for substance in substances)
    for pair in vocabulary.conditions:
        yield from (KnownName(name, "a condition", _OUTSIDE) for name in (pair.term, pair.meaning))


def _own(library: Library) -> Iterator[Pair]:
    """Yield each name and alias of a page's subject with its first name: Kesimpta is ofatumumab."""
    for page in library.live():
        meta = page.meta
        if isinstance(meta, Drug | Condition | SideEffect | DrugClass):
            yield from (Pair(other, meta.name) for other in (*meta.names, *meta.aliases))


def _names(page: AuthoredPage, library: Library, purposes: Mapping[str, str]) -> Iterator[KnownName]:
    """Yield the names of a page's subject, each with what it is; titles of articles are no names."""
    meta = page.meta
    if isinstance(meta, Drug):
        yield KnownName(meta.name, purposes.get(name_key(meta.name)) or _purpose(meta, library), _OWN)
        yield from (KnownName(brand, f"a brand of {meta.name}", _OWN) for brand in meta.brands)
    elif isinstance(meta, Condition):
        yield KnownName(meta.name, "a condition", _OWN)
    elif isinstance(meta, SideEffect):
        yield from (KnownName(name, "a side effect", _OWN) for name in meta.names)
    elif isinstance(meta, DrugClass):
        yield KnownName(meta.name, "a group of medicines", _OWN)
    if isinstance(meta, Drug | Condition | SideEffect | DrugClass):
        yield from (KnownName(alias, f"another name of {meta.name}", _OWN) for alias in meta.aliases)


def _purpose(drug: Drug, library: Library) -> str:
    """Return what a medicine is: from the conditions it is used for or, where none has a page, from its group."""
    slugs = dict.fromkeys(use.condition for product in drug.products for use in product.indications if use.condition)
    conditions = _named(library, "conditions", slugs)[:_USES_SHOWN]
    if conditions:
        return f"a medicine for {_either(conditions)}"
    return f"a medicine of the group {_named(library, 'classes', drug.classes)[0]}"


def _named(library: Library, folder: str, slugs: Iterable[str]) -> list[str]:
    pages = (library.find(folder, slug) for slug in slugs)
    return [page.meta.name for page in pages if page and isinstance(page.meta, Condition | DrugClass)]


def _either(names: list[str]) -> str:
    """Return "a", "a or b", "a, b or c"."""
    return " or ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
