"""The floors of the package: imports point down, and engine and framework stay where they belong."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from healthlib.config import ROOT

PACKAGE = ROOT / "site" / "healthlib"
FLOORS = {"config": 0, "content": 1, "search": 2, "records": 2, "web": 3, "cli": 4, "app": 5}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            yield str(node.module), node.lineno


def area(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_site_is_no_package() -> None:
    assert not (ROOT / "site" / "__init__.py").exists()


def test_site_is_not_ignored_by_git() -> None:
    assert "/site" not in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_down(path: Path) -> None:
    own = area(path)
    for name, line in imports(path):
        parts = name.split(".")
        if parts[0] != "healthlib" or len(parts) == 1:
            continue
        floor = FLOORS[parts[1]]
        allowed = parts[1] == own or floor < FLOORS.get(own, -1)
        assert allowed, f"{path.relative_to(ROOT)}:{line}: {own} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_engine_and_framework_stay_in_their_places(path: Path) -> None:
    for name, line in imports(path):
        top = name.split(".")[0]
        if top == "whoosh":
            assert area(path) == "search", f"{path.relative_to(ROOT)}:{line}: whoosh outside search/"
        if top in ("flask", "werkzeug", "flask_wtf", "wtforms"):
            assert FLOORS[area(path)] >= FLOORS["web"], f"{path.relative_to(ROOT)}:{line}: {top} below web/"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_packages_hold_only_a_docstring_in_their_root(path: Path) -> None:
    if path.name == "__init__.py":
        body = ast.parse(path.read_text(encoding="utf-8")).body
        assert len(body) == 1, f"{path.relative_to(ROOT)} does more than describe its package"
        assert isinstance(body[0], ast.Expr)
        assert isinstance(body[0].value, ast.Constant)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_modules_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 320
