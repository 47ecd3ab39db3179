"""With a keyboard, a finger or a screen reader: focus that is seen, targets that are hit, places that have names."""

import re
from collections.abc import Iterator

import pytest
from addresses import PAGES
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

STEPS = 25
# What has the focus: its name, whether an outline tells, and whether anything lies on it (WCAG 2.2, 2.4.7 and 2.4.11).
FOCUSED = """() => {
  const it = document.activeElement, box = it.getBoundingClientRect();
  const style = getComputedStyle(it), around = getComputedStyle(it.closest('.search') ?? it);
  const line = box.width && it.getClientRects()[0];
  const top = line && document.elementFromPoint(line.x + Math.min(line.width / 2, 20), line.y + line.height / 2);
  return {
    name: it.outerHTML.slice(0, 120),
    body: it === document.body,
    shown: [style, around].some(one => one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) > 0),
    free: !!top && (it.contains(top) || top.contains(it)),
  };
}"""
TARGETS = {"runOnly": ["target-size"], "rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}


@pytest.fixture(scope="module")
def keys(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("size", [(390, 844), (1280, 800)], ids=["phone", "desktop"])
def test_the_focus_is_seen_wherever_it_goes(keys: Page, server: str, name: str, size: tuple[int, int]) -> None:
    keys.set_viewport_size({"width": size[0], "height": size[1]})
    keys.goto(server + PAGES[name])
    seen = 0
    for _ in range(STEPS):
        keys.keyboard.press("Tab")
        focused = keys.evaluate(FOCUSED)
        if focused["body"]:
            break
        assert focused["shown"], focused["name"]
        assert focused["free"], focused["name"]
        seen += 1
    assert seen >= 10


@pytest.mark.parametrize("name", PAGES)
def test_a_finger_hits_every_target(keys: Page, server: str, name: str) -> None:
    """At least 24 by 24 px, or as far from others: WCAG 2.2, 2.5.8."""
    keys.set_viewport_size({"width": 390, "height": 844})
    keys.goto(server + PAGES[name])
    found = Axe().run(keys, options=TARGETS)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", ["home", "article", "medicine", "search", "not found"])
def test_a_screen_reader_finds_the_same_places_on_every_page(keys: Page, server: str, name: str) -> None:
    keys.goto(server + PAGES[name])
    expect(keys.get_by_role("banner").get_by_role("link", name="Health Library")).to_be_visible()
    expect(keys.get_by_role("banner").get_by_role("link", name="Emergency 112")).to_be_visible()
    expect(keys.get_by_role("navigation", name="Main").get_by_role("link")).to_have_count(5)
    expect(keys.get_by_role("main").get_by_role("heading", level=1)).to_have_count(1)
    helping = keys.get_by_role("complementary", name="Help")
    expect(helping.get_by_role("link", name="Call 112")).to_be_visible()
    expect(keys.get_by_role("contentinfo").get_by_role("navigation", name="About the site")).to_be_visible()


def test_the_names_of_what_an_article_offers(keys: Page, server: str) -> None:
    keys.goto(server + PAGES["article"])
    expect(keys.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Articles")).to_be_visible()
    expect(keys.get_by_role("navigation", name="On this page").get_by_role("link").first).to_be_visible()
    table = keys.get_by_role("table").first
    expect(table).to_have_accessible_name(re.compile("^How many people got each side effect of Kesimpta"))
