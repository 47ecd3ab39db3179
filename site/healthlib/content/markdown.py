"""Markdown as the library uses it: sections with ids, care cards, citations, and side-effect tables put in by name.

The text is parsed once with markdown-it-py; raw HTML is switched off, so what authors write cannot become markup.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.container import container_plugin

from healthlib.content.model import SLUG

CARE_CARDS = ("emergency", "urgent", "nonurgent", "warning", "do", "dont")

_CITATION = re.compile(rf"\[@({SLUG.pattern}(?:\s*;\s*@{SLUG.pattern})*)\]")
_SECTION_ID = re.compile(r"\s*\{#([^}]*)\}\s*$")
_DEVANAGARI = re.compile(r"[\u0900-\u097f]+(?: [\u0900-\u097f]+)*")
_SPACE_BEFORE_STOP = re.compile(r"\s+(?=[.,;:!?])")
_INCLUDE = re.compile(rf"^\{{\{{\s*side-effects\s+({SLUG.pattern})(?:\s+({SLUG.pattern}))?\s*\}}\}}$")


class Citations:
    """Numbers the sources of one page in the order of first use."""

    def __init__(self) -> None:
        self._uses: dict[str, int] = {}

    def cite(self, source_id: str) -> tuple[int, int]:
        """Count one more use of a source; return its number on the page and the number of this use, both from 1."""
        self._uses[source_id] = self._uses.get(source_id, 0) + 1
        return self.number(source_id), self._uses[source_id]

    def number(self, source_id: str) -> int:
        """Return the number of a source that has been cited."""
        return list(self._uses).index(source_id) + 1

    def uses(self) -> Iterator[tuple[str, int]]:
        """Yield (source id, number of uses) in the order of the numbers."""
        yield from self._uses.items()


@dataclass(frozen=True)
class Include:
    """A place where the side-effect tables of a medicine, or of one product of it, are put in."""

    drug: str
    product: str | None
    line: int


BlockKind = Literal["heading", "paragraph", "item", "row"]


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, list item or table row; `cites` holds (source id, line) of each citation."""

    text: str
    line: int
    cites: tuple[tuple[str, int], ...] = ()
    kind: BlockKind = "paragraph"


@dataclass
class Chunk:
    """What stands under one level-2 heading (or before the first): tokens and the includes between them."""

    id: str | None
    heading: str
    line: int
    parts: list[list[Token] | Include] = field(default_factory=list)

    def add(self, tokens: Sequence[Token]) -> None:
        """Append tokens to the last run of tokens."""
        if not self.parts or isinstance(self.parts[-1], Include):
            self.parts.append([])
        last = self.parts[-1]
        if isinstance(last, list):
            last.extend(tokens)


def citation_html(source_id: str, citations: Citations) -> str:
    """Return the superscript number that links a statement to its reference."""
    number, use = citations.cite(source_id)
    return (
        f'<sup class="cite"><a href="#ref-{number}" id="cite-{number}-{use}" '
        f'aria-label="Reference {number}">{number}</a></sup>'
    )


def _read_citation(state: StateInline, silent: bool) -> bool:
    match = _CITATION.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        # The number stands at its word, so that it never wraps to a line of its own.
        state.pending = state.pending.rstrip(" ")
        token = state.push("citation", "", 0)
        # Each id with the number of line breaks before it, so that a fault can name its line.
        ids = [(part[0], match[1].count("\n", 0, part.start())) for part in SLUG.finditer(match[1])]
        token.meta = {"ids": ids, "lines": match[1].count("\n")}
    state.pos = match.end()
    return True


def _render_words(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    """Mark words in Devanagari as Hindi, so that they are not read out as English (WCAG 3.1.2)."""
    return _DEVANAGARI.sub(r'<span lang="hi">\g<0></span>', escapeHtml(tokens[index].content))


def _render_citation(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, env: EnvType
) -> str:
    return "".join(citation_html(source_id, env["citations"]) for source_id, _ in tokens[index].meta["ids"])


def _render_care_card(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    token = tokens[index]
    kind = token.type.removeprefix("container_").rpartition("_")[0]
    return f'<section class="care {kind}">\n' if token.nesting == 1 else "</section>\n"


def _read_include(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    start, end = state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line]
    match = _INCLUDE.match(state.src[start:end].rstrip())
    if not match or state.level:
        return False
    if not silent:
        state.line = start_line + 1
        token = state.push("include", "", 0)
        token.meta = {"drug": match[1], "product": match[2]}
        token.map = [start_line, state.line]
    return True


def _make_parser() -> MarkdownIt:
    # No blocks of code: a health library needs none, and an indented line must not hide its text from the linter.
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["code", "fence"])
    parser.inline.ruler.before("link", "citation", _read_citation)
    parser.add_render_rule("citation", _render_citation)
    parser.add_render_rule("text", _render_words)
    parser.block.ruler.before("paragraph", "include", _read_include, {"alt": ["paragraph"]})
    for kind in CARE_CARDS:
        parser.use(container_plugin, kind, render=_render_care_card)
    return parser


_PARSER = _make_parser()


def parse(text: str, first_line: int = 1, card_level: int = 3) -> list[Token]:
    """Parse Markdown; the first paragraph of each care card becomes its heading, of level `card_level`."""
    tokens = _PARSER.parse(text)
    for before, token in pairwise(tokens):
        if token.type == "paragraph_open" and before.type in _CARD_OPENINGS:
            token.type, token.tag = "heading_open", f"h{card_level}"
            closing = next(late for late in tokens[tokens.index(token) :] if late.type == "paragraph_close")
            closing.type, closing.tag = "heading_close", f"h{card_level}"
    for token in tokens:
        if token.map:
            token.map = [line + first_line for line in token.map]
        if token.type in ("th_open", "td_open"):
            # Alignment comes as a style attribute, which the content security policy forbids.
            token.attrs.pop("style", None)
        if token.type == "th_open":
            token.attrs["scope"] = "col"
    return tokens


_CARD_OPENINGS = {f"container_{kind}_open" for kind in CARE_CARDS}


def render(tokens: Sequence[Token], citations: Citations) -> str:
    """Return the HTML of block tokens, numbering citations as they come."""
    return str(_PARSER.renderer.render(tokens, _PARSER.options, {"citations": citations}))


def render_text(text: str, citations: Citations, card_level: int = 4) -> str:
    """Return the HTML of a Markdown text with blocks (paragraphs, lists, care cards)."""
    return render(parse(text, card_level=card_level), citations)


def render_inline(text: str, citations: Citations) -> str:
    """Return the HTML of a Markdown text of one line, without a paragraph around it."""
    return str(_PARSER.renderer.render(_PARSER.parseInline(text), _PARSER.options, {"citations": citations}))


def chunks(text: str, first_line: int = 1) -> list[Chunk]:
    """Split a body at its level-2 headings."""
    found = [Chunk(None, "", first_line)]
    tokens = parse(text, first_line)
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0:
            found.append(_new_chunk(tokens[position + 1]))
            position += 3
            continue
        if token.type == "include" and token.map:
            found[-1].parts.append(Include(token.meta["drug"], token.meta["product"], token.map[0]))
        else:
            found[-1].add([token])
        position += 1
    return found if found[0].parts else found[1:]


def _new_chunk(inline: Token) -> Chunk:
    match = _SECTION_ID.search(inline.content)
    heading = inline.content[: match.start()] if match else inline.content
    line = inline.map[0] if inline.map else 0
    return Chunk(match[1] if match else None, heading.strip(), line)


def plain(tokens: Sequence[Token]) -> str:
    """Return what a reader reads in block tokens, without citation numbers."""
    return "\n".join(_inline_text(token) for token in tokens if token.type == "inline")


def _inline_text(token: Token) -> str:
    texts = (
        child.content if child.type in ("text", "code_inline") else " " if "break" in child.type else ""
        for child in token.children or ()
    )
    # A citation before a full stop leaves its space behind.
    return _SPACE_BEFORE_STOP.sub("", "".join(texts)).strip()


def blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    """Yield the smallest pieces that a citation belongs to: headings, paragraphs, list items and table rows."""
    row: list[Token] | None = None
    row_line = 0
    for before, token in pairwise([*tokens[:1], *tokens]):
        if token.type == "tr_open":
            row, row_line = [], token.map[0] if token.map else 0
        elif token.type == "tr_close" and row:
            yield _block(row, row_line, "row")
            row = None
        elif token.type == "inline":
            if row is None:
                kind: BlockKind = "item" if token.level > 1 and before.hidden else "paragraph"
                kind = "heading" if before.type == "heading_open" else kind
                yield _block([token], token.map[0] if token.map else 0, kind)
            else:
                row.append(token)


def _block(inlines: Sequence[Token], line: int, kind: BlockKind) -> Block:
    cites = tuple(cite for token in inlines for cite in _cites(token, line))
    return Block(" ".join(_inline_text(token) for token in inlines), line, cites, kind)


def _cites(inline: Token, line: int) -> Iterator[tuple[str, int]]:
    for child in inline.children or ():
        if child.type == "citation":
            yield from ((source_id, line + below) for source_id, below in child.meta["ids"])
            line += child.meta["lines"]
        line += "break" in child.type


def links(tokens: Sequence[Token]) -> Iterator[tuple[str, int]]:
    """Yield (address, line) of every link and image."""
    line = 0
    for token in tokens:
        line = at = token.map[0] if token.map else line
        for child in token.children or ():
            if child.type in ("link_open", "image"):
                yield str(child.attrGet("href") or child.attrGet("src") or ""), at
            at += "break" in child.type


def emergency_cards(tokens: Sequence[Token]) -> Iterator[tuple[int, str, bool]]:
    """Yield (line, heading, whether it has a link) of every emergency card."""
    starts = [at for at, token in enumerate(tokens) if token.type == "container_emergency_open"]
    for start in starts:
        opening = tokens[start]
        end = next(at for at in range(start, len(tokens)) if tokens[at].type == "container_emergency_close")
        headed = tokens[start + 1].type == "heading_open"
        heading = _inline_text(tokens[start + 2]) if headed else ""
        yield opening.map[0] if opening.map else 0, heading, any(links(tokens[start:end]))


def text_html(text: str) -> str:
    """Return plain text safe to stand in HTML."""
    return escape(text, quote=True)
