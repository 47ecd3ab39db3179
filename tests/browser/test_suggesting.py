"""The search box as an editable combobox: keyboard, touch, what a screen reader is told, slow and failing networks."""

import json
import re
import time
from urllib.parse import unquote_plus, urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect

pytestmark = pytest.mark.browser

SUGGEST = "**/search/suggest?*"


@pytest.fixture
def box(page: Page, server: str) -> Locator:
    page.goto(server)
    found = page.locator("main").get_by_role("combobox")
    found.focus()
    # The script comes when the box is used first.
    page.wait_for_selector("main [role=listbox]", state="attached")
    return found


def options(page: Page) -> Locator:
    return page.get_by_role("option")


def type_in(box: Locator, text: str) -> None:
    box.press_sequentially(text)
    expect(options(box.page).first).to_be_visible()


def test_the_list_is_grouped_counted_and_nothing_is_chosen(page: Page, box: Locator) -> None:
    expect(box).to_have_attribute("aria-expanded", "false")
    type_in(box, "he")
    total = options(page).count()
    assert 2 <= total <= 8
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("main form [role=status]")).to_have_text(re.compile(f"^{total} suggestions"))
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    assert box.get_attribute("aria-activedescendant") is None
    listed = page.get_by_role("listbox", name="Suggestions")
    expect(listed.get_by_role("group", name="Side effects").get_by_role("option")).not_to_have_count(0)
    assert listed.get_attribute("id") == box.get_attribute("aria-controls")


def test_arrows_go_round_and_name_the_option(page: Page, box: Locator) -> None:
    type_in(box, "he")
    last = options(page).count() - 1
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
        box.press(key)
        expect(options(page).nth(place)).to_have_attribute("aria-selected", "true")
        assert box.get_attribute("aria-activedescendant") == options(page).nth(place).get_attribute("id")
        expect(box).to_be_focused()
    box.press("ArrowUp")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    box.press("ArrowUp")
    expect(options(page).nth(last)).to_have_attribute("aria-selected", "true")
    expect(box).to_have_value("he")


def test_enter_opens_what_was_chosen(page: Page, box: Locator) -> None:
    type_in(box, "kesimp")
    box.press("ArrowDown")
    box.press("Enter")
    expect(page).to_have_url(re.compile("/medicines/ofatumumab/$"))


def test_enter_without_a_choice_searches_for_what_was_typed(page: Page, box: Locator) -> None:
    type_in(box, "kesimp")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=kesimp$"))


def test_escape_closes_first_and_empties_then(page: Page, box: Locator) -> None:
    type_in(box, "he")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("he")
    box.press("Escape")
    expect(box).to_have_value("")


@pytest.mark.parametrize(
    ("key", "place"), [("ArrowDown", 0), ("ArrowUp", -1), ("Alt+ArrowDown", None)], ids=["down", "up", "alt"]
)
def test_arrows_open_a_closed_list(page: Page, box: Locator, key: str, place: int | None) -> None:
    type_in(box, "he")
    box.press("Escape")
    box.press(key)
    expect(options(page).first).to_be_visible()
    if place is None:
        expect(page.locator("[aria-selected=true]")).to_have_count(0)
    else:
        expect(options(page).nth(place)).to_have_attribute("aria-selected", "true")


def test_home_and_end_go_back_to_the_text(page: Page, box: Locator) -> None:
    type_in(box, "he")
    for key, caret in (("Home", 0), ("End", 2)):
        box.press("ArrowDown")
        box.press(key)
        expect(page.locator("[aria-selected=true]")).to_have_count(0)
        assert box.evaluate("box => box.selectionStart") == caret


def test_tab_takes_nothing_and_goes_on(page: Page, box: Locator) -> None:
    type_in(box, "he")
    box.press("ArrowDown")
    box.press("Tab")
    expect(page.locator("main").get_by_role("button", name="Search")).to_be_focused()
    expect(box).to_have_value("he")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_finger_opens_what_it_touches(browser: Browser, server: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{server}/about/")
    box = page.locator("header").get_by_role("combobox")
    box.tap()
    type_in(box, "warf")
    target = options(page).first
    height = target.bounding_box()
    assert height is not None
    assert height["height"] >= 44
    target.tap()
    expect(page).to_have_url(re.compile("/medicines/warfarin/$"))
    context.close()


def test_what_was_typed_before_the_script_came_is_suggested_for(page: Page, server: str) -> None:
    def late(route: Route) -> None:
        time.sleep(0.5)
        route.continue_()

    page.route("**/js/suggest.js*", late)
    page.goto(server)
    box = page.locator("main").get_by_role("combobox")
    box.press_sequentially("warf")
    expect(options(page).first).to_be_visible()


def test_it_waits_for_a_pause_and_lets_old_questions_go(page: Page, box: Locator) -> None:
    asked: list[str] = []
    held: list[Route] = []

    def answer(route: Route) -> None:
        query = unquote_plus(urlparse(route.request.url).query.removeprefix("q="))
        asked.append(query)
        if query == "wa":
            held.append(route)
        else:
            names = [{"name": query, "see": "", "url": "/about/"}]
            route.fulfill(body=json.dumps([{"label": "Made up", "names": names}]), content_type="application/json")

    page.route(SUGGEST, answer)
    with page.expect_request(SUGGEST):
        box.press_sequentially("wa", delay=20)
    with page.expect_event("requestfailed") as dropped:
        box.press_sequentially("rfarin", delay=20)
    assert dropped.value.url.endswith("q=wa")
    expect(options(page)).to_have_text("warfarin")
    assert asked == ["wa", "warfarin"]
    assert len(held) == 1
    expect(page.locator("main form [role=status]")).to_have_text("1 suggestion. The down arrow moves to it.")


@pytest.mark.parametrize("status", [0, 500], ids=["no network", "error"])
def test_without_an_answer_it_is_a_search_box(page: Page, box: Locator, status: int) -> None:
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(error.message))
    page.route(SUGGEST, lambda route: route.fulfill(status=status, body="") if status else route.abort())
    with page.expect_request(SUGGEST):
        box.press_sequentially("heada")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=heada$"))
    # Leaving a page in the middle of its entry is reported as an error; it is none of ours.
    assert [text for text in failed if "ViewTransition" not in text] == []


def test_no_suggestion_is_said(page: Page, box: Locator) -> None:
    box.press_sequentially("zzzz")
    expect(page.locator("main form [role=status]")).to_have_text("No suggestions.")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_one_letter_asks_nothing(page: Page, box: Locator) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    box.press_sequentially("h")
    page.wait_for_timeout(400)
    assert asked == []


def test_without_javascript_it_is_a_plain_form(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server)
    box = page.locator("main").get_by_role("searchbox")
    box.fill("headache")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=headache$"))
    context.close()


@pytest.mark.parametrize("where", ["main", "header"])
def test_axe_finds_nothing_with_the_list_open(page: Page, server: str, where: str) -> None:
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(server + ("/" if where == "main" else "/medicines/warfarin/"))
        type_in(page.locator(where).get_by_role("combobox"), "he")
        page.keyboard.press("ArrowDown")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            found = Axe().run(page, options={"resultTypes": ["violations"]})
            assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
