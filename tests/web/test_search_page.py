"""The search page: answers, facets, paging, clear errors, and nothing kept of what was asked."""

import logging
import re
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient

from contract import check_page, elements, text_of


def test_the_query_stays_in_the_box_and_the_title_counts(client: FlaskClient) -> None:
    root = check_page(client.get("/search?q=Kesimpta"))
    assert any(field.get("value") == "Kesimpta" for field in elements(root, "input"))
    title = text_of(elements(root, "title")[0])
    assert "Kesimpta" in title
    assert any(sign.isdigit() for sign in title)


def test_hits_are_marked_and_lead_to_sections(client: FlaskClient) -> None:
    root = check_page(client.get("/search?q=kesimpta+vaccine"))
    assert elements(root, "mark")
    assert any("#" in link.get("href", "") for link in elements(root, "a"))


def test_facets_and_sorts_are_links_that_work(client: FlaskClient) -> None:
    root = check_page(client.get("/search?q=bleeding"))
    links = {link.get("href", "") for link in elements(root, "a") if "/search?" in link.get("href", "")}
    assert any("type=medicine" in href for href in links)
    assert any("sort=title" in href for href in links)
    assert any("page=2" in href for href in links)
    for href in links:
        assert client.get(href).status_code == 200, href


def links_of(root: Element) -> dict[str, str]:
    """Return the addresses of searches that a page links to, by the text of the link."""
    return {text_of(link): link.get("href", "") for link in elements(root, "a") if "/search?" in link.get("href", "")}


def count_of(root: Element) -> int:
    """Return how many results the title says there are."""
    found = re.search(r"\((no|[\d,]+) results?\)", text_of(elements(root, "title")[0]))
    assert found is not None
    return 0 if found[1] == "no" else int(found[1].replace(",", ""))


FILTERED = "/search?q=bleeding&type=side-effect&topic=heart-and-blood&sort=title"
WITHOUT_HITS = "/search?q=bleeding&type=article&topic=infections-and-immunity&condition=stroke"


def test_every_choice_gives_the_number_of_results_beside_it(client: FlaskClient) -> None:
    rail = next(nav for nav in elements(check_page(client.get(FILTERED)), "nav") if nav.get("aria-label") == "Filters")
    choices = links_of(rail)
    assert len(choices) > 5
    for text, href in choices.items():
        assert "sort=title" in href
        assert count_of(check_page(client.get(href))) == int(text.rpartition(" ")[2]), text


def test_a_chosen_value_is_marked(client: FlaskClient) -> None:
    current = [text_of(a) for a in elements(check_page(client.get(FILTERED)), "a") if a.get("aria-current") == "true"]
    assert [text.rstrip("0123456789 ") for text in current] == ["Side effects", "Heart and blood", "A to Z"]


def test_each_filter_is_a_chip_that_removes_it(client: FlaskClient) -> None:
    links = links_of(check_page(client.get(FILTERED)))
    kind = links["Remove filter Kind of page: Side effects ✕"]
    topic = links["Remove filter Topic: Heart and blood ✕"]
    assert kind == "/search?q=bleeding&topic=heart-and-blood&sort=title"
    assert topic == "/search?q=bleeding&type=side-effect&sort=title"
    assert links["Clear all filters"] == "/search?q=bleeding&sort=title"
    one = links_of(check_page(client.get(kind)))
    assert "Remove filter Topic: Heart and blood ✕" in one
    assert "Clear all filters" not in one


def test_orders_and_pages_keep_the_filters(client: FlaskClient) -> None:
    root = check_page(client.get("/search?q=bleeding&topic=heart-and-blood"))
    links = links_of(root)
    assert links["Newest first"] == "/search?q=bleeding&topic=heart-and-blood&sort=newest"
    assert links["Best match"] == "/search?q=bleeding&topic=heart-and-blood"
    assert links["Next"] == "/search?q=bleeding&topic=heart-and-blood&page=2"
    assert links["2"] == links["Next"]
    second = check_page(client.get(links["Next"]))
    assert "page=" not in links_of(second)["Remove filter Topic: Heart and blood ✕"]


def test_a_filter_for_a_group_of_medicines_is_called_class(client: FlaskClient) -> None:
    root = check_page(client.get("/search?q=multiple+sclerosis&class=anti-cd20-antibodies"))
    assert "Remove filter Group of medicines: Anti-CD20 antibodies ✕" in links_of(root)
    assert count_of(root) > 0


def test_filters_that_leave_nothing_can_be_dropped_one_by_one(client: FlaskClient) -> None:
    root = check_page(client.get(WITHOUT_HITS))
    assert any(text_of(heading).startswith("No results") for heading in elements(root, "h2"))
    assert any(field.get("value") == "bleeding" for field in elements(root, "input"))
    links = links_of(root)
    assert "Remove filter Condition: Stroke ✕" in links
    wider = [item for item in elements(root, "li") if text_of(item).startswith("Without")]
    assert len(wider) > 1
    for item in wider:
        href = next(iter(links_of(item).values()))
        number = int(text_of(item).rpartition(": ")[2].split()[0])
        assert count_of(check_page(client.get(href))) == number > 0


def test_few_results_say_what_there_is_without_a_filter(client: FlaskClient) -> None:
    few = check_page(client.get("/search?q=bleeding&type=condition&topic=pregnancy-and-contraception"))
    assert 0 < count_of(few) < 5
    assert "Without the filter Kind of page: Conditions" in links_of(few)
    assert not any(text.startswith("Without") for text in links_of(check_page(client.get(FILTERED))))


def test_no_filter_is_blamed_where_the_words_find_nothing(client: FlaskClient) -> None:
    main = text_of(elements(check_page(client.get("/search?q=zzzz&type=article")), "main")[0])
    assert "Without" not in main
    assert "another spelling" in main


@pytest.mark.parametrize(("q", "letter"), [("kzzzz", "k"), ("5zzzz", "0-9"), ("effect:kzzzz", "k")])
def test_names_with_the_same_first_letter_are_offered(client: FlaskClient, q: str, letter: str) -> None:
    root = check_page(client.get("/search", query_string={"q": q, "exact": "1"}))
    line = next(p for p in elements(root, "p") if text_of(p).startswith("Names that begin with"))
    hrefs = [link.get("href", "") for link in elements(line, "a")]
    assert hrefs
    assert all(href.endswith(f"/a-to-z/{letter}/") for href in hrefs)
    assert all(client.get(href).status_code == 200 for href in hrefs)


def test_a_letter_without_names_is_not_offered(client: FlaskClient) -> None:
    assert "Names that begin" not in text_of(elements(check_page(client.get("/search?q=ळळळळ")), "main")[0])


def test_danger_comes_before_everything_else(client: FlaskClient) -> None:
    main = elements(check_page(client.get("/search?q=chest+pain")), "main")[0]
    headings = [text_of(heading) for heading in elements(main, "h1", "h2")]
    assert "Call 112" in headings[1]


def test_only_the_words_typed_is_a_link_that_works_and_stays(client: FlaskClient) -> None:
    page = check_page(client.get("/search?q=heart+attack"))
    assert any("exact=1" in link.get("href", "") for link in elements(page, "a"))
    literal = check_page(client.get("/search?q=heart+attack&exact=1"))
    facets = [link.get("href", "") for link in elements(literal, "a") if "type=" in link.get("href", "")]
    assert facets
    assert all("exact=1" in href for href in facets)


def test_a_correction_leads_back_to_the_words_typed(client: FlaskClient) -> None:
    page = check_page(client.get("/search?q=kesympta"))
    assert "kesimpta" in text_of(elements(page, "main")[0]).lower()
    assert any(link.get("href", "") == "/search?q=kesympta&exact=1" for link in elements(page, "a"))


@pytest.mark.parametrize("address", ["/search?q=kesimpta", "/search?q=kesympta&type=topic"])
def test_related_searches_are_links_that_work(client: FlaskClient, address: str) -> None:
    page = check_page(client.get(address))
    (nav,) = (nav for nav in elements(page, "nav") if nav.get("class") == "related-searches")
    links = [link.get("href", "") for link in elements(nav, "a")]
    assert "/search?q=Kesimpta+side+effects" in links
    for link in links:
        assert elements(check_page(client.get(link)), "ol"), link


def test_no_results_keeps_the_query_and_offers_ways_on(client: FlaskClient) -> None:
    root = check_page(client.get("/search?q=zzzz"))
    headings = [text_of(heading) for heading in elements(root, "h2")]
    assert any(heading.startswith("No results") and "zzzz" in heading for heading in headings)
    assert any(link.get("href", "").startswith("/topics/") for link in elements(root, "a"))
    assert any(link.get("href", "").startswith("/medicines/a-to-z/") for link in elements(root, "a"))


@pytest.mark.parametrize("q", ["", "-", "(((", " "])
def test_nothing_to_look_for_is_a_page_to_browse(client: FlaskClient, q: str) -> None:
    root = check_page(client.get("/search", query_string={"q": q}))
    assert any(link.get("href", "").startswith("/medicines/a-to-z/") for link in elements(root, "a"))


def test_a_query_beyond_the_limits_says_so(client: FlaskClient) -> None:
    root = check_page(client.get("/search", query_string={"q": "pain " * 2000}))
    assert "first" in text_of(elements(root, "main")[0]).lower()


@pytest.mark.parametrize(
    "values",
    [
        {"topic": "nonsense"},
        {"condition": "nonsense"},
        {"class": "nonsense"},
        {"reviewed": "soon"},
        {"condition": "heart-and-blood"},
        {"page": "0"},
        {"page": "x"},
        {"page": "-1"},
        {"type": "nonsense"},
        {"sort": "random"},
        {"page": "9" * 40},
    ],
)
def test_wrong_parameters_are_named(client: FlaskClient, values: dict[str, str]) -> None:
    response = client.get("/search", query_string={"q": "pain"} | values)
    assert response.status_code == 400
    check_page(response)


def test_all_wrong_parameters_are_named_together(client: FlaskClient) -> None:
    page = client.get("/search?q=x&type=nonsense&class=nonsense&sort=random").get_data(as_text=True)
    for name in ("Kind of page", "Group of medicines", "Order"):
        assert f"{name}: Not a valid choice." in page


def test_a_year_in_which_nothing_was_reviewed_is_no_error(client: FlaskClient) -> None:
    root = check_page(client.get("/search?q=bleeding&reviewed=2019"))
    assert "Remove filter Medically reviewed: 2019 ✕" in links_of(root)


def test_past_the_last_page_is_not_found(client: FlaskClient) -> None:
    assert client.get("/search?q=kesimpta&page=999").status_code == 404


def test_results_are_private_and_not_indexed(client: FlaskClient) -> None:
    response = client.get("/search?q=kesimpta")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "ETag" not in response.headers


@pytest.mark.parametrize("probe", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7331}}"])
def test_what_was_typed_is_text(client: FlaskClient, probe: str) -> None:
    response = client.get("/search", query_string={"q": probe})
    root = check_page(response)
    assert not elements(root, "img")
    assert "51317" not in response.get_data(as_text=True)


def test_no_log_holds_what_was_asked(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client.get("/search?q=plantedword")
    client.get("/search?q=plantedword&type=nonsense")
    assert "plantedword" not in caplog.text
