"""What a first view costs over the wire, from gunicorn as it is shipped, and that nothing jumps while a page loads."""

import gzip
from collections.abc import Iterator

import pytest
from addresses import PAGES
from playwright.sync_api import Browser, CDPSession, Page

from healthlib.config import ROOT

pytestmark = pytest.mark.browser

SHIFTS = """new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 100);
})"""


class Wire:
    """Counts what a page loads: bytes with headers, as they were sent."""

    def __init__(self, session: CDPSession) -> None:
        self.bytes: dict[str, int] = {}
        self._addresses: dict[str, str] = {}
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._came)
        session.send("Network.enable")

    def _asked(self, event: dict) -> None:  # type: ignore[type-arg]
        self._addresses[event["requestId"]] = event["request"]["url"]

    def _came(self, event: dict) -> None:  # type: ignore[type-arg]
        self.bytes[self._addresses[event["requestId"]]] = int(event["encodedDataLength"])


@pytest.mark.parametrize("path", [PAGES["article"], PAGES["medicine"]], ids=["article", "medicine"])
def test_a_first_view_is_light(browser: Browser, server: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    wire = Wire(context.new_cdp_session(page))
    page.goto(server + path, wait_until="networkidle")
    context.close()
    shown = {address.removeprefix(server): size for address, size in wire.bytes.items()}
    print(f"{sum(shown.values())} bytes in {len(shown)} requests: {shown}")
    assert len(shown) <= 4, shown
    assert sum(shown.values()) <= 30 * 1024, shown
    assert [address for address in shown if "/js/" in address] == [a for a in shown if "/js/main.js?v=" in a]


def test_the_style_sheet_is_light() -> None:
    assert len(gzip.compress((ROOT / "static/css/site.css").read_bytes(), 9)) <= 12 * 1024


@pytest.fixture(scope="module", params=[390, 1280])
def steady(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 844})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_jumps_while_a_page_loads(steady: Page, server: str, name: str) -> None:
    steady.goto(server + PAGES[name], wait_until="networkidle")
    assert steady.evaluate(SHIFTS) == 0


def test_a_saved_list_does_not_jump(steady: Page, server: str) -> None:
    steady.goto(f"{server}/saved/")
    pages = [{"url": f"/{number}/", "title": f"Page {number}"} for number in range(30)]
    steady.evaluate("pages => localStorage.setItem('saved-pages', JSON.stringify(pages))", pages)
    steady.reload(wait_until="networkidle")
    assert steady.locator(".saved-list li").count() == 30
    assert steady.evaluate(SHIFTS) == 0
