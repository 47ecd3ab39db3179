"""YAML with the line of every value, so that a fault found by the model can be shown where the author wrote it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from healthlib.content.faults import ContentError, Fault, Place

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
        self._twice: list[Fault] = []
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
            loader = _Loader(text)
            node = loader.get_single_node()
            self._walk(node, (), ())
            data = loader.construct_document(node) if node else None
        except yaml.YAMLError as error:
            raise ContentError([self._yaml_fault(error, text)]) from None
        if self._twice:
            raise ContentError(self._twice)
        if not isinstance(data, dict):
            raise ContentError([Place(self.path, self._first_line).fault("R001", "the front matter holds no fields.")])
        return data

    def _yaml_fault(self, error: yaml.YAMLError, text: str) -> Fault:
        if isinstance(error, yaml.reader.ReaderError):
            line, problem = text.count("\n", 0, error.position), "a character that cannot be written in YAML"
        else:
            mark = getattr(error, "problem_mark", None)
            line, problem = mark.line if mark else 0, getattr(error, "problem", None) or str(error)
        return Place(self.path, self._first_line + line).fault("R001", f"this is not YAML: {problem}.")

    def _walk(self, node: yaml.Node | None, loc: Loc, around: tuple[yaml.Node, ...]) -> None:
        if node is None:
            return
        if node in around:
            raise yaml.constructor.ConstructorError(None, None, "a value holds itself", node.start_mark)
        self._lines.setdefault(loc, self._first_line + node.start_mark.line)
        if isinstance(node, yaml.MappingNode):
            self._walk_mapping(node, loc, around)
        elif isinstance(node, yaml.SequenceNode):
            for number, item in enumerate(node.value):
                self._walk(item, (*loc, number), (*around, node))
        elif isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:str":
            # The text of a block (| or >) starts on the line below its mark.
            below = node.style in ("|", ">")
            self._texts.append(TextAt(loc, node.value, self._first_line + node.start_mark.line + below))

    def _walk_mapping(self, node: yaml.MappingNode, loc: Loc, around: tuple[yaml.Node, ...]) -> None:
        for key, value in node.value:
            inner = (*loc, key.value)
            line = self._first_line + key.start_mark.line
            if inner in self._lines:
                self._twice.append(Place(self.path, line).fault("R002", f"`{key.value}` is written twice."))
            self._lines[inner] = line
            self._walk(value, inner, (*around, node))


class _Loader(yaml.CSafeLoader):
    """Tells the line of a date that no calendar has."""

    def construct_date(self, node: yaml.ScalarNode) -> object:
        """Return a date or time.

        Raises:
            ConstructorError: when there is no such day.
        """
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError as error:
            raise yaml.constructor.ConstructorError(None, None, str(error), node.start_mark) from None


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_date)
