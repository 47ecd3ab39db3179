"""Sharing a page and saving it on the device: nothing is stored before the reader asks for it, all can be undone."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser

WARFARIN, HEADACHE = "/medicines/warfarin/", "/side-effects/headache/"
STORED = "JSON.stringify({...localStorage})"


def save(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Save on this device").click()
    expect(page.get_by_role("button", name="Saved: remove")).to_be_visible()


def test_nothing_is_stored_until_the_button_is_pressed(page: Page, server: str) -> None:
    for path in ("/", WARFARIN, "/saved/", "/search?q=warfarin"):
        page.goto(server + path)
        page.get_by_role("combobox").first.fill("he")
        expect(page.get_by_role("option").first).to_be_visible()
        assert page.evaluate(STORED) == "{}"
        assert page.evaluate("sessionStorage.length") == 0


def test_only_the_name_and_address_are_stored(page: Page, context: BrowserContext, server: str) -> None:
    asked: list[str] = []
    save(page, f"{server}{WARFARIN}?from=letter#after")
    page.on("request", lambda request: asked.append(request.url))
    stored = json.loads(page.evaluate(STORED))
    assert {key: json.loads(value) for key, value in stored.items()} == {
        "saved-pages": [{"url": WARFARIN, "title": "Warfarin"}]
    }
    expect(page.locator(".tools [role=status]")).to_have_text("Saved. Anyone who uses this browser can see it.")
    assert context.cookies() == []
    assert asked == []


def test_a_saved_page_says_so_and_can_be_removed_there(page: Page, server: str) -> None:
    save(page, server + WARFARIN)
    page.reload()
    page.get_by_role("button", name="Saved: remove").click()
    expect(page.get_by_role("button", name="Save on this device")).to_be_visible()
    expect(page.locator(".tools [role=status]")).to_have_text("Removed from this browser.")
    assert page.evaluate(STORED) == "{}"


def test_the_list_with_the_keyboard_alone(page: Page, server: str) -> None:
    for path in (WARFARIN, HEADACHE):
        save(page, server + path)
    page.goto(f"{server}/saved/")
    status = page.locator("main [role=status]")
    expect(status).to_have_text("2 pages saved.")
    page.get_by_role("button", name="Remove Warfarin").focus()
    page.keyboard.press("Enter")
    expect(status).to_have_text("1 page saved.")
    expect(page.get_by_role("button", name="Remove Headache")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(server + HEADACHE)


def test_all_can_be_removed_at_once(page: Page, server: str) -> None:
    for path in (WARFARIN, HEADACHE):
        save(page, server + path)
    page.goto(f"{server}/saved/")
    page.get_by_role("button", name="Remove all").click()
    expect(page.locator("main [role=status]")).to_have_text("No page is saved.")
    expect(page.get_by_role("button", name="Remove all")).to_be_hidden()
    expect(page.locator("h1")).to_be_focused()
    assert page.evaluate(STORED) == "{}"


def test_the_list_follows_other_tabs(page: Page, context: BrowserContext, server: str) -> None:
    page.goto(f"{server}/saved/")
    expect(page.locator("main [role=status]")).to_have_text("No page is saved.")
    save(context.new_page(), server + WARFARIN)
    expect(page.get_by_role("link", name="Warfarin", exact=True)).to_be_visible()


@pytest.mark.parametrize("kept", ["nonsense", "{}", '[1, null, {"url": "javascript:alert(1)", "title": "x"}]'])
def test_what_is_not_ours_is_not_shown(page: Page, server: str, kept: str) -> None:
    page.goto(f"{server}/saved/")
    page.evaluate("kept => localStorage.setItem('saved-pages', kept)", kept)
    page.reload()
    expect(page.locator("main [role=status]")).to_have_text("No page is saved.")
    save(page, server + WARFARIN)


def test_a_browser_that_forbids_storing_is_told(page: Page, server: str) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('forbidden'); }})")
    page.goto(server + WARFARIN)
    page.get_by_role("button", name="Save on this device").click()
    expect(page.locator(".tools [role=status]")).to_have_text("This browser does not let sites save anything.")


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_without_javascript_there_are_no_idle_buttons(plain: Page, server: str) -> None:
    plain.goto(server + WARFARIN)
    expect(plain.get_by_role("button", name=re.compile("Share|Save"))).to_have_count(0)
    plain.goto(f"{server}/saved/")
    expect(plain.get_by_text("The list needs JavaScript")).to_be_visible()
    expect(plain.get_by_role("button", name="Remove all")).to_have_count(0)


def test_sharing_opens_the_menu_of_the_device(page: Page, server: str) -> None:
    page.add_init_script("navigator.share = async (what) => { window.shared = what; }")
    page.goto(f"{server}{WARFARIN}?from=letter")
    page.get_by_role("button", name="Share").click()
    page.wait_for_function("window.shared")
    assert page.evaluate("window.shared") == {"title": "Warfarin", "url": server + WARFARIN}


def test_closing_the_menu_says_nothing(page: Page, server: str) -> None:
    page.add_init_script("navigator.share = async () => { throw new DOMException('closed', 'AbortError'); }")
    page.goto(server + WARFARIN)
    before = page.locator(".tools [role=status]").text_content()
    page.get_by_role("button", name="Share").click()
    page.wait_for_timeout(300)
    assert page.locator(".tools [role=status]").text_content() == before


def test_without_a_menu_the_address_is_copied(page: Page, context: BrowserContext, server: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("Object.defineProperty(navigator, 'share', {value: undefined})")
    page.goto(server + WARFARIN)
    page.get_by_role("button", name="Share").press("Enter")
    expect(page.locator(".tools [role=status]")).to_have_text("Address copied.")
    assert page.evaluate("navigator.clipboard.readText()") == server + WARFARIN


def test_where_nothing_may_be_copied_the_address_is_shown(page: Page, server: str) -> None:
    page.add_init_script(
        "for (const name of ['share', 'clipboard']) Object.defineProperty(navigator, name, {value: undefined})"
    )
    page.goto(server + WARFARIN)
    page.get_by_role("button", name="Share").click()
    expect(page.locator(".tools [role=status]")).to_have_text(f"The address is {server}{WARFARIN}")
