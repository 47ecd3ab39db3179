"""Caching: what browsers may keep, and 304 for what they have."""

import re

import pytest
from flask.testing import FlaskClient

READING = ["/", "/articles/blood-thinners/", "/medicines/apixaban/", "/side-effects/headache/", "/about/"]


@pytest.mark.parametrize("url", READING)
def test_a_page_that_the_browser_has_is_not_sent_again(client: FlaskClient, url: str) -> None:
    first = client.get(url)
    assert first.headers["Cache-Control"] == "public, max-age=60"
    again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.get_data() == b""


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_one_of_several_copies_is_enough(client: FlaskClient, method: str) -> None:
    tag = client.get("/about/").headers["ETag"]
    strong = tag.removeprefix("W/")
    for known in (f'"old", {tag}', f'{tag} , "older"', strong, "*"):
        again = client.open("/about/", method=method, headers={"If-None-Match": known})
        assert again.status_code == 304, known
        assert again.get_data() == b""
        assert again.headers["ETag"] == tag
        assert again.headers["Cache-Control"] == "public, max-age=60"
        assert again.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("known", ['"old"', 'W/"old", "older"', "", "nonsense", '"', "\x7f"])
def test_a_copy_that_is_not_this_page_is_replaced(client: FlaskClient, known: str) -> None:
    response = client.get("/about/", headers={"If-None-Match": known})
    assert response.status_code == 200
    assert response.get_data()


def test_pages_have_tags_of_their_own(client: FlaskClient) -> None:
    assert len({client.get(url).headers["ETag"] for url in READING}) == len(READING)


@pytest.mark.parametrize("url", READING)
def test_head_is_get_without_a_body(client: FlaskClient, url: str) -> None:
    head, get = client.head(url), client.get(url)
    assert head.status_code == get.status_code
    assert head.headers["ETag"] == get.headers["ETag"]
    assert head.get_data() == b""


@pytest.mark.parametrize("url", [*READING, "/search?q=pain", "/nowhere/", "/sitemap.xml"])
def test_no_cookie_and_no_vary_by_cookie(client: FlaskClient, url: str) -> None:
    response = client.get(url)
    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.headers.get("Vary", "")


def test_static_files_are_kept_for_a_year_by_their_digest(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    for href in re.findall(r'href="(/static/[^"]+)"', page):
        assert "?v=" in href
        with client.get(href) as response:
            assert response.status_code == 200
            assert "immutable" in response.headers["Cache-Control"]


def test_the_host_header_reaches_no_page(client: FlaskClient) -> None:
    for url in ("/", "/sitemap.xml", "/feed.atom", "/opensearch.xml", "/articles/blood-thinners/"):
        page = client.get(url, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
        assert "evil.example" not in page.get_data(as_text=True)


def test_a_cookie_that_a_reader_brings_is_neither_read_nor_answered(client: FlaskClient) -> None:
    client.set_cookie("session", "forged")
    response = client.get("/about/")
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("url", ["/about/", "/nowhere/", "/search?q=pain", "/static/css/site.css", "/medicines"])
def test_every_answer_has_the_security_headers_once(client: FlaskClient, url: str) -> None:
    with client.get(url) as response:
        for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"):
            assert len(response.headers.getlist(name)) == 1, name
