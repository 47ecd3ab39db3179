"""Every page of the shipped library and every kind of listing keeps the page contract."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from contract import check_page, elements, text_of
from healthlib.config import ROOT
from healthlib.content.pagetypes import PageType
from healthlib.search.generation.generation import Generation

LISTINGS = [
    "/",
    "/articles/",
    "/medicines/",
    "/medicines/?page=2",
    "/medicines/a-to-z/a/",
    "/medicines/classes/",
    "/conditions/",
    "/conditions/a-to-z/m/",
    "/side-effects/",
    "/side-effects/a-to-z/h/",
    "/side-effects/headache/?m=kesimpta&m=warfarin&sort=name",
    "/topics/",
    "/compare/",
    "/compare/cannabidiol/dronabinol/",
    "/compare/ofatumumab/ofatumumab/",
    "/saved/",
    "/glossary/",
    "/search",
    "/search?q=kesimpta",
    "/search?q=bleeding&page=2",
    "/search?q=bleeding&type=medicine&sort=title",
    "/search?q=zzzz",
    "/search?q=kesympta",
    "/search?q=kesympta&exact=1",
    "/search?q=chest+pain",
    "/search?q=i+want+to+die",
    "/search?q=overdose",
    "/search?q=lipitor",
]


@pytest.mark.parametrize("url", LISTINGS)
def test_listings_keep_the_contract(client: FlaskClient, url: str) -> None:
    response = client.get(url)
    assert response.status_code == 200
    check_page(response)


def test_every_page_keeps_the_contract_and_its_links_lead_somewhere(
    client: FlaskClient, generation: Generation
) -> None:
    anchors: dict[str, set[str]] = {}
    links: set[tuple[str, str]] = set()
    for url in [*LISTINGS, *(url for url, _ in generation.store.addresses())]:
        response = client.get(url)
        assert response.status_code == 200, url
        root = check_page(response)
        assert "[@" not in text_of(root), f"{url} shows a citation as it was written"
        anchors[url] = {str(element.get("id")) for element in root.iter() if element.get("id")}
        links |= {(url, link.get("href", "")) for link in elements(root, "a")}
    for url, href in sorted(links):
        path, _, anchor = href.partition("#")
        if path.startswith("/") and not path.startswith("/static/"):
            if path not in anchors:
                answer = client.get(path)
                assert answer.status_code == 200, f"{url} links to {href}"
                anchors[path] = set(re.findall(r'\bid="([^"]+)"', answer.get_data(as_text=True)))
            assert not anchor or anchor in anchors[path], f"{url} links to {href}"


def test_a_medicine_keeps_its_products_apart(client: FlaskClient) -> None:
    root = check_page(client.get("/medicines/ofatumumab/"))
    ids = [str(element.get("id")) for element in root.iter() if element.get("id")]
    assert (
        ids.index("kesimpta")
        < ids.index("kesimpta-side-effects")
        < ids.index("arzerra")
        < ids.index("arzerra-used-for")
    )
    by_id = {element.get("id"): element for element in root.iter()}
    assert "multiple sclerosis" not in text_of(by_id["arzerra-used-for"]).lower()


def test_side_effects_are_numbers_of_people_with_a_source(client: FlaskClient) -> None:
    root = check_page(client.get("/medicines/ofatumumab/"))
    assert "39 in 100" in text_of(root)
    references = [element for element in root.iter() if re.fullmatch(r"ref-\d+", element.get("id") or "")]
    assert references
    for reference in references:
        assert any(link.get("href", "").startswith("http") for link in elements(reference, "a"))
        assert any(link.get("href", "").startswith("#cite-") for link in elements(reference, "a"))


def test_a_side_effect_lists_its_medicines_with_numbers(client: FlaskClient) -> None:
    root = check_page(client.get("/side-effects/headache/"))
    links = [link.get("href", "") for link in elements(root, "a")]
    assert any(re.fullmatch(r"/medicines/[a-z-]+/#[a-z0-9-]+-side-effects", href) for href in links)
    assert "in 100" in text_of(root)


def test_pages_say_that_no_doctor_has_reviewed_them(client: FlaskClient) -> None:
    for url in ("/articles/kesimpta-multiple-sclerosis/", "/medicines/apixaban/", "/conditions/stroke/"):
        assert "Not medically reviewed" in text_of(check_page(client.get(url)))


IN_HINDI = [
    "/articles/blood-thinners/",
    "/articles/cbd-and-thc/",
    "/articles/kesimpta-multiple-sclerosis/",
    "/articles/plan-b-and-abortion-pills/",
    "/conditions/multiple-sclerosis/",
    "/conditions/stroke/",
    "/medicines/ofatumumab/",
    "/medicines/warfarin/",
    "/side-effects/bleeding/",
    "/side-effects/headache/",
]


@pytest.mark.parametrize("url", IN_HINDI)
def test_the_main_pages_say_in_hindi_what_they_are_about(client: FlaskClient, url: str) -> None:
    (box,) = [one for one in check_page(client.get(url)).iter() if one.get("class") == "in-hindi"]
    assert box.get("lang") == "hi"
    assert text_of(box).startswith("हिंदी में ")
    assert len(text_of(box)) > 80


def test_a_page_without_a_summary_in_hindi_has_no_box(client: FlaskClient) -> None:
    assert not [one for one in check_page(client.get("/medicines/apixaban/")).iter() if one.get("class") == "in-hindi"]


def test_related_cards_give_reasons(client: FlaskClient, generation: Generation) -> None:
    page = generation.store.page("/articles/kesimpta-multiple-sclerosis/")
    assert page is not None
    assert len(page.related) >= 3
    shown = text_of(check_page(client.get(page.url)))
    for card in page.related:
        assert card.why
        assert card.why in shown
        assert card.title in shown


def test_an_emergency_number_is_on_every_page(client: FlaskClient) -> None:
    for url in ("/", "/search?q=zzzz", "/articles/cbd-and-thc/", "/nowhere/"):
        root = check_page(client.get(url))
        assert any(link.get("href") == "tel:112" for link in elements(root, "a"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/medicines/kesimpta/", "/medicines/ofatumumab/#kesimpta"),
        ("/medicines/xarelto/", "/medicines/rivaroxaban/#xarelto"),
        ("/about", "/about/"),
        ("/medicines", "/medicines/"),
        ("/medicines/ofatumumab", "/medicines/ofatumumab/"),
    ],
)
def test_redirects(client: FlaskClient, old: str, new: str) -> None:
    response = client.get(old)
    assert response.status_code in (301, 308)
    assert response.headers["Location"].removeprefix("http://localhost") == new


def test_a_retired_page_says_so(own_site: Flask) -> None:
    page = ROOT.joinpath("content/articles/cbd-and-thc.md")
    copy = Path(own_site.config["HEALTHLIB"].content_dir) / "articles" / "old-news.md"
    text = page.read_text(encoding="utf-8").replace("status: published", "status: retired")
    copy.write_text(re.sub(r"redirect_from:.*\n(?:  - .*\n)*", "", text), encoding="utf-8")
    assert own_site.test_cli_runner().invoke(args=["index", "build"]).exit_code == 0
    response = own_site.test_client().get("/articles/old-news/")
    assert response.status_code == 410
    assert "withdrawn" in text_of(check_page(response))


def test_hubs_are_paged_to_the_end(client: FlaskClient, generation: Generation) -> None:
    seen: list[str] = []
    page = 1
    while (response := client.get(f"/side-effects/?page={page}")).status_code == 200:
        root = check_page(response)
        main = elements(root, "main")[0]
        seen += [
            href
            for link in elements(main, "a")
            if re.fullmatch(r"/side-effects/(?!a-to-z)[a-z-]+/", href := link.get("href", ""))
        ]
        page += 1
    assert response.status_code == 404
    assert len(set(seen)) == generation.store.count(PageType.SIDE_EFFECT)


def test_a_to_z_lists_brands_with_the_page_they_are_on(client: FlaskClient) -> None:
    root = check_page(client.get("/medicines/a-to-z/k/"))
    assert "Kesimpta" in text_of(root)
    assert any(link.get("href", "").startswith("/medicines/ofatumumab/") for link in elements(root, "a"))


@pytest.mark.parametrize("url", ["/medicines/a-to-z/A/", "/medicines/a-to-z/ab/", "/medicines/a-to-z/-/"])
def test_what_is_no_letter_is_not_found(client: FlaskClient, url: str) -> None:
    assert client.get(url).status_code == 404


def test_an_article_leads_to_those_beside_it_in_its_first_topic(client: FlaskClient) -> None:
    page = client.get("/articles/kesimpta-multiple-sclerosis/")
    links = {link.get("rel"): link for link in elements(check_page(page), "a") if link.get("rel") in ("prev", "next")}
    assert {rel: link.get("href") for rel, link in links.items()} == {"prev": "/articles/cbd-and-thc/"}
    assert "CBD and THC" in text_of(links["prev"])
    alone = client.get("/articles/blood-thinners/").get_data(as_text=True)
    assert "page-beside" not in alone
