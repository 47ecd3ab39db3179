"""Medical words in plain words, and links to them from the first place where a page uses one."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from markdown_it.token import Token

from healthlib.content.faults import Fault, Place
from healthlib.content.names import fold, slugify
from healthlib.content.vocabulary import rows

PATH = "/glossary/"
FILE = "glossary.tsv"
MOST_WORDS = 30
_NO_FORMS = "-"
_WORD = re.compile(r"\w+")
_GOES_ON = re.compile(r"\w|[-‑]\w")
# Headings stay what they are, tables hold figures, and nobody in danger is sent to another page.
_UNLINKED = ("heading", "table", "container_emergency", "container_urgent")


@dataclass(frozen=True)
class Term:
    """A medical word in the forms that pages use, what it means, and the id of the source that says so."""

    name: str
    forms: tuple[str, ...]
    text: str
    source: str
    place: Place

    @property
    def slug(self) -> str:
        """Its anchor on the glossary's page."""
        return slugify(self.name)


class Glossary:
    """All terms."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self.terms = tuple(sorted(terms, key=lambda term: fold(term.name)))

    @cached_property
    def forms(self) -> Mapping[str, Sequence[tuple[str, Term]]]:
        """Every form and its term by the form's first word, folded; the longest first."""
        found: dict[str, list[tuple[str, Term]]] = {}
        for term in self.terms:
            for form in (term.name, *term.forms):
                found.setdefault(_WORD.findall(form)[0].casefold(), []).append((form, term))
        return {word: sorted(forms, key=lambda form: -len(form[0])) for word, forms in found.items()}

    def links(self, own_names: Iterable[str]) -> "TermLinks":
        """Return what links the terms of one page; those that it is called by itself stay as they are."""
        own = {fold(name) for name in own_names}
        taken = {term.slug for term in self.terms if own & {fold(form) for form in (term.name, *term.forms)}}
        return TermLinks(self, taken)


class TermLinks:
    """Links the first use of each term in the texts of one page; call it in the order of the page."""

    def __init__(self, glossary: Glossary, taken: set[str]) -> None:
        self._forms = glossary.forms
        self._first_words = glossary.forms.keys()
        self._taken = taken

    def link(self, tokens: Sequence[Token]) -> list[Token]:
        """Return block tokens with links; those that were given stay as they are."""
        closed, linked = 0, list(tokens)
        for place, token in enumerate(tokens):
            if token.type.startswith(_UNLINKED):
                closed += token.nesting
            # Most texts have no word of a term: to find that out is much faster than to go through theirs.
            if token.type == "inline" and not closed and not self._first_words.isdisjoint(_words(token.content)):
                linked[place] = copy(token)
                linked[place].children = list(self._inline(token.children or []))
        return linked

    def _inline(self, children: Sequence[Token]) -> Iterator[Token]:
        in_link = 0
        for child in children:
            in_link += child.nesting if child.type.startswith("link_") else 0
            if child.type == "text" and not in_link:
                yield from self._text(child)
            else:
                yield child

    def _text(self, child: Token) -> Iterator[Token]:
        found = list(self._uses(child.content))
        if not found:
            yield child
            return
        ends = [(0, 0), *((start, end) for start, end, _ in found), (len(child.content), 0)]
        for ((_, before), (start, end)), use in zip(pairwise(ends), [*found, None], strict=True):
            yield _text(child.content[before:start])
            if use:
                yield Token("link_open", "a", 1, attrs={"class": "term", "href": f"{PATH}#{use[2].slug}"})
                yield _text(child.content[start:end])
                yield Token("link_close", "a", -1)

    def _uses(self, text: str) -> Iterator[tuple[int, int, Term]]:
        """Yield (start, end, term) of each term's first use."""
        past = 0
        for match in _WORD.finditer(text):
            for form, term in self._forms.get(match[0].casefold(), ()):
                start, end = match.start(), match.start() + len(form)
                if start >= past and term.slug not in self._taken and _stands(form, text, start, end):
                    self._taken.add(term.slug)
                    past = end
                    yield start, end, term
                    break


def _stands(form: str, text: str, start: int, end: int) -> bool:
    """Say whether a form stands in a text as words of its own; an abbreviation only in its capitals."""
    words = text[start:end]
    same = words == form if form[:2].isupper() else words.casefold() == form.casefold()
    return same and text[start - 1 : start] not in ("-", "‑") and not _GOES_ON.match(text, end)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def load_glossary(root: Path, faults: list[Fault]) -> Glossary:
    """Read the glossary of a content folder; one that is not there is empty. Wrong rows are added to the faults."""
    terms = [
        Term(name, () if forms == _NO_FORMS else tuple(form.strip() for form in forms.split(";")), text, source, place)
        for (name, forms, text, source), place in rows(root / "vocabulary" / FILE, 4, faults)
    ]
    return Glossary(terms)


def check(glossary: Glossary, sources: Iterable[str]) -> Iterator[Fault]:
    """Yield R006 for explanations that are long and words explained twice, P101 for sources that are not there."""
    known, owner = set(sources), dict[str, Term]()
    for term in glossary.terms:
        for form in (term.name, *term.forms):
            first = owner.setdefault(fold(form), term)
            if first is not term:
                yield term.place.fault("R006", f"`{form}` is explained in line {first.place.line} already.")
        if len(term.text.split()) > MOST_WORDS:
            yield term.place.fault("R006", f"the explanation has over {MOST_WORDS} words.", "Say it in one sentence.")
        if term.source not in known:
            yield term.place.fault("P101", f"the source `{term.source}` does not exist.")
