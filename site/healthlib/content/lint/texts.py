"""Every text of a page in one shape for the rules, wherever the author wrote it."""

from collections.abc import Iterator

from healthlib.content.authored import AuthoredPage
from healthlib.content.drug import Drug
from healthlib.content.frontmatter import TextAt
from healthlib.content.markdown import Block, blocks, cited_ids, parse


def body_blocks(page: AuthoredPage) -> Iterator[Block]:
    """Yield paragraphs, items and rows of the body."""
    for chunk in page.chunks:
        for part in chunk.parts:
            if isinstance(part, list):
                yield from blocks(part)


def front_blocks(page: AuthoredPage) -> Iterator[tuple[TextAt, Block]]:
    """Yield paragraphs, items and rows of front-matter texts, each with the text it is part of.

    A side-effect row counts as cited, because its `source` is required.
    """
    for text in page.texts():
        in_row = "side_effects" in text.loc
        for block in blocks(parse(text.text, text.line)):
            yield text, Block(block.text, block.line, block.cited or in_row)


def blocks_of(page: AuthoredPage) -> Iterator[Block]:
    """Yield every paragraph, item and row of a page."""
    yield from (block for _, block in front_blocks(page))
    yield from body_blocks(page)


def citations_of(page: AuthoredPage) -> Iterator[tuple[str, int]]:
    """Yield (source id, line) of every citation, side-effect rows included."""
    for text in page.texts():
        yield from ((source_id, text.line) for source_id in cited_ids(text.text))
    for number, line in enumerate(page.body.split("\n"), page.body_line):
        yield from ((source_id, number) for source_id in cited_ids(line))
    if isinstance(page.meta, Drug):
        for number, product in enumerate(page.meta.products):
            for row_number, row in enumerate(product.side_effects):
                yield row.source, page.front.line(("products", number, "side_effects", row_number, "source"))
