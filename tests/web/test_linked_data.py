"""What pages say to machines is what they show to readers: every value, on every page of the library."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import extruct
import pytest
from flask.testing import FlaskClient

from contract import check_page, elements, text_of
from healthlib.app import create_app
from healthlib.config import Settings
from healthlib.search.generation.generation import Generation
from healthlib.web.context import live_of

SITE = "https://health.example"
# What schema.org 29 defines for each type that we use, as far as we use it.
PROPERTIES = {
    "Organization": "name url logo publishingPrinciples",
    "WebSite": "url name inLanguage publisher potentialAction",
    "SearchAction": "target query-input",
    "EntryPoint": "urlTemplate",
    "MedicalWebPage": "url name description inLanguage datePublished dateModified author publisher audience breadcrumb "
    "citation about reviewedBy lastReviewed",
    "WebPage": "url name description inLanguage datePublished dateModified author publisher breadcrumb citation about",
    "AboutPage": "url name description inLanguage datePublished dateModified author publisher breadcrumb citation "
    "about mainEntity",
    "Person": "name url jobTitle hasCredential",
    "EducationalOccupationalCredential": "name",
    "Patient": "",
    "CreativeWork": "name url publisher datePublished",
    "BreadcrumbList": "itemListElement",
    "ListItem": "position name item",
    "Drug": "url name nonProprietaryName proprietaryName drugClass mechanismOfAction administrationRoute dosageForm "
    "prescriptionStatus manufacturer code",
    "DrugClass": "name url drug",
    "MedicalCode": "codingSystem codeValue",
    "MedicalCondition": "name alternateName code drug",
    "MedicalEntity": "name alternateName",
}
LISTINGS = ["/", "/medicines/", "/medicines/?page=2", "/articles/", "/conditions/a-to-z/m/", "/topics/", "/glossary/"]


class Machine:
    """A page as a machine reads it, beside what a reader sees."""

    def __init__(self, client: FlaskClient, url: str) -> None:
        response = client.get(url)
        self.url = url
        self.root = check_page(response)
        html = response.get_data(as_text=True)
        found = extruct.extract(html, base_url=SITE + url, syntaxes=["json-ld", "opengraph"])
        (self.data,) = found["json-ld"]
        assert self.data["@context"] == "https://schema.org"
        self.nodes: list[dict[str, Any]] = self.data["@graph"]
        self.graph = {name: value for group in found["opengraph"] for name, value in group["properties"]}

    def all(self, *kinds: str) -> list[dict[str, Any]]:
        return [node for node in self.nodes if node["@type"] in kinds]

    def one(self, *kinds: str) -> dict[str, Any]:
        (node,) = self.all(*kinds)
        return node

    @property
    def main(self) -> str:
        return text_of(elements(self.root, "main")[0])

    def facts(self) -> dict[str, str]:
        """Return the terms and values of the boxes of facts, the first of a name."""
        pairs: dict[str, str] = {}
        for box in elements(self.root, "div"):
            terms, values = elements(box, "dt"), elements(box, "dd")
            if len(terms) == 1 and values:
                pairs.setdefault(f"{text_of(terms[0])}", " ".join(map(text_of, values)))
        return pairs


@pytest.fixture(scope="module")
def client(built_index: Path) -> Iterator[FlaskClient]:
    app = create_app(Settings(environment="development", index_dir=built_index, base_url=SITE))
    yield app.test_client()
    live_of(app).close()


@pytest.fixture(scope="module")
def pages(client: FlaskClient, generation: Generation) -> list[Machine]:
    return [Machine(client, url) for url, _ in generation.store.addresses()]


@pytest.fixture(scope="module")
def listings(client: FlaskClient) -> list[Machine]:
    return [Machine(client, url) for url in LISTINGS]


def tidy(text: str) -> str:
    return " ".join(text.split())


def walk(value: object) -> Any:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)


def _crumbs(root: Element) -> list[tuple[str, str]]:
    nav = next(one for one in elements(root, "nav") if one.get("aria-label") == "Breadcrumb")
    links = [(text_of(link), SITE + link.get("href", "")) for link in elements(nav, "a")]
    return [*links, (text_of(elements(nav, "li")[-1]), "")]


def test_only_properties_that_exist_are_used_and_addresses_are_whole(
    pages: list[Machine], listings: list[Machine]
) -> None:
    for page in [*pages, *listings]:
        for node in walk(page.nodes):
            if "@type" in node:
                known = {"@type", "@id", *PROPERTIES[node["@type"]].split()}
                assert set(node) <= known, (page.url, set(node) - known)
            assert all(value not in ("", [], None) for value in node.values()), (page.url, node)
            for name in ("@id", "url", "item"):
                assert re.match(r"https?://", node.get(name, SITE)), (page.url, node)
        ids = {node["@id"] for node in page.nodes if "@id" in node}
        for node in walk(page.nodes):
            assert set(node) != {"@id"} or node["@id"] in ids, f"{page.url} names {node}, which it does not describe"


def test_every_page_is_described_as_it_is_shown(pages: list[Machine]) -> None:
    for page in pages:
        node = page.one("MedicalWebPage", "WebPage", "AboutPage")
        assert node["url"] == SITE + page.url
        assert node["name"] == text_of(elements(page.root, "h1")[0])
        assert tidy(node["description"]) in page.main
        times = {time.get("datetime") for time in elements(page.root, "time")}
        if "author" in node:
            assert {node["datePublished"], node["dateModified"]} <= times
            byline = [link for link in elements(page.root, "a") if SITE + link.get("href", "") == node["author"]["url"]]
            assert node["author"]["name"].removeprefix("The ") in " ".join(map(text_of, byline))
        assert ("reviewedBy" in node) == ("Not medically reviewed" not in page.main and "author" in node), page.url


def test_citations_are_the_numbered_sources(pages: list[Machine]) -> None:
    seen = 0
    for page in pages:
        node = page.one("MedicalWebPage", "WebPage", "AboutPage")
        shown = [one for one in page.root.iter() if re.fullmatch(r"ref-\d+", one.get("id") or "")]
        cited = node.get("citation", [])
        assert len(cited) == len(shown)
        for citation, reference in zip(cited, shown, strict=True):
            link = elements(reference, "a")[0]
            assert (tidy(citation["name"]), citation["url"]) == (text_of(link), link.get("href"))
            assert tidy(citation["publisher"]["name"]) in text_of(reference)
        seen += len(cited)
    assert seen > 500


def test_the_way_to_a_page_is_the_one_shown(pages: list[Machine], listings: list[Machine]) -> None:
    for page in [*pages, *listings[1:]]:
        items = page.one("BreadcrumbList")["itemListElement"]
        crumbs = _crumbs(page.root)
        assert [item["name"] for item in items] == [text for text, _ in crumbs]
        assert [item["item"] for item in items[:-1]] == [href for _, href in crumbs[:-1]]
        assert items[-1]["item"] == SITE + page.url.partition("?")[0]
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))


def test_a_drug_is_a_product_as_shown(pages: list[Machine]) -> None:
    drugs = 0
    for page in pages:
        if not page.url.startswith("/medicines/") or page.url.startswith("/medicines/classes/"):
            continue
        products = [one for one in page.root.iter() if one.get("class") == "product"]
        nodes = page.all("Drug")
        assert len(nodes) == len(products)
        for drug, product in zip(nodes, products, strict=True):
            _check_drug(drug, product, page.main, page.facts())
            assert product.get("aria-labelledby") == drug["url"].partition("#")[2]
            drugs += 1
    assert drugs >= 23


def _check_drug(drug: dict[str, Any], product: Element, main: str, facts: dict[str, str]) -> None:
    shown = text_of(product)
    lines = {
        text_of(elements(box, "dt")[0]): text_of(elements(box, "dd")[0])
        for box in elements(product, "div")
        if elements(box, "dt")
    }
    assert text_of(elements(product, "h2")[0]) == drug["name"]
    assert lines["Form"] == tidy(drug["dosageForm"])
    assert lines["Taken"] == tidy(drug["administrationRoute"])
    assert lines["Prescription"] == ("not needed" if drug["prescriptionStatus"].endswith("OTC") else "needed")
    assert lines.get("Maker") == drug.get("manufacturer", {}).get("name")
    assert all(name in shown for name in drug.get("proprietaryName", []))
    assert facts["Substance"] == drug["nonProprietaryName"]
    assert facts["Group"] == ", ".join(one["name"] for one in drug["drugClass"])
    bare = re.sub(r"[\s\d]", "", main)
    for line in drug["mechanismOfAction"].split("\n"):
        assert re.sub(r"[\s\d]", "", line) in bare
    for code in drug.get("code", []):
        assert code["codeValue"] in facts[code["codingSystem"]]


def test_conditions_side_effects_and_classes_have_names_codes_and_medicines_as_shown(pages: list[Machine]) -> None:
    seen = set()
    for page in pages:
        for node in page.all("MedicalCondition", "MedicalEntity", "DrugClass"):
            seen.add(node["@type"])
            assert node["name"] == text_of(elements(page.root, "h1")[0])
            assert all(tidy(name) in page.main for name in node.get("alternateName", []))
            facts = page.facts()
            assert all(code["codeValue"] in facts[code["codingSystem"]] for code in node.get("code", []))
            links = [
                text_of(link).lower() for link in elements(page.root, "a") if "/medicines/" in link.get("href", "")
            ]
            assert all(drug["name"].lower() in links for drug in node.get("drug", [])), page.url
    assert seen == {"MedicalCondition", "MedicalEntity", "DrugClass"}


def test_the_front_page_names_the_site_and_its_search(client: FlaskClient) -> None:
    page = Machine(client, "/")
    site = page.one("WebSite")
    assert (site["name"], site["url"]) == ("Health Library", f"{SITE}/")
    template = site["potentialAction"]["target"]["urlTemplate"]
    assert template == f"{SITE}/search?q={{search_term_string}}"
    path = template.removeprefix(SITE).replace("{search_term_string}", "kesimpta")
    assert "ofatumumab" in client.get(path).get_data(as_text=True)
    assert page.one("Organization")["name"] == site["name"]


def test_the_page_about_us_is_about_the_publisher(client: FlaskClient) -> None:
    page = Machine(client, "/about/")
    publisher = page.one("Organization")
    assert page.one("AboutPage")["mainEntity"] == {"@id": publisher["@id"]}
    for name in ("logo", "publishingPrinciples"):
        with client.get(publisher[name].removeprefix(SITE)) as answer:
            assert answer.status_code == 200


def test_open_graph_is_complete_and_true(pages: list[Machine], listings: list[Machine], client: FlaskClient) -> None:
    for page in [*pages, *listings]:
        graph = page.graph
        head = {meta.get("name"): meta.get("content") for meta in elements(page.root, "meta")}
        canonical = [one.get("href") for one in elements(page.root, "link") if one.get("rel") == "canonical"]
        assert canonical == [SITE + page.url] == [graph["og:url"]]
        assert graph["og:description"] == head["description"]
        assert graph["og:title"] in text_of(elements(page.root, "title")[0]) or page.url == "/"
        assert graph["og:type"] == ("article" if re.match(r"/articles/.", page.url) else "website")
        assert (graph["og:site_name"], graph["og:locale"], head["twitter:card"]) == (
            "Health Library",
            "en_IN",
            "summary",
        )
        times = {time.get("datetime") for time in elements(page.root, "time")}
        if graph["og:type"] == "article":
            assert {graph["article:published_time"], graph["article:modified_time"]} <= times
    with client.get(page.graph["og:image"].removeprefix(SITE)) as image:
        assert image.mimetype == "image/png"
        size = [int.from_bytes(image.data[at : at + 4]) for at in (16, 20)]
    assert size == [int(page.graph["og:image:width"]), int(page.graph["og:image:height"])] == [1200, 630]


def test_languages_of_a_page_are_named(pages: list[Machine]) -> None:
    for page in pages:
        found = {one.get("hreflang"): one.get("href") for one in elements(page.root, "link") if one.get("hreflang")}
        assert found == {"en": SITE + page.url, "x-default": SITE + page.url}


def test_every_page_leads_to_the_feeds_of_its_topics(
    pages: list[Machine], client: FlaskClient, generation: Generation
) -> None:
    feeds = set()
    for page in pages:
        linked = [one.get("href") for one in elements(page.root, "link") if one.get("type") == "application/atom+xml"]
        stored = generation.store.page(page.url)
        assert stored is not None
        wanted = {f"{topic.url}feed.atom" for topic in stored.topics} | {"/feed.atom"}
        wanted |= {f"{page.url}feed.atom"} if page.url.startswith("/topics/") else set()
        assert sorted(wanted) == sorted(map(str, linked))
        feeds |= wanted
    assert len(feeds) > 3
    for feed in feeds:
        assert client.get(feed).mimetype == "application/atom+xml", feed
