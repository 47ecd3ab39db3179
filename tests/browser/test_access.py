"""Every type of page for everyone: axe-core in both schemes, two widths, with and without scripts; small screens."""

from collections.abc import Iterator

import pytest
from addresses import PAGES
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

# Only colours change in the dark; listing what is right takes axe as long as finding what is wrong.
SCHEMES = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast"]},
}
SCROLLS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    # Without motion: while a colour fades into another, neither is measured.
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(reader: Page, server: str, name: str, scripts: bool) -> None:
    # A page that loads without scripts stays as it is; axe is one, so they are allowed when it has loaded.
    session = reader.context.new_cdp_session(reader)
    session.send("Emulation.setScriptExecutionDisabled", {"value": not scripts})
    reader.goto(server + PAGES[name])
    session.send("Emulation.setScriptExecutionDisabled", {"value": False})
    assert reader.get_by_role("searchbox").count() == (0 if scripts else 1)
    for width in (390, 1280):
        reader.set_viewport_size({"width": width, "height": 900})
        for scheme, options in SCHEMES.items():
            reader.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found = Axe().run(reader, options=options)
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
