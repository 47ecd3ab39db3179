"""Ready answers are the application's own, for as long as they hold, and nothing personal is among them."""

import gzip
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask, Response, make_response, request
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.test import Client

from healthlib.app import create_app
from healthlib.config import Settings
from healthlib.search.generation.layout import Layout
from healthlib.web.context import live_of
from healthlib.web.pagecache.cache import LONGEST_QUERY, RECHECK, PageCache, Rules
from healthlib.web.search_form import same_search

SECRET = "s" * 32
LONG = "word " * 200


class Site:
    """A small application behind a page cache, which counts how often it is asked."""

    def __init__(self, megabytes: int = 1) -> None:
        self.asked: list[str] = []
        self.stamp: tuple[int, int] | None = (1, 1)
        self.today = date(2026, 11, 22)
        # Seconds pass between requests, unless a test stops them.
        self.seconds, self.pace = 0.0, 1.0
        self.app = Flask("small", static_folder=None)
        self.app.get("/search")(self.search)
        self.app.route("/<path:path>", methods=["GET", "POST"])(self.page)
        rules = Rules(megabytes, lambda: self.stamp, "/static/", (), lambda: self.today, self.clock)
        self.cache = PageCache(self.app.wsgi_app, rules)
        self.client = Client(self.cache, Response)

    def clock(self) -> float:
        self.seconds += self.pace
        return self.seconds

    def page(self, path: str) -> Response:
        self.asked.append(f"{request.method} /{path}")
        response = make_response(f"{path} {LONG}", 404 if path == "none/" else 200)
        response.headers["Cache-Control"] = "public, max-age=60"
        response.add_etag(weak=True)
        if path == "form/":
            response.headers["Cache-Control"] = "private, no-store"
        if path == "cookie/":
            response.set_cookie("name", "value")
        if path == "varies/":
            response.headers["Vary"] = "Cookie"
        if path == "silent/":
            del response.headers["Cache-Control"]
        if path.startswith("large"):
            response.set_data(path + "x" * 150_000)
        return response

    def search(self) -> Response:
        self.asked.append(request.full_path)
        response = make_response(f"{request.args.get('q')} {LONG}")
        response.headers["Cache-Control"] = "private, no-store"
        return response


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture(scope="module")
def pair(built_index: Path) -> Iterator[tuple[Flask, Flask]]:
    """The same site with and without its page cache."""
    settings = Settings(secret_key=SECRET, index_dir=built_index, base_url="https://health.example")
    apps = create_app(settings), create_app(settings.model_copy(update={"page_cache_mb": 0}))
    yield apps
    for app in apps:
        live_of(app).close()


@pytest.fixture
def ready(pair: tuple[Flask, Flask]) -> FlaskClient:
    return pair[0].test_client()


@pytest.fixture
def plain(pair: tuple[Flask, Flask]) -> FlaskClient:
    return pair[1].test_client()


def headers_of(response: Response) -> list[tuple[str, str]]:
    return sorted((name, value) for name, value in response.headers if name not in ("Date", "Vary"))


def test_every_address_is_answered_as_without_the_cache(ready: FlaskClient, plain: FlaskClient) -> None:
    found = re.findall(r"<loc>https://health.example(.*?)</loc>", plain.get("/sitemap.xml").get_data(as_text=True))
    assert len(found) > 50
    others = ["/", "/sitemap.xml", "/feed.atom", "/robots.txt", "/opensearch.xml", "/search", "/search?q=kesimpta"]
    others += [
        "/nowhere/",
        "/medicines",
        "/search?q=a&type=x",
        "/search?page=9",
        "/medicines/?page=2",
        "/search/suggest?q=a",
    ]
    for url in [*found, *others]:
        expected = plain.get(url)
        for _ in range(2):
            got = ready.get(url)
            assert (got.status, got.get_data()) == (expected.status, expected.get_data()), url
            assert headers_of(got) == headers_of(expected), url


@pytest.mark.parametrize("url", ["/about/", "/search?q=pain"])
def test_a_head_is_a_get_without_a_body_before_and_after(pair: tuple[Flask, Flask], url: str) -> None:
    app = pair[0]
    app.wsgi_app.pages.clear()
    client = app.test_client()
    before, got, after = client.head(url), client.get(url), client.head(url)
    assert before.get_data() == after.get_data() == b""
    assert list(before.headers) == list(got.headers) == list(after.headers)
    assert got.headers["Content-Length"] == str(len(got.get_data()))


def test_a_304_has_the_headers_that_flask_sends(ready: FlaskClient, plain: FlaskClient) -> None:
    tag = plain.get("/about/").headers["ETag"]
    for known in (tag, f'"old", {tag}', tag.removeprefix("W/"), "*"):
        expected = plain.get("/about/", headers={"If-None-Match": known})
        for method in ("GET", "HEAD"):
            got = ready.open("/about/", method=method, headers={"If-None-Match": known})
            assert (got.status_code, got.get_data()) == (304, b"")
            assert headers_of(got) == headers_of(expected)
            assert got.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("known", ['"old"', 'W/"old", "older"', "", "nonsense", '"', "\x7f"])
def test_another_copy_is_replaced(ready: FlaskClient, known: str) -> None:
    assert ready.get("/about/", headers={"If-None-Match": known}).status_code == 200


def test_a_first_reader_who_has_the_page_gets_304_and_the_next_one_the_page(site: Site) -> None:
    tag = site.client.get("/a/").headers["ETag"]
    site.cache.pages.clear()
    assert site.client.get("/a/", headers={"If-None-Match": tag}).status_code == 304
    assert site.client.get("/a/").status_code == 200
    assert site.asked == ["GET /a/"] * 2


def test_part_of_a_page_is_never_sent(ready: FlaskClient) -> None:
    whole = ready.get("/about/")
    part = ready.get("/about/", headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.get_data()) == (200, whole.get_data())
    assert "Content-Range" not in part.headers


def test_a_page_is_rendered_once(site: Site) -> None:
    pages = [site.client.open("/a/", method=method) for method in ("HEAD", "GET", "GET", "HEAD")]
    assert site.asked == ["GET /a/"]
    assert all(page.status_code == 200 for page in pages)


@pytest.mark.parametrize(
    "path", ["/form/", "/cookie/", "/varies/", "/silent/", "/none/", "/a/?x=1", "/a/?", "/static/a?x=1", "/a/?v=1"]
)
def test_what_is_not_for_everybody_is_not_kept(site: Site, path: str) -> None:
    kept = path == "/a/?"
    first, again = site.client.get(path), site.client.get(path)
    assert first.get_data() == again.get_data()
    assert len(site.asked) == (1 if kept else 2)
    assert len(site.cache.pages) == (1 if kept else 0)


def test_a_static_file_is_kept_once_whatever_digest_is_asked_for(site: Site) -> None:
    plain, first, other = (site.client.get(f"/static/a{query}") for query in ("", "?v=1", "?v=2"))
    assert plain.get_data() == first.get_data() == other.get_data()
    assert site.asked == ["GET /static/a"] * 2
    assert len(site.cache.pages) == 2


@pytest.mark.parametrize("name", ["css/site.css", "js/main.js", "icons/emblem.svg"])
def test_static_files_are_compressed(ready: FlaskClient, plain: FlaskClient, name: str) -> None:
    file = plain.get(f"/static/{name}?v=1")
    packed = ready.get(f"/static/{name}?v=1", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.get_data()) == file.get_data()
    assert len(packed.get_data()) < len(file.get_data())
    # One tag for the file in every coding, so it may only be a weak one.
    assert packed.headers["ETag"] == file.headers["ETag"]
    assert file.headers["ETag"].startswith("W/")
    assert ready.get(f"/static/{name}?v=1", headers={"If-None-Match": file.headers["ETag"]}).status_code == 304
    file.close()


def test_only_reading_is_answered_from_memory(site: Site) -> None:
    site.client.get("/a/")
    site.client.post("/a/")
    assert site.asked == ["GET /a/", "POST /a/"]


def test_a_new_generation_drops_everything(site: Site) -> None:
    for path in ("/a/", "/search?q=a"):
        site.client.get(path)
    site.stamp = (2, 2)
    site.client.get("/a/")
    assert site.asked == ["GET /a/", "/search?q=a", "GET /a/"]
    assert len(site.cache.searches) == 0


def test_a_new_generation_is_noticed_within_a_tenth_of_a_second(site: Site) -> None:
    site.pace = 0
    site.client.get("/a/")
    site.stamp = (2, 2)
    site.client.get("/a/")
    assert len(site.asked) == 1
    site.seconds += RECHECK
    site.client.get("/a/")
    assert len(site.asked) == 2


def test_pages_do_not_outlive_their_day(site: Site) -> None:
    site.client.get("/a/")
    site.today += timedelta(days=1)
    site.client.get("/a/")
    assert len(site.asked) == 2


def test_nothing_is_kept_while_there_is_no_generation(site: Site) -> None:
    site.stamp = None
    site.client.get("/a/")
    site.client.get("/a/")
    assert len(site.asked) == 2


def test_a_page_rendered_during_a_switch_is_sent_and_forgotten(site: Site) -> None:
    def switch() -> None:
        if request.path == "/a/" and site.stamp == (1, 1):
            site.stamp = (2, 2)
            site.client.get("/b/")

    site.app.before_request(switch)
    assert [site.client.get("/a/").status_code for _ in range(3)] == [200] * 3
    assert site.asked == ["GET /b/", "GET /a/", "GET /a/"]


def test_the_same_search_is_answered_once(site: Site) -> None:
    same = ["q=back+pain&type=article", "type=article&q=back%20pain", "q=+back++pain&type=article&page=1&sort=best"]
    same += ["q=back+pain&type=article&topic=&utm=x", "q=back+pain&q=other&type=article"]
    for query in same:
        site.client.get(f"/search?{query}")
    assert len(site.asked) == 1
    for query in ("q=back", "q=back+pain", "q=back+pain&type=article&page=2", "q=back+pain&type=article&exact=1"):
        site.client.get(f"/search?{query}")
    assert len(site.asked) == 5


NAMES = st.sampled_from(["q", "type", "topic", "class", "reviewed", "sort", "exact", "page", "other"])
VALUES = st.sampled_from(
    ["", "pain", " pain ", "pa\u202ein", "kesimpta  headache", "article", "1", "2", "best", "title", "0"]
)


@hypothesis_settings(deadline=None, max_examples=60)
@given(pairs=st.lists(st.tuples(NAMES, VALUES), max_size=4), data=st.data())
def test_searches_that_are_taken_for_the_same_have_one_answer(
    pair: tuple[Flask, Flask], pairs: list[tuple[str, str]], data: st.DataObject
) -> None:
    other = data.draw(st.permutations([*pairs, ("other", "x"), ("topic", "")]))
    plain = pair[1].test_client()
    if same_search(MultiDict(pairs)) == same_search(MultiDict(other)):
        one, two = (plain.get(f"/search?{urlencode(form)}") for form in (pairs, other))
        assert (one.status, one.get_data()) == (two.status, two.get_data())


def test_a_flood_of_searches_leaves_pages_alone(site: Site) -> None:
    for number in range(20):
        site.client.get(f"/{number}/")
    for number in range(500):
        site.client.get(f"/search?q={number}")
    assert len(site.cache.pages) == 20
    assert 0 < len(site.cache.searches) < 100
    assert site.cache.searches.weight <= site.cache.searches.limit


def test_memory_is_bounded_with_every_coding(site: Site) -> None:
    for number in range(60):
        for coding in ("", "gzip", "br", "zstd"):
            site.client.get(f"/large-{number}/", headers={"Accept-Encoding": coding})
            assert site.cache.pages.weight <= site.cache.pages.limit
    assert 0 < len(site.cache.pages) < 10
    assert site.cache.pages.limit + site.cache.searches.limit == 1024 * 1024


def test_a_search_too_long_to_remember_is_still_answered(site: Site) -> None:
    url = f"/search?q={'a' * LONGEST_QUERY}"
    assert site.client.get(url).get_data() == site.client.get(url).get_data()
    assert len(site.asked) == 2


def test_a_page_that_is_not_kept_for_its_size_still_has_304(site: Site) -> None:
    site.cache.pages.limit = 1000
    tag = site.client.get("/a/").headers["ETag"]
    assert site.client.get("/a/", headers={"If-None-Match": tag}).status_code == 304
    assert len(site.cache.pages) == 0


def test_a_host_that_is_not_ours_gets_no_ready_page(built_index: Path) -> None:
    settings = Settings(secret_key=SECRET, index_dir=built_index, trusted_hosts=("health.example",))
    app = create_app(settings)
    client = app.test_client()
    assert client.get("/about/", headers={"Host": "health.example:8000"}).status_code == 200
    assert client.get("/about/", headers={"Host": "evil.example"}).status_code == 400
    assert len(app.wsgi_app.pages) == 1
    live_of(app).close()


@pytest.mark.parametrize("change", [{"environment": "development"}, {"page_cache_mb": 0}])
def test_it_can_be_turned_off(settings: Settings, change: dict[str, object]) -> None:
    own = Settings(**{**settings.model_dump(), "environment": "production", "secret_key": SECRET} | change)
    assert not isinstance(create_app(own).wsgi_app, PageCache)


def test_threads_get_the_same_answers(site: Site) -> None:
    paths = [f"/{number % 7}/" for number in range(200)]
    start = threading.Barrier(8)

    def read(offset: int) -> list[bytes]:
        start.wait()
        client = Client(site.cache, Response)
        codings = {"Accept-Encoding": "gzip"}
        return [
            gzip.decompress(client.get(path, headers=codings).get_data()) for path in paths[offset:] + paths[:offset]
        ]

    with ThreadPoolExecutor(8) as pool:
        for offset, found in enumerate(pool.map(read, range(8))):
            expected = [f"{path[1:]} {LONG}".encode() for path in paths[offset:] + paths[:offset]]
            assert found == expected


def test_a_switch_is_seen_by_readers_at_once(own_site: Flask) -> None:
    settings = own_site.config["HEALTHLIB"].model_copy(update={"environment": "production", "secret_key": SECRET})
    build = own_site.test_cli_runner()
    app = create_app(settings)
    client = app.test_client()
    assert client.get("/about/").status_code == 503
    page = settings.content_dir / "pages" / "about.md"
    for word in ("quaggafirst", "quaggasecond"):
        page.write_text(page.read_text(encoding="utf-8") + f"\nThe word {word} is new.\n", encoding="utf-8")
        assert build.invoke(args=["index", "build"]).exit_code == 0
        time.sleep(RECHECK)
        assert word in client.get("/about/").get_data(as_text=True)
    Layout(settings.index_dir).switch(Layout(settings.index_dir).names()[0])
    time.sleep(RECHECK)
    assert "quaggasecond" not in client.get("/about/").get_data(as_text=True)
    live_of(app).close()


def test_an_answer_is_closed_after_it_is_read() -> None:
    class Body(list[bytes]):
        closed = False

        def close(self) -> None:
            self.closed = True

    body = Body([b"one ", b"two"])

    def app(_environ: object, start_response: object) -> Body:
        start_response("200 OK", [("Content-Type", "text/plain"), ("Cache-Control", "public")])(b"zero ")
        return body

    rules = Rules(1, lambda: (1, 1), "/static/")
    client = Client(PageCache(app, rules), Response)
    assert client.get("/a/").get_data() == b"zero one two"
    assert body.closed
