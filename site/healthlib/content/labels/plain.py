"""Labels as lines of text with tables set in columns of white space, one JSON record a line."""

import re
from collections.abc import Iterator

from healthlib.content.labels.label import Label, Statement, sentences, table_rows

_COLUMNS = re.compile(r"\s{2,}")
# A sentence with references such as "(  5.1  )" is set in columns too, but no row begins with so much text, unless the
# footnotes of its first cell were set into it.
_SUBJECT = 110
_COUNT_AND_SHARE = re.compile(r"\d[\d,]* \(<?\d")


def read_sections(record: dict[str, object], file: str) -> Label | None:
    """Return the label in a record `{"id": brand, "sections": [{"name", "text"}]}`, or None where it is none."""
    name, sections = record.get("id"), record.get("sections")
    if not isinstance(name, str) or not isinstance(sections, list):
        return None
    found: list[Statement] = []
    for section in sections:
        if isinstance(section, dict) and isinstance(text := section.get("text"), str):
            found.extend(statements(text))
    return Label(file, frozenset({name.casefold()}), tuple(dict.fromkeys(found)))


def statements(text: str) -> Iterator[Statement]:
    """Yield the table rows and sentences of a text."""
    table: list[list[str]] = []
    for line in text.split("\n"):
        cells = [cell for cell in _COLUMNS.split(line.strip()) if cell]
        if _is_row(cells):
            table.append(cells)
            continue
        if cells and len(cells[0]) > _SUBJECT:
            yield from table_rows(table)
            table = []
        yield from sentences(line)
    yield from table_rows(table)


def _is_row(cells: list[str]) -> bool:
    if len(cells) < 2 or any(cell in (")", "]", ",") or cell.endswith("(") for cell in cells):
        return False
    return len(cells[0]) <= _SUBJECT or bool(_COUNT_AND_SHARE.match(cells[1]))
