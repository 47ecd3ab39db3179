"""axe on every component in every state, light and dark, on a phone and on a desktop."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

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


@pytest.fixture(scope="module", params=[(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")], ids=str)
def gallery(browser: Browser, developing: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{developing}/_components/")
    yield page
    context.close()


@pytest.mark.parametrize("name", sorted(STATES))
def test_axe_finds_nothing_in_a_component(gallery: Page, name: str) -> None:
    found = Axe().run(gallery, context=f"#component-{name}", options=OPTIONS)
    assert found.violations_count == 0, found.generate_report()


def test_no_component_is_wider_than_the_page(gallery: Page) -> None:
    assert gallery.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
