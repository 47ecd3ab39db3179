"""axe on every component in every state, light and dark, on a phone and on a desktop."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from healthlib.web.gallery.views import STATES

pytestmark = pytest.mark.browser

# These judge where a piece stands on a page, and here it stands among others of its kind.
OF_A_PAGE = (
    "heading-order",
    "page-has-heading-one",
    "region",
    "landmark-unique",
    "landmark-complementary-is-top-level",
)
OPTIONS = {"rules": {rule: {"enabled": False} for rule in OF_A_PAGE}}
# The part of the page that an element stands in.
PART = "target => document.querySelector(target)?.closest('.specimens')?.id ?? target"


class Judged(NamedTuple):
    """What axe found in the gallery, by the id of the component's part, and how far it looked."""

    found: dict[str, list[str]]
    passed: set[str]
    wide: bool


@pytest.fixture(scope="module", params=[(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")], ids=str)
def judged(browser: Browser, developing: str, request: pytest.FixtureRequest) -> Iterator[Judged]:
    """One look at the whole gallery: axe takes seconds to begin."""
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{developing}/_components/")
    response = Axe().run(page, context=".specimens", options=OPTIONS).response
    found: dict[str, list[str]] = defaultdict(list)
    for violation in response["violations"]:
        for node in violation["nodes"]:
            found[page.evaluate(PART, node["target"][0])].append(f"{violation['id']}: {node['html'][:200]}")
    contrast = next(rule for rule in response["passes"] if rule["id"] == "color-contrast")
    passed = {page.evaluate(PART, node["target"][0]) for node in contrast["nodes"]}
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    yield Judged(found, passed, wide)
    context.close()


@pytest.mark.parametrize("name", sorted(STATES))
def test_axe_finds_nothing_in_a_component(judged: Judged, name: str) -> None:
    assert judged.found[f"component-{name}"] == []
    # Its text was looked at: a part that axe did not see would pass too.
    assert f"component-{name}" in judged.passed


def test_axe_finds_nothing_beside_them(judged: Judged) -> None:
    assert {part: found for part, found in judged.found.items() if found} == {}


def test_no_component_is_wider_than_the_page(judged: Judged) -> None:
    assert not judged.wide
