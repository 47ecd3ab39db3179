"""The search page: answers, facets, paging, clear errors, and nothing kept of what was asked."""

import logging

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
    [{"page": "0"}, {"page": "x"}, {"page": "-1"}, {"type": "nonsense"}, {"sort": "random"}, {"page": "9" * 40}],
)
def test_wrong_parameters_are_named(client: FlaskClient, values: dict[str, str]) -> None:
    response = client.get("/search", query_string={"q": "pain"} | values)
    assert response.status_code == 400
    check_page(response)


def test_all_wrong_parameters_are_named_together(client: FlaskClient) -> None:
    page = client.get("/search?q=x&type=nonsense&sort=random").get_data(as_text=True)
    assert "Kind of page" in page
    assert "Order" in page


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
