"""YAML with the line of every value, so that a fault found by the model can be shown where the author wrote it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from healthlib.content.faults import ContentError, Place

Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class TextAt:
    """A string of the front matter: where it is in the data, and in the file."""

    loc: Loc
    text: str
    line: int

    @property
    def field(self) -> str:
        """The nearest field name above the string."""
        return next((str(part) for part in reversed(self.loc) if isinstance(part, str)), "")


class LocatedYaml:
    """A parsed YAML mapping that knows the line of each of its values."""

    def __init__(self, text: str, path: Path, first_line: int = 1) -> None:
        """Parse `text`, which starts at `first_line` of `path`.

        Raises:
            ContentError: R001 when it is not YAML or not a mapping, R002 for a field written twice.
        """
        self.path = path
        self._first_line = first_line
        self._lines: dict[Loc, int] = {}
        self._texts: list[TextAt] = []
        self.data: dict[str, object] = self._parse(text)

    def line(self, loc: Loc) -> int:
        """Return the line of the value at `loc`, or of the nearest value around it."""
        for end in range(len(loc), -1, -1):
            if (line := self._lines.get(loc[:end])) is not None:
                return line
        return self._first_line

    def texts(self) -> Iterator[TextAt]:
        """Yield every string value in the order written."""
        yield from self._texts

    def _parse(self, text: str) -> dict[str, object]:
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
            data = yaml.safe_load(text)
        except (yaml.YAMLError, ValueError) as error:
            mark = getattr(error, "problem_mark", None)
            line = self._first_line + (mark.line if mark else 0)
            problem = getattr(error, "problem", None) or error
            raise ContentError([Place(self.path, line).fault("R001", f"this is not YAML: {problem}.")]) from None
        if not isinstance(data, dict) or node is None:
            raise ContentError([Place(self.path, self._first_line).fault("R001", "the front matter holds no fields.")])
        self._walk(node, ())
        return data

    def _walk(self, node: yaml.Node, loc: Loc) -> None:
        self._lines.setdefault(loc, self._first_line + node.start_mark.line)
        if isinstance(node, yaml.MappingNode):
            self._walk_mapping(node, loc)
        elif isinstance(node, yaml.SequenceNode):
            for number, item in enumerate(node.value):
                self._walk(item, (*loc, number))
        elif isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:str":
            # The text of a block (| or >) starts on the line below its mark.
            below = node.style in ("|", ">")
            self._texts.append(TextAt(loc, node.value, self._first_line + node.start_mark.line + below))

    def _walk_mapping(self, node: yaml.MappingNode, loc: Loc) -> None:
        for key, value in node.value:
            inner = (*loc, key.value)
            line = self._first_line + key.start_mark.line
            if inner in self._lines:
                raise ContentError([Place(self.path, line).fault("R002", f"`{key.value}` is written twice.")])
            self._lines[inner] = line
            self._walk(value, inner)
