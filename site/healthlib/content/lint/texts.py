"""Every text of a page in one shape for the rules, wherever the author wrote it."""

from collections.abc import Iterator
from dataclasses import dataclass

from healthlib.content.authored import AuthoredPage
from healthlib.content.drug import Drug
from healthlib.content.frontmatter import Loc
from healthlib.content.markdown import Block

# Names and summaries are shown to readers, but hold no Markdown.
_SHOWN_PLAIN = ("title", "name", "medical_name", "summary", "summary_hi")


@dataclass(frozen=True)
class Piece:
    """A heading, paragraph, list item or table row, and the front-matter value it is part of (or the body)."""

    loc: Loc
    block: Block

    @property
    def text(self) -> str:
        """What readers read."""
        return self.block.text

    @property
    def line(self) -> int:
        """The line of the file."""
        return self.block.line

    @property
    def field(self) -> str:
        """The nearest field name."""
        return next(str(part) for part in reversed(self.loc) if isinstance(part, str))

    @property
    def cited(self) -> bool:
        """Whether it names its source; a side-effect row does, because its `source` is required."""
        return bool(self.block.cites) or "side_effects" in self.loc


def pieces(page: AuthoredPage) -> Iterator[Piece]:
    """Yield every piece of a page in the order of the file."""
    for text in page.front.texts():
        if text.loc in [(name,) for name in _SHOWN_PLAIN]:
            yield Piece(text.loc, Block(text.text, text.line))
    yield from (Piece(loc, block) for loc, block in page.blocks)


def citations_of(page: AuthoredPage) -> Iterator[tuple[str, int]]:
    """Yield (source id, line) of every citation, side-effect rows included."""
    for piece in pieces(page):
        yield from piece.block.cites
    if isinstance(page.meta, Drug):
        for number, product in enumerate(page.meta.products):
            for row_number, row in enumerate(product.side_effects):
                yield row.source, page.front.line(("products", number, "side_effects", row_number, "source"))
