"""The scripts: small, ours or named with their origin, and found where pages and modules say they are."""

import gzip
import hashlib
import re

import pytest
from flask.testing import FlaskClient

from contract import check_page, elements
from healthlib.config import ROOT

STATIC = ROOT / "static"
SCRIPTS = sorted(STATIC.rglob("*.js"))
# As the package has it; a changed file would no longer be what its name and licence say.
VENDORED = {"combobox-nav-3.0.2.js": "43604aad0758257f2f78fcecf60c1805a1c60f3f2bfdb92554de4584fee0f2a5"}


def test_all_scripts_together_are_small() -> None:
    assert sum(len(gzip.compress(script.read_bytes(), 9)) for script in SCRIPTS) <= 6000


def test_files_of_others_are_unchanged_and_have_their_licence() -> None:
    note = (STATIC / "vendor" / "README.md").read_text(encoding="utf-8")
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (STATIC / "vendor").glob("*.js")}
    assert found == VENDORED
    for name in VENDORED:
        assert f"`{name}`" in note
        assert "MIT License" in (STATIC / "vendor" / name).with_suffix(".LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_modules_import_what_is_there_and_log_nothing(script: object) -> None:
    text = script.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    for name in re.findall(r'^import .* from "(.*)";', text, re.MULTILINE):
        assert (script.parent / name).is_file()  # type: ignore[attr-defined]
    assert not re.search(r"\bconsole\.|\beval\(|innerHTML|document\.cookie|sendBeacon", text)


@pytest.mark.parametrize("url", ["/", "/medicines/warfarin/", "/search?q=pain", "/nowhere/"])
def test_every_page_has_one_script_that_holds_nothing_up(client: FlaskClient, url: str) -> None:
    (script,) = [found for found in elements(check_page(client.get(url)), "script") if found.get("src")]
    assert script.get("type") == "module"
    addresses = [value for name, value in script.attrib.items() if name == "src" or name.startswith("data-")]
    assert len(addresses) == 4
    for address in addresses:
        with client.get(address) as response:
            assert response.mimetype in ("text/javascript", "application/javascript")
            assert "immutable" in response.headers["Cache-Control"]
