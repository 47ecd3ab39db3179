"""A rules: a page that everyone can use, whatever they read it with (WCAG 2.2)."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it.token import Token

from healthlib.content.authored import BODY, AuthoredPage
from healthlib.content.faults import Fault
from healthlib.content.frontmatter import Loc
from healthlib.content.markdown import plain

# Link texts that say nothing to those who hear a page's links read out one after another.
EMPTY_WORDS = re.compile(
    r"(?:click |tap |see |read )?(?:here|this|more|(?:this )?(?:page|link|article))|(?:learn|find out) more",
    re.IGNORECASE,
)
DEVANAGARI = re.compile(r"[\u0900-\u097f]+")
# Fields that are printed as they stand, in the language of the page.
ALIKE = frozenset({"title", "name", "medical_name", "summary"})
_NAMING = ("heading_close", "paragraph_close")


def check_page(page: AuthoredPage) -> Iterator[Fault]:
    """Yield every fault of access of one page."""
    for loc, tokens in page.parsed:
        yield from _headings(page, loc, tokens)
        yield from _tables(page, tokens)
        yield from _images_and_links(page, tokens)
    yield from _languages(page)


def _line(token: Token, fallback: int) -> int:
    return token.map[0] if token.map else fallback


def _headings(page: AuthoredPage, loc: Loc, tokens: Sequence[Token]) -> Iterator[Fault]:
    """The page's title is its h1, sections are h2; texts of the front matter stand inside a section."""
    above = 1
    for token in tokens:
        # A heading inside a card has the card's level, whatever the author wrote.
        if token.type != "heading_open" or token.level:
            continue
        level, line = int(token.tag[1]), _line(token, page.body_line)
        if loc != BODY:
            yield page.on(line).fault("A501", "there is a heading inside a field.", "Use a paragraph or a list.")
        elif level == 1:
            yield page.on(line).fault("A501", "the title is the page's only `#` heading.", "Begin with `##`.")
        elif level > above + 1:
            yield page.on(line).fault(
                "A501", f"a heading of level {level} follows one of level {above}.", "Skip no level."
            )
        above = level


def _tables(page: AuthoredPage, tokens: Sequence[Token]) -> Iterator[Fault]:
    for before, token in pairwise([Token("start", "", 0), *tokens]):
        if token.type == "table_open" and before.type not in _NAMING:
            yield page.on(_line(token, page.body_line)).fault(
                "A503", "nothing says what the table shows.", "Put a sentence or a heading right above it."
            )
    for opening, inline in pairwise(tokens):
        if opening.type == "th_open" and not inline.content.strip():
            yield page.on(_line(inline, page.body_line)).fault(
                "A503", "a column of the table has no heading.", "Every column needs one."
            )


def _images_and_links(page: AuthoredPage, tokens: Sequence[Token]) -> Iterator[Fault]:
    for token in tokens:
        children = token.children or []
        for at, child in enumerate(children):
            if child.type == "image" and not child.content.strip():
                yield page.on(_line(token, page.body_line)).fault(
                    "A502", "an image has no words for those who cannot see it.", "Write `![what it shows](/path)`."
                )
            elif child.type == "link_open":
                words = _words_of_link(children[at:])
                if not words or EMPTY_WORDS.fullmatch(words) or words.startswith(("http", "www.", "/")):
                    yield page.on(_line(token, page.body_line)).fault(
                        "A504", f"the link `{words}` does not say where it leads.", "Use the title of its page."
                    )


def _words_of_link(children: Sequence[Token]) -> str:
    end = next(at for at, child in enumerate(children) if child.type == "link_close")
    inside = Token("inline", "", 0)
    inside.children = list(children[1:end])
    return plain([inside]).strip(" .!")


def _languages(page: AuthoredPage) -> Iterator[Fault]:
    if page.meta.lang != "en":
        return
    for text in page.front.texts():
        if text.field in ALIKE and (match := DEVANAGARI.search(text.text)):
            yield page.on(text.line).fault(
                "A505",
                f"`{match[0]}` would be read out as English here.",
                "Put it into `aliases` or a text, where the language of Hindi is marked.",
            )
