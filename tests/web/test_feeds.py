"""What machines read is well formed, complete, and has full addresses from the setting."""

from datetime import datetime
from xml.etree import ElementTree

from flask.testing import FlaskClient

from healthlib.content.pagetypes import PageType
from healthlib.search.generation.generation import Generation

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def test_sitemap_has_every_page_once(client: FlaskClient, generation: Generation) -> None:
    response = client.get("/sitemap.xml")
    assert response.mimetype == "application/xml"
    found = [element.text for element in ElementTree.fromstring(response.data).iter(f"{SITEMAP}loc")]
    wanted = {f"https://health.example{url}" for url, _ in generation.store.addresses()}
    assert wanted <= set(found)
    assert len(found) == len(set(found))


def test_a_small_library_has_no_parts(client: FlaskClient) -> None:
    assert client.get("/sitemap-1.xml").status_code == 404


def test_atom_feeds_are_valid(client: FlaskClient, generation: Generation) -> None:
    topics = generation.store.by_name(PageType.TOPIC, 100)
    assert len(topics) > 3
    for url in ("/feed.atom", *(f"{topic.url}feed.atom" for topic in topics)):
        response = client.get(url)
        assert response.mimetype == "application/atom+xml"
        feed = ElementTree.fromstring(response.data)
        assert feed.tag == f"{ATOM}feed"
        _check_element(feed)
        assert feed.findtext(f"{ATOM}author/{ATOM}name")
        links = {link.get("rel"): str(link.get("href")) for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == f"https://health.example{url}"
        entries = feed.findall(f"{ATOM}entry")
        assert entries
        ids = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(ids) == len(set(ids))
        for entry in entries:
            _check_element(entry)
            link = entry.find(f"{ATOM}link")
            assert link is not None
            path = str(link.get("href")).removeprefix("https://health.example")
            assert client.get(path).status_code == 200


def _check_element(element: ElementTree.Element) -> None:
    """Hold a feed or an entry against RFC 4287, sections 4.1.1 and 4.1.2: one id, one title, one time of RFC 3339."""
    for name in ("id", "title", "updated"):
        (found,) = element.findall(f"{ATOM}{name}")
        assert found.text
    assert datetime.fromisoformat(str(element.findtext(f"{ATOM}updated"))).tzinfo is not None


def test_a_topic_that_does_not_exist_has_no_feed(client: FlaskClient) -> None:
    assert client.get("/topics/nowhere/feed.atom").status_code == 404


def test_robots_keeps_engines_out_of_the_search(client: FlaskClient) -> None:
    response = client.get("/robots.txt")
    assert response.mimetype == "text/plain"
    lines = response.get_data(as_text=True).splitlines()
    assert "Disallow: /search" in lines
    assert "Sitemap: https://health.example/sitemap.xml" in lines


def test_opensearch_leads_to_the_search(client: FlaskClient) -> None:
    response = client.get("/opensearch.xml")
    root = ElementTree.fromstring(response.data)
    url = root.find(f"{OPENSEARCH}Url")
    assert url is not None
    assert url.get("template") == "https://health.example/search?q={searchTerms}"
