"""Two medicines side by side: one address for a pair, a source or "not known" in each cell, never a winner."""

import re
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient

from contract import check_page, elements, text_of
from healthlib.content.comparisons import FIELDS, choices, pairs
from healthlib.content.pagetypes import PageType
from healthlib.search.generation.generation import Generation

CANNABIS = "/compare/cannabidiol/dronabinol/"


def sides_of(root: Element) -> list[Element]:
    cells = [element for element in elements(root, "section") if element.get("class") == "side"]
    return cells + [cell for cell in elements(root, "td") if cell.get("role") == "cell"]


def test_the_same_questions_are_answered_for_both_with_a_source_in_each_cell(client: FlaskClient) -> None:
    root = check_page(client.get(CANNABIS))
    headings = [text_of(heading) for heading in elements(root, "h2")]
    assert [heading for _, heading in FIELDS] == [heading for heading in headings if heading in dict(FIELDS).values()]
    cells = sides_of(root)
    assert len(cells) > 2 * len(FIELDS)
    for cell in cells:
        words = text_of(cell)
        assert "Source" in words or "Not known" in words, words
        assert elements(cell, "a"), words


def test_figures_are_those_of_the_medicines_own_pages(client: FlaskClient) -> None:
    root = check_page(client.get(CANNABIS))
    for slug in ("cannabidiol", "dronabinol"):
        own = check_page(client.get(f"/medicines/{slug}/"))
        figures = [text_of(p) for p in elements(own, "p") if p.get("class") == "people"]
        shown = [text_of(p) for p in elements(root, "p") if p.get("class") == "people"]
        assert figures
        for figure in figures:
            assert figure in shown


def test_nobody_wins(client: FlaskClient) -> None:
    words = text_of(elements(check_page(client.get(CANNABIS)), "main")[0]).lower()
    assert "we do not say which is better" in words
    assert "a lower number does not show that a medicine is safer" in words


def test_articles_that_compare_the_two_are_offered(client: FlaskClient) -> None:
    links = [link.get("href") for link in elements(check_page(client.get(CANNABIS)), "a")]
    assert "/articles/cbd-and-thc/" in links
    others = [link.get("href") for link in elements(check_page(client.get("/compare/apixaban/warfarin/")), "a")]
    # It names both, but explains rather than compares.
    assert "/articles/blood-thinners/" not in others


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ("/compare/warfarin/apixaban/", "/compare/apixaban/warfarin/"),
        ("/compare/warfarin/ofatumumab/?pb=arzerra", "/compare/ofatumumab/warfarin/?pa=arzerra"),
        ("/compare/ofatumumab/apixaban/?pa=arzerra", "/compare/apixaban/ofatumumab/?pb=arzerra"),
    ],
)
def test_a_pair_has_one_address(client: FlaskClient, asked: str, sent: str) -> None:
    response = client.get(asked)
    assert response.status_code == 301
    assert response.headers["Location"].removeprefix("http://localhost") == sent
    assert client.get(sent).status_code == 200


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("/compare/apixaban/nothing/", 404),
        ("/compare/a/b/", 404),
        ("/compare/apixaban/apixaban/", 404),
        ("/compare/apixaban/warfarin/?pa=nothing", 400),
        ("/compare/ofatumumab/ofatumumab/?pa=arzerra&pb=arzerra", 400),
        ("/compare/apixaban/warfarin/more/", 404),
    ],
)
def test_what_cannot_be_compared_is_refused(client: FlaskClient, url: str, code: int) -> None:
    response = client.get(url)
    assert response.status_code == code
    check_page(response)


def test_a_medicine_with_several_products_is_compared_by_product(client: FlaskClient) -> None:
    plain = client.get("/compare/apixaban/ofatumumab/")
    chosen = client.get("/compare/apixaban/ofatumumab/?pb=arzerra")
    assert "Kesimpta (ofatumumab)" in text_of(elements(check_page(plain), "h1")[0])
    assert "Arzerra (ofatumumab)" in text_of(elements(check_page(chosen), "h1")[0])
    assert "X-Robots-Tag" not in plain.headers
    assert chosen.headers["X-Robots-Tag"] == "noindex"
    canonical = 'rel="canonical" href="https://health.example/compare/apixaban/ofatumumab/"'
    assert canonical in chosen.get_data(as_text=True)
    links = {link.get("href") for link in elements(check_page(plain), "a")}
    assert "/compare/apixaban/ofatumumab/?pb=arzerra" in links


def test_products_of_one_medicine_are_compared_with_one_another(client: FlaskClient) -> None:
    root = check_page(client.get("/compare/ofatumumab/ofatumumab/"))
    assert text_of(elements(root, "h1")[0]) == "Kesimpta (ofatumumab) and Arzerra (ofatumumab)"
    turned = check_page(client.get("/compare/ofatumumab/ofatumumab/?pa=arzerra&pb=kesimpta"))
    assert text_of(elements(turned, "h1")[0]) == "Arzerra (ofatumumab) and Kesimpta (ofatumumab)"


@pytest.mark.parametrize(
    ("query", "sent"),
    [
        ("a=warfarin&b=apixaban", "/compare/apixaban/warfarin/"),
        ("a=ofatumumab:arzerra&b=aspirin", "/compare/aspirin/ofatumumab/?pb=arzerra"),
        ("a=ofatumumab:arzerra&b=ofatumumab", "/compare/ofatumumab/ofatumumab/?pb=arzerra"),
    ],
)
def test_the_chooser_leads_to_the_pair(client: FlaskClient, query: str, sent: str) -> None:
    response = client.get(f"/compare/?{query}")
    assert response.status_code == 302
    assert response.headers["Location"] == sent
    assert client.get(sent).status_code == 200


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("a=nothing&b=apixaban", "not in our library"),
        ("a=apixaban&b=apixaban", "the same medicine twice"),
        ("a=apixaban:none", "not in our library"),
    ],
)
def test_a_choice_that_cannot_be_shown_says_why_and_keeps_the_rest(client: FlaskClient, query: str, words: str) -> None:
    response = client.get(f"/compare/?{query}")
    assert response.status_code == 400
    root = check_page(response)
    assert words in text_of(elements(root, "form")[1])
    if "b=apixaban" in query:
        chosen = [option.get("value") for option in elements(root, "option") if option.get("selected") is not None]
        assert "apixaban" in chosen


def test_the_chooser_offers_every_product_and_what_we_wrote_about(client: FlaskClient, generation: Generation) -> None:
    root = check_page(client.get("/compare/?a=apixaban"))
    offered = {choice.value for choice in choices(generation.store)}
    assert offered >= {"apixaban", "ofatumumab", "ofatumumab:arzerra"}
    assert {option.get("value") for option in elements(root, "option")} == offered | {""}
    assert CANNABIS in {link.get("href") for link in elements(root, "a")}
    selected = [option.get("value") for option in elements(root, "option") if option.get("selected") is not None]
    assert selected == ["apixaban"]


def test_a_medicine_offers_its_own_group_first(client: FlaskClient) -> None:
    page = client.get("/medicines/apixaban/").get_data(as_text=True)
    links = re.findall(r"/compare/(?:apixaban/([a-z-]+)|([a-z-]+)/apixaban)/", page)
    others = [one or other for one, other in links]
    assert {"rivaroxaban", "dabigatran"} <= set(others[:3])
    assert "warfarin" in others
    assert len(others) == len(set(others))
    assert page.index("In the same group") < page.index("For the same condition")
    assert 'href="/compare/?a=apixaban"' in page


def test_every_medicine_can_be_compared(client: FlaskClient, generation: Generation) -> None:
    medicines = [card.slug for card in generation.store.by_name(PageType.MEDICINE, 1000)]
    for slug in medicines:
        if slug != "aspirin":
            first, second = sorted((slug, "aspirin"))
            check_page(client.get(f"/compare/{first}/{second}/"))


def test_the_site_map_has_the_pairs_that_we_write_about_and_no_others(
    client: FlaskClient, generation: Generation
) -> None:
    page = client.get("/sitemap.xml").get_data(as_text=True)
    listed = set(re.findall(r"https://health\.example(/compare/[^<]+)", page))
    assert CANNABIS in listed
    assert listed == {link.url for link, _ in pairs(generation.store)}
