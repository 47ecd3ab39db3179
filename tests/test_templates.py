"""Templates stay small, and each component says in its first line how it is called."""

import re
import statistics
from pathlib import Path

import pytest

from healthlib.content.templates import FOLDER

TEMPLATES = sorted(FOLDER.rglob("*.html"))
COMPONENTS = sorted((FOLDER / "components").glob("*.html"))
MOST_LINES = 40
# Where a macro's name would be that of what it is given, or of a thing in the same file.
OTHER_NAMES = {"product": "product_part"}
# Shared words rather than HTML.
WITHOUT_MACRO = {"places"}


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_half_of_the_templates_have_at_most_forty_lines(capsys: pytest.CaptureFixture[str]) -> None:
    sizes = [lines_of(path) for path in TEMPLATES]
    median = statistics.median(sizes)
    with capsys.disabled():
        print(f"\n{len(sizes)} templates, median {median:g} lines, longest {max(sizes)}")
    assert median <= MOST_LINES
    assert max(sizes) <= 2 * MOST_LINES


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_is_one_macro_with_its_signature_in_the_first_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    first = text.splitlines()[0]
    if path.stem in WITHOUT_MACRO:
        assert re.fullmatch(rf"{{# {path.stem}: .+ #}}", first)
        assert "{% macro" not in text
        return
    macros = re.findall(r"{% macro (\w+\(.*?\)) %}", text)
    assert len(macros) == 1, macros
    assert macros[0].partition("(")[0] == OTHER_NAMES.get(path.stem, path.stem)
    assert first.startswith(f"{{# {macros[0]}: "), f"{first} is not the signature of {macros[0]}"
    assert first.endswith(" #}")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_a_template_uses_the_components_that_it_takes_in(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for name, other in re.findall(r'{% from "components/\w+\.html" import (\w+)(?: as (\w+))? %}', text):
        called = other or name
        used = len(re.findall(rf"\b{called}\b", text)) - len(re.findall(rf"import (?:\w+ as )?{called} %}}", text))
        # The name of its file is one more word.
        used -= len(re.findall(rf'"components/{called}\.html"', text))
        assert used > 0, f"{called} is taken in and not used"


def test_every_component_is_used() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    code = "".join(path.read_text(encoding="utf-8") for path in FOLDER.parent.joinpath("site").rglob("*.py"))
    unused = [
        path.stem
        for path in COMPONENTS
        if f'"components/{path.name}" import' not in texts
        and not re.search(rf"kept\(['\"]{path.stem}['\"]", texts)
        and f"components/{path.name}" not in code
    ]
    assert unused == []
