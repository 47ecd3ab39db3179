"""Labels in markup: DailyMed's SPL (Structured Product Labeling, HL7), and the tables inside openFDA records.

The forgiving parser of the standard library is used on purpose: openFDA's tables are cut out of the XML and not always
whole, and it knows no external entities.
"""

import re
from html.parser import HTMLParser

from healthlib.content.labels.label import Label, Row, Sentence, Statement, sentences, table_rows

# LOINC code of the section on clinical studies: its tables print what a medicine does, not what it does wrong.
_STUDIES = "34092-7"
_BLOCKS = frozenset(
    {"name", "paragraph", "item", "title", "caption", "text", "section", "list", "br", "td", "th", "p", "li"}
)
_TAG = re.compile(r"<[^>]*>")


class MarkupReader(HTMLParser):
    """Gathers sentences, table rows and the names of what is sold."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.set_id: str | None = None
        self.date = ""
        self.version = 0
        self.names: set[str] = set()
        self.statements: list[Statement] = []
        self._open: list[str] = []
        self._text: list[str] = []
        self._table: list[list[str]] | None = None
        self._silent_section = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element."""
        self._identify(tag, {name: value or "" for name, value in attrs})
        if tag in _BLOCKS and not self._in_cell():
            self._flush()
        if tag == "table":
            self._table = []
        elif tag == "tr" and self._table is not None:
            self._table.append([])
        elif tag == "br":
            self._text.append(" ")
            return
        self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read an element with nothing in it."""
        self.handle_starttag(tag, attrs)
        if tag != "br":
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag in ("td", "th") and self._table:
            self._table[-1].append(self._taken())
        elif tag == "table" and self._table is not None:
            if not self._silent_section:
                self.statements.extend(table_rows(self._table))
            self._table = None
        elif tag == "name" and self._open[-2:-1] in (["manufacturedproduct"], ["manufacturedmedicine"]):
            self.names.add(self._taken())
        elif tag in _BLOCKS and not self._in_cell():
            self._flush()
        self._leave(tag)

    def handle_data(self, data: str) -> None:
        """Take text; that of footnotes belongs to no cell."""
        if "footnote" not in self._open:
            self._text.append(data)

    def close(self) -> None:
        """Take what is left."""
        super().close()
        self._flush()

    def _identify(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "setid" and self.set_id is None:
            self.set_id = attributes.get("root", "").lower() or None
        elif tag == "effectivetime" and not self.date:
            self.date = attributes.get("value", "")
        elif tag == "versionnumber" and not self.version and attributes.get("value", "").isdigit():
            self.version = int(attributes["value"])
        elif tag == "code" and attributes.get("code") == _STUDIES and not self._silent_section:
            self._silent_section = self._open.count("section")

    def _leave(self, tag: str) -> None:
        if tag == "section" and self._open.count("section") == self._silent_section:
            self._silent_section = 0
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def _in_cell(self) -> bool:
        return self._table is not None and ("td" in self._open or "th" in self._open)

    def _taken(self) -> str:
        text = " ".join("".join(self._text).split())
        self._text.clear()
        return text

    def _flush(self) -> None:
        text = _TAG.sub(" ", self._taken())
        if text and not self._silent_section:
            self.statements.extend(sentences(text))


def read_tables(markup: str) -> list[Row | Sentence]:
    """Return the rows (and captions) of a table in SPL markup."""
    reader = MarkupReader()
    reader.feed(markup)
    reader.close()
    return reader.statements


def read_spl(text: str, file: str) -> Label | None:
    """Return the label in an SPL document, or None where it is some other XML."""
    reader = MarkupReader()
    reader.feed(text)
    reader.close()
    if reader.set_id is None:
        return None
    return Label(
        file,
        frozenset(name.casefold() for name in reader.names if name),
        tuple(dict.fromkeys(reader.statements)),
        reader.set_id,
        (reader.date, reader.version),
    )
