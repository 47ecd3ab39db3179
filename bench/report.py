"""Tables that read well in a terminal and in Markdown."""

import platform
from collections.abc import Sequence
from pathlib import Path


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; all columns but the first are numbers."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [_line(head, widths), "|".join(["", "-" * (widths[0] + 2), *("-" * (w + 1) + ":" for w in widths[1:]), ""])]
    return "\n".join(lines + [_line(row, widths) for row in rows])


def write_between(path: Path, name: str, text: str) -> None:
    """Put a text between the comments `<!-- NAME -->` and `<!-- end of NAME -->` of a document.

    Raises:
        ValueError: when the document has no such place.
    """
    first, last = f"<!-- {name} -->", f"<!-- end of {name} -->"
    before, found, rest = path.read_text(encoding="utf-8").partition(first)
    _, closed, after = rest.partition(last)
    if not found or not closed:
        raise ValueError(f"{path} has no place for {name}: it needs {first} and {last}.")
    path.write_text(f"{before}{first}\n{text.strip()}\n{last}{after}", encoding="utf-8")


def machine() -> str:
    """Return what the figures were measured on."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    name = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())
    return f"{name}, Python {platform.python_version()}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return "| " + " | ".join([first[0].ljust(first[1]), *(text.rjust(width) for text, width in others)]) + " |"
