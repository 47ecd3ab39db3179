"""What a machine may mend in an authored file without a second look: `flask content lint --fix`."""

import re
from collections.abc import Callable
from pathlib import Path

from healthlib.content.lint.plain_words import MEDICATION
from healthlib.content.names import slugify
from healthlib.content.pagetypes import TypeSpec

_SECTION = re.compile(r"^(## +)(.*?)[ \t]*(?:\{#([^}]*)\})?[ \t]*$", re.MULTILINE)
# Citations, links and addresses hold slugs, and those stay as they are.
_ADDRESS = re.compile(r"\[@[^\]]*\]|\]\([^)]*\)|https?://\S+|[\w-]*-[\w-]*medications?[\w-]*|\bmedications?-[\w-]*")
# Front-matter fields that hold slugs, addresses or the names of things.
_KEPT = re.compile(r"^\s*(?:- )?(?:source|url|related|blocked_related|redirect_from|label|effect|aliases|checked)\s*:")


def mend(text: str, spec: TypeSpec) -> str:
    """Return the text of a page with "medication", trailing spaces and missing section ids mended."""
    front, mark, body = _parted(text)
    return _medicine(front) + mark + _ids(_spaces(_medicine(body)), spec)


def mend_file(path: Path, spec: TypeSpec) -> bool:
    """Mend a file in place; return whether anything changed. A file that is no UTF-8 is left alone."""
    try:
        before = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    after = mend(before, spec)
    if after != before:
        path.write_text(after, encoding="utf-8")
    return after != before


def _parted(text: str) -> tuple[str, str, str]:
    """Return front matter, the line between, and body; all is front matter where there is no such line."""
    if not text.startswith("---"):
        return text, "", ""
    return text.partition("\n---\n")


def _medicine(text: str) -> str:
    return "\n".join(line if _KEPT.match(line) else _outside_addresses(line, _replace) for line in text.split("\n"))


def _replace(text: str) -> str:
    return MEDICATION.sub(lambda found: f"{'M' if found[1][0] == 'M' else 'm'}edicine{found[2]}", text)


def _outside_addresses(line: str, change: Callable[[str], str]) -> str:
    done, start = [], 0
    for kept in _ADDRESS.finditer(line):
        done += [change(line[start : kept.start()]), kept[0]]
        start = kept.end()
    return "".join([*done, change(line[start:])])


def _spaces(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _ids(text: str, spec: TypeSpec) -> str:
    """Give sections without an id one made of the heading, where no other has it and the kind of page allows it."""
    taken = {found[3] for found in _SECTION.finditer(text) if found[3]}

    def named(found: re.Match[str]) -> str:
        made = slugify(found[2])
        if found[3] is not None or not made or made in taken or (spec.sections and made not in spec.sections):
            return found[0]
        taken.add(made)
        return f"{found[1]}{found[2]} {{#{made}}}"

    return _SECTION.sub(named, text)
