"""Documents say what is true of the code: settings, commands, rules and links."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.cli import AppGroup

from healthlib.config import ROOT, Settings
from healthlib.content import twin

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def settings_table() -> str:
    """Return docs/settings.md as it must be: the table is made from the code."""
    lines = [
        "# Settings",
        "",
        "Each setting is an environment variable. Tuples are written as JSON lists.",
        "",
        "| variable | default | why |",
        "|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        default = "none" if field.default is None else str(field.default).replace(f"{ROOT}/", "") or '""'
        lines.append(f"| `HEALTHLIB_{name.upper()}` | `{default}` | {field.description} |")
    return "\n".join(lines) + "\n"


def test_every_setting_is_documented_with_its_default() -> None:
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == settings_table()


def test_every_setting_has_a_reason() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_every_rule_of_the_linter_is_documented() -> None:
    code = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "site/healthlib/content").rglob("*.py"))
    used = set(re.findall(r'"([A-Z]\d{3})"', code))
    table = (ROOT / "docs/writing.md").read_text(encoding="utf-8")
    assert used == set(re.findall(r"^\| ([A-Z]\d{3}) \|", table, re.MULTILINE))


def test_commands_in_documents_exist(app: Flask) -> None:
    groups = {name: set(group.commands) for name, group in app.cli.commands.items() if isinstance(group, AppGroup)}
    for document in DOCUMENTS:
        for group, command in re.findall(r"flask (content|index) ([a-z]+)", document.read_text(encoding="utf-8")):
            assert command in groups[group], f"{document.name} names flask {group} {command}"


def test_every_field_of_the_data_is_documented() -> None:
    records = [one for one in vars(twin).values() if isinstance(one, type) and one.__module__ == twin.__name__]
    fields = {
        (one.__name__, name) for one in records for name in one.__annotations__ if one is twin.Twin or name != "type"
    }
    rows = re.findall(r"^\| (\w+) \| `(\w+)` \|", (ROOT / "docs/data.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(rows) == fields


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|/)([^)#]+)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), f"{document.name} links to {target}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_named_in_documents_exist(document: Path) -> None:
    for name in re.findall(
        r"`((?:script|site|tests|templates|static|docs|deploy)/[\w./-]+)`", document.read_text(encoding="utf-8")
    ):
        assert (ROOT / name).exists(), f"{document.name} names {name}"
