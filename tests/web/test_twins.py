"""The JSON beside a page says what the page shows, and nothing else."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from contract import elements, parse, text_of
from healthlib.app import create_app
from healthlib.config import Settings
from healthlib.content.pagetypes import PageType
from healthlib.content.publish.linked_data import HOME
from healthlib.content.twin import LICENCE, WITH_TWIN
from healthlib.search.generation.generation import Generation
from healthlib.web.context import live_of

# Words of the data that readers see in other words, and what no page prints.
IN_OTHER_WORDS = {"type", "language", "frequency", "care", "licence", "published", "updated", "date", "read", "on"}


@pytest.fixture(scope="module")
def client(built_index: Path) -> Iterator[FlaskClient]:
    # One page of a side effect shows all medicines that list it.
    settings = Settings(environment="development", index_dir=built_index, page_size=100)
    app = create_app(settings)
    yield app.test_client()
    live_of(app).close()


def leaves(value: object, field: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, field)
    else:
        yield field, value


def addresses(generation: Generation) -> list[str]:
    return [card.url for kind in WITH_TWIN for card in generation.store.by_name(kind, 10_000)]


def test_every_word_and_address_stands_on_the_page(client: FlaskClient, generation: Generation) -> None:
    urls = addresses(generation)
    assert len(urls) > 100
    for url in urls:
        root = parse(client.get(url).get_data(as_text=True))
        bare = re.sub(r"\s", "", text_of(elements(root, "main")[0]).casefold())
        hrefs = {link.get("href", "") for link in elements(root, "a", "link")} | {url}
        hrefs |= {f"{url}{href}" for href in hrefs if href.startswith("#")}
        twin = json.loads(client.get(f"{url[:-1]}.json").data)
        for field, value in leaves(twin):
            if field == "url":
                assert value in hrefs, (url, value)
            elif isinstance(value, str) and field not in IN_OTHER_WORDS:
                assert _is_shown(value.removesuffix(" people").casefold(), bare), (url, field, value)


def _is_shown(value: str, bare: str) -> bool:
    """Say whether a page shows a text; numbers of sources may stand between its sentences."""
    return re.sub(r"\s", "", value) in bare or all(
        re.sub(r"\s", "", part) in bare for part in re.split(r"(?<=[.;,])\s", value)
    )


def test_rows_have_the_figures_and_sources_of_the_record(client: FlaskClient, generation: Generation) -> None:
    twin = client.get("/medicines/ofatumumab.json").get_json()
    assert [product["name"] for product in twin["products"]] == ["Kesimpta", "Arzerra"]
    row = next(
        row
        for row in twin["products"][0]["side_effects"]
        if row["effect"]["url"].endswith("upper-respiratory-infection/")
    )
    assert (row["often"]["percent"], row["often"]["compared_percent"]) == (39, 38)
    assert row["often"]["people"] == "39 in 100 people"
    source = next(source for source in twin["sources"] if source["number"] == row["source"])
    assert "KESIMPTA" in source["title"]
    assert source["url"].startswith("https://")
    for card in generation.store.by_name(PageType.MEDICINE, 1000):
        products = client.get(f"{card.url[:-1]}.json").get_json()["products"]
        for row in (row for product in products for row in product["side_effects"]):
            pct = row["often"]["percent"]
            assert pct is None or Decimal(str(pct)) <= 100
            assert (pct is None) or " in " in row["often"]["people"]


def test_a_side_effect_has_all_its_medicines(client: FlaskClient, generation: Generation) -> None:
    medicines = client.get("/side-effects/headache.json").get_json()["medicines"]
    assert len(medicines) == generation.store.count_listed("headache") > 0


def test_a_page_that_nobody_reviewed_says_so_and_each_names_its_licence(client: FlaskClient) -> None:
    for url in ("/medicines/warfarin.json", "/conditions/stroke.json", "/medicines/classes/interferons.json"):
        twin = client.get(url).get_json()
        assert twin["review"] is None
        assert twin["licence"] == LICENCE
        assert twin["schema_version"] == 1


def test_the_page_names_its_data_and_the_data_its_page(client: FlaskClient) -> None:
    root = parse(client.get("/conditions/stroke/").get_data(as_text=True))
    (link,) = [one for one in elements(root, "link") if one.get("type") == "application/json"]
    response = client.get(link.get("href", ""))
    assert response.mimetype == "application/json"
    assert response.headers["Link"] == '<http://127.0.0.1:8000/conditions/stroke/>; rel="canonical"'
    assert HOME not in response.get_data(as_text=True)
    root = parse(client.get("/articles/cbd-and-thc/").get_data(as_text=True))
    assert not [one for one in elements(root, "link") if one.get("type") == "application/json"]


def test_data_may_be_kept_and_is_asked_for_once(client: FlaskClient) -> None:
    first = client.get("/medicines/warfarin.json")
    assert first.headers["Cache-Control"].startswith("public")
    again = client.get("/medicines/warfarin.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("url", ["/medicines/nothing.json", "/medicines/kesimpta.json", "/articles/cbd-and-thc.json"])
def test_what_is_no_thing_has_no_data(client: FlaskClient, url: str) -> None:
    assert client.get(url, follow_redirects=True).status_code == 404
