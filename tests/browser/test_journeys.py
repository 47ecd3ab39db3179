"""What a reader does, in a real browser on a phone-sized screen."""

import re

import pytest
from addresses import PAGES
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser


def test_search_follow_a_result_to_its_anchor_then_a_related_link(page: Page, server: str) -> None:
    page.goto(server)
    box = page.locator("main").get_by_role("combobox")
    box.fill("kesimpta vaccine")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=kesimpta"))
    hit = page.locator("main a[href*='/articles/kesimpta-multiple-sclerosis/#']").first
    # Where a browser can look for words the link names some; the address does not show them.
    anchor = str(hit.get_attribute("href")).partition("#")[2].partition(":~:")[0]
    hit.click()
    expect(page).to_have_url(re.compile(rf"/articles/kesimpta-multiple-sclerosis/#{anchor}$"))
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()
    related = page.locator("main article a, main .card a").last
    target = str(related.get_attribute("href"))
    related.click()
    expect(page).to_have_url(re.compile(re.escape(target)))
    expect(page.locator("h1")).to_be_visible()


def test_everything_works_without_javascript(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/search?q=blood+thinners")
    page.locator("main a[href^='/search?'][href*='type=medicine']").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert "type=medicine" in page.url
    context.close()


def test_filters_on_a_phone_without_javascript(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{server}/search?q=bleeding")
    choice = page.get_by_role("link", name=re.compile("^Heart and blood"))
    expect(choice).to_be_hidden()
    page.get_by_text("Filter", exact=True).click()
    choice.click()
    expect(page).to_have_url(re.compile("topic=heart-and-blood"))
    page.get_by_role("link", name="Remove filter Topic: Heart and blood").click()
    expect(page).to_have_url(f"{server}/search?q=bleeding")
    context.close()


def test_filters_on_a_wide_screen_need_no_opening(browser: Browser, server: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{server}/search?q=bleeding")
    expect(page.get_by_role("link", name=re.compile("^Heart and blood"))).to_be_visible()
    expect(page.get_by_text("Filter", exact=True)).to_be_hidden()
    context.close()


def test_reading_sets_no_cookie_and_asks_no_other_site(page: Page, context: BrowserContext, server: str) -> None:
    asked: list[str] = []
    problems: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    for path in PAGES.values():
        page.goto(server + path)
    assert context.cookies() == []
    assert all(url.startswith(server) for url in asked)
    # The browser itself reports the one page that is meant not to be found.
    assert [text for text in problems if "404" not in text] == []


def test_the_skip_link_comes_first_and_works(page: Page, server: str) -> None:
    page.goto(server)
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_be_visible()
    expect(focused).to_have_attribute("href", "#main")
