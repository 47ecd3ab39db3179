"""Every type of page for everyone: axe-core in both schemes, two widths, with and without scripts; small screens."""

from collections.abc import Iterator

import pytest
from addresses import PAGES
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SCROLLS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module", params=[True, False], ids=["scripts", "no scripts"])
def reader(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    # Without motion: while a colour fades into another, neither is measured.
    context = browser.new_context(java_script_enabled=request.param, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(reader: Page, server: str, name: str) -> None:
    reader.goto(server + PAGES[name])
    for width in (390, 1280):
        reader.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            reader.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found = Axe().run(reader)
            assert found.violations_count == 0, (width, scheme, found.generate_report())


@pytest.fixture(scope="module")
def small(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_needs_sideways_scrolling(small: Page, server: str, name: str) -> None:
    """At 320 px; at 200 % zoom of a desktop, which leaves 640 px; with letters of twice the size."""
    small.goto(server + PAGES[name])
    for width in (320, 640):
        small.set_viewport_size({"width": width, "height": 640})
        assert not small.evaluate(SCROLLS), width
    small.set_viewport_size({"width": 1280, "height": 900})
    small.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not small.evaluate(SCROLLS)
