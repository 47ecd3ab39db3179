"""A medicine on paper: a sheet of two pages for the doctor, and a sheet for each product where there are several."""

import re

import pytest
from playwright.sync_api import Page

from healthlib.content.pagetypes import PageType
from healthlib.content.published import MedicinePage
from healthlib.search.generation.generation import Generation

pytestmark = pytest.mark.browser

SHEET = 2


def sheets(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True)))


def test_a_medicine_is_printed_on_two_pages_a_product(page: Page, server: str, generation: Generation) -> None:
    too_long = {}
    for card in generation.store.by_name(PageType.MEDICINE, -1):
        medicine = generation.store.page(card.url)
        assert isinstance(medicine, MedicinePage)
        page.goto(f"{server}{card.url}")
        printed = sheets(page)
        if printed > SHEET * len(medicine.products):
            too_long[card.url] = printed
    assert not too_long


def test_paper_has_what_a_doctor_asks_for_and_not_the_screen(page: Page, server: str) -> None:
    page.goto(f"{server}/medicines/apixaban/")
    page.emulate_media(media="print")
    for shown in ("h1", ".boxed", ".facts", "#eliquis-side-effects", "#eliquis-interactions", "#page-references"):
        assert page.locator(shown).first.is_visible(), shown
    for hidden in (".masthead", ".contents", ".more", "#eliquis-storage", ".foot nav"):
        assert not page.locator(hidden).first.is_visible(), hidden
