"""What a reader must be able to rely on, example by example, and the tests that hold each.

Those of this file look at the shipped library as a whole; the others stand beside the module that they are about.
"""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from contract import check_page, elements, text_of
from healthlib.config import ROOT
from healthlib.content.vocabulary import load_vocabulary
from healthlib.search.analysis import name_key
from healthlib.search.generation.generation import Generation
from healthlib.search.query import read_query
from healthlib.search.results import Options, ResultPage

EXAMPLES = {
    "kesimpta and ofatumumab: the same card, and what Kesimpta is": [
        "search/test_answers.py::test_a_brand_and_its_substance_give_the_same_card"
    ],
    "kesympta: corrected, with results, and a way back": [
        "search/test_answers.py::test_a_misspelt_name_is_corrected_and_said",
        "web/test_search_page.py::test_a_correction_leads_back_to_the_words_typed",
    ],
    "hydroxyzine: never hydralazine first": [
        "test_acceptance.py::test_a_name_never_finds_its_look_alike_first",
        "search/test_answers.py::test_a_real_name_is_never_rewritten",
    ],
    "arzerra: not for multiple sclerosis": [
        "search/test_answers.py::test_a_card_has_the_figures_of_the_product_that_was_asked_for"
    ],
    "heart attack: also myocardial infarction, and says so": [
        "test_acceptance.py::test_heart_attack_finds_myocardial_infarction_and_says_so"
    ],
    "piles, haemorrhoids, hemorrhoids: one search": ["test_acceptance.py::test_spellings_of_piles_are_one_search"],
    '"multiple sclerosis" -kesimpta': ["test_acceptance.py::test_a_phrase_without_a_name"],
    "effect:headache": ["search/test_golden.py::test_a_field_keeps_to_pages_about_the_thing"],
    "(((, AND, *, a*, 10,000 characters: 200 or 400 in bounded time": [
        "web/test_hostile.py::test_hostile_texts",
        "web/test_hostile.py::test_no_request_costs_more_than_its_words",
        "serving/test_hostile_server.py::test_hostile_requests_over_http",
    ],
    "chest pain: 112 is the first block": ["web/test_search_page.py::test_danger_comes_before_everything_else"],
    "nothing typed: a page to browse": ["web/test_search_page.py::test_nothing_to_look_for_is_a_page_to_browse"],
    "zzzz: No results, and ways on": ["web/test_search_page.py::test_no_results_keeps_the_query_and_offers_ways_on"],
    "any reading page: no cookie, ETag, 304": ["test_acceptance.py::test_every_reading_page_is_sent_once"],
    "no address of others in any page or asset": [
        "web/test_pages.py::test_every_page_keeps_the_contract_and_its_links_lead_somewhere",
        "test_acceptance.py::test_no_asset_loads_anything_from_elsewhere",
    ],
    "a build under load: no error, new text, rollback": [
        "serving/test_live_switch.py::test_two_builds_and_a_rollback_under_readers",
        "cli/test_commands.py::test_build_status_check_rollback",
    ],
    "no query text in any log": [
        "web/test_search_page.py::test_no_log_holds_what_was_asked",
        "serving/test_hostile_server.py::test_no_log_of_a_server_holds_what_was_asked",
    ],
    "every suggestion has a result": [
        "search/test_suggestions.py::test_every_suggestion_of_every_short_prefix_has_a_result"
    ],
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_has_its_tests(example: str) -> None:
    for named in EXAMPLES[example]:
        file, _, test = named.partition("::")
        assert f"\ndef {test}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), named


def ask(generation: Generation, raw: str) -> ResultPage:
    return generation.searcher.search(read_query(raw), Options())


def test_a_name_never_finds_its_look_alike_first(generation: Generation) -> None:
    checked = 0
    for pair in load_vocabulary(ROOT / "content" / "vocabulary").look_alikes:
        names = [name.partition(" (")[0] for name in (pair.name, pair.other)]
        for name, other in (names, names[::-1]):
            found = ask(generation, name)
            assert found.correction is None, name
            page = generation.store.page(found.hits[0].card.url) if found.hits else None
            assert page is None or name_key(other) not in map(name_key, (*page.names, *page.aliases)), (
                f"{name}: {other}"
            )
            checked += page is not None
    assert checked > 20


@pytest.mark.parametrize("name", ["hydroxyzine", "hydralazine"])
def test_a_look_alike_is_named_with_what_it_is_for(client: FlaskClient, name: str) -> None:
    root = check_page(client.get(f"/search?q={name}"))
    other, purpose = {
        "hydroxyzine": ("hydralazine", "a medicine for high blood pressure"),
        "hydralazine": ("hydroxyzine", "a medicine for anxiety and itching"),
    }[name]
    assert f"Not to be confused with {other}, {purpose}." in text_of(root)
    assert f"/search?q={other}" in [link.get("href") for link in elements(root, "a")]


def test_heart_attack_finds_myocardial_infarction_and_says_so(client: FlaskClient, generation: Generation) -> None:
    assert "myocardial infarction" in [one.added.casefold() for one in ask(generation, "heart attack").also]
    main = text_of(elements(check_page(client.get("/search?q=heart+attack")), "main")[0])
    assert re.search(r"Also searched:[^.]*myocardial infarction", main, re.IGNORECASE)


def test_spellings_of_piles_are_one_search(generation: Generation) -> None:
    pages = {
        raw: [hit.card.url for hit in ask(generation, raw).hits] for raw in ("piles", "haemorrhoids", "hemorrhoids")
    }
    first, *others = pages.values()
    assert first
    for other in others:
        assert other[0] == first[0]
        assert set(other) == set(first)


def test_a_phrase_without_a_name(generation: Generation) -> None:
    found = ask(generation, '"multiple sclerosis" -kesimpta')
    assert len(found.hits) > 5
    for hit in found.hits:
        page = generation.store.page(hit.card.url)
        assert page is not None
        texts = (page.title, *page.names, *page.aliases, page.summary, *(part.text for part in page.all_sections()))
        assert "multiple sclerosis" in " ".join(texts).lower(), hit.card.url
        assert "kesimpta" not in " ".join(texts).lower(), hit.card.url


def test_every_reading_page_is_sent_once(client: FlaskClient, generation: Generation) -> None:
    for url, _ in generation.store.addresses():
        first = client.get(url)
        assert "Set-Cookie" not in first.headers
        assert "Cookie" not in first.headers.get("Vary", "")
        assert client.get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304, url


def test_no_asset_loads_anything_from_elsewhere(client: FlaskClient) -> None:
    assets = [path for path in (ROOT / "static").rglob("*") if path.suffix in (".css", ".js", ".svg", ".webmanifest")]
    assert assets
    for path in assets:
        text = path.read_text(encoding="utf-8")
        # The name of the SVG language is an address that nobody fetches.
        found = re.findall(r"(?:https?:)?//[\w.-]+\.\w+[^\s\"')]*", text.replace("http://www.w3.org/2000/svg", ""))
        assert found == [], f"{path.name}: {found}"
        for target in re.findall(r"url\(['\"]?([^'\")]+)", text):
            assert not urlsplit(target).netloc, f"{path.name}: {target}"


def test_feeds_and_the_site_map_name_only_our_own_addresses(client: FlaskClient) -> None:
    for url in ("/feed.atom", "/sitemap.xml", "/opensearch.xml", "/robots.txt"):
        body = client.get(url).get_data(as_text=True)
        hosts = {urlsplit(found).netloc for found in re.findall(r"https?://[^\s<>\"]+", body)}
        assert hosts - {"health.example"} <= {"www.w3.org", "www.sitemaps.org", "a9.com"}, url


def test_a_link_to_a_look_alike_searches_for_its_name(client: FlaskClient, generation: Generation) -> None:
    (other,) = ask(generation, "brilinta").look_alikes
    root = check_page(client.get("/search?q=brilinta"))
    queries = [parse_qs(urlsplit(link.get("href", "")).query).get("q") for link in elements(root, "a")]
    assert other.name == "Brintellix (vortioxetine)"
    assert ["Brintellix"] in queries
