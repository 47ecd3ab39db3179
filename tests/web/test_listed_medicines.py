"""A side effect's medicines: narrowed to those that a reader takes, in three orders, and never misleading."""

import re
from collections.abc import Iterator
from urllib.parse import quote
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient

from contract import check_page, elements, text_of
from healthlib.app import create_app
from healthlib.config import Settings
from healthlib.search.generation.generation import Generation
from healthlib.web.context import live_of

HEADACHE = "/side-effects/headache/"


@pytest.fixture
def own_pages(settings: Settings) -> Iterator[FlaskClient]:
    """The site with two products on a page."""
    app = create_app(settings.model_copy(update={"page_size": 2}))
    app.testing = True
    yield app.test_client()
    live_of(app).close()


def shown(client: FlaskClient, query: str) -> Element:
    response = client.get(f"{HEADACHE}?{query}")
    assert response.status_code == 200
    return check_page(response)


def products_of(root: Element) -> list[str]:
    """Return the products of the table in their order."""
    rows = [element for element in elements(root, "th") if element.get("scope") == "row"]
    return [text_of(elements(row, "a")[0]) for row in rows]


def test_only_medicines_that_i_take_by_any_name(client: FlaskClient) -> None:
    by_brand, by_slug = shown(client, "m=Kesimpta&m=gilenya"), shown(client, "m=ofatumumab&m=fingolimod")
    assert set(products_of(by_brand)) == {"Kesimpta", "Arzerra", "Gilenya"}
    assert products_of(by_brand) == products_of(by_slug)
    ticked = [field.get("value") for field in elements(by_brand, "input") if field.get("type") == "checkbox"]
    assert ticked == ["ofatumumab", "fingolimod"]


def test_the_count_says_of_how_many(client: FlaskClient, generation: Generation) -> None:
    total = generation.store.count_listed("headache")
    words = text_of(elements(shown(client, "m=fingolimod"), "main")[0])
    assert f"1 of {total} products" in words
    assert "Headache: 1 product " in words


def test_none_of_my_medicines_says_what_that_means_and_what_not(client: FlaskClient, generation: Generation) -> None:
    assert generation.store.listed_by("headache", "/medicines/warfarin/") == []
    root = shown(client, "m=warfarin")
    words = text_of(elements(root, "main")[0])
    assert "None of your medicines list it in our library" in words
    assert "That does not mean that it cannot happen" in words
    assert "Do not stop it before you have talked to them" in words
    assert products_of(root) == []
    assert HEADACHE + "#page-medicines" in {link.get("href") for link in elements(root, "a")}


def test_those_that_do_not_list_it_are_named_beside_those_that_do(client: FlaskClient) -> None:
    root = shown(client, "m=fingolimod&m=warfarin")
    assert products_of(root) == ["Gilenya"]
    words = text_of(elements(root, "main")[0])
    assert "Not in our tables for: Warfarin." in words
    assert "None of your medicines" not in words


def test_a_name_that_we_do_not_know_is_no_answer(client: FlaskClient) -> None:
    words = text_of(elements(shown(client, "m=<b>aspirinn</b>"), "main")[0])
    assert "We have no page on “<b>aspirinn</b>”, so we cannot tell." in words
    assert "None of your medicines list it" in words


def test_orders_hold_the_same_products(client: FlaskClient, generation: Generation) -> None:
    frequent, serious, by_name = (
        products_of(shown(client, f"sort={sort}")) for sort in ("frequent", "serious", "name")
    )
    assert sorted(frequent) == sorted(serious) == sorted(by_name)
    assert by_name == sorted(by_name, key=str.lower)
    assert frequent == products_of(check_page(client.get(HEADACHE)))
    rows = generation.store.listed("serious-infection", 100)
    first = client.get("/side-effects/serious-infection/?sort=serious")
    assert any(row.serious for row in rows)
    flags = [row.get("class") == "serious" for row in elements(check_page(first), "tr")[1:]]
    assert flags == sorted(flags, reverse=True)


def test_links_keep_what_was_chosen(client: FlaskClient) -> None:
    root = shown(client, "m=kesimpta&m=gilenya&sort=name")
    sorts = {text_of(link): link.get("href", "") for link in elements(root, "a") if "?m=" in link.get("href", "")}
    assert sorts["Serious first"] == f"{HEADACHE}?m=ofatumumab&m=fingolimod&sort=serious#page-medicines"
    assert sorts["Most frequent first"] == f"{HEADACHE}?m=ofatumumab&m=fingolimod#page-medicines"
    hidden = [field.get("value") for field in elements(root, "input") if field.get("name") == "sort"]
    assert hidden == ["name"]


def test_pages_of_a_narrowed_list(own_pages: FlaskClient) -> None:
    query = "m=ofatumumab&m=fingolimod&sort=name"
    seen: list[str] = []
    for page in (1, 2):
        root = shown(own_pages, f"{query}&page={page}")
        seen += products_of(root)
        assert f"{HEADACHE}?{query}&page=2" in {link.get("href") for link in elements(root, "a")}
    assert seen == ["Arzerra", "Gilenya", "Kesimpta"]
    assert own_pages.get(f"{HEADACHE}?{query}&page=3").status_code == 404


@pytest.mark.parametrize(
    "query", ["sort=best", "m=" + "a" * 101, "&".join(f"m=a{number}" for number in range(31)), "m=aspirin&page=x"]
)
def test_what_is_no_choice_is_refused(client: FlaskClient, query: str) -> None:
    response = client.get(f"{HEADACHE}?{query}")
    assert response.status_code == 400
    check_page(response)


@pytest.mark.parametrize("query", ["m=", "m=&m=+", "other=1", "sort="])
def test_what_says_nothing_changes_nothing(client: FlaskClient, query: str) -> None:
    response = client.get(f"{HEADACHE}?{query}")
    assert response.get_data() == client.get(HEADACHE).get_data()
    assert "X-Robots-Tag" not in response.headers
    assert response.headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize(("query", "private"), [("m=warfarin", True), ("m=zzz&sort=name", True), ("sort=name", False)])
def test_what_i_take_is_kept_by_nobody(client: FlaskClient, query: str, private: bool) -> None:
    response = client.get(f"{HEADACHE}?{query}")
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Cache-Control"] == ("private, no-store" if private else "public, max-age=60")
    page = response.get_data(as_text=True)
    assert f'rel="canonical" href="https://health.example{HEADACHE}"' in page


@pytest.mark.parametrize("name", ["'", '"', "<script>", "\x00", "%", "दवा", "(((", "a\nb", "../..", "١٢"])
def test_hostile_names_are_only_names(client: FlaskClient, name: str) -> None:
    shown(client, f"m={quote(name)}")


def test_offered_names_are_those_of_the_library(client: FlaskClient) -> None:
    page = client.get(HEADACHE).get_data(as_text=True)
    offered = re.findall(r'<option value="([^"]+)" label="([^"]+)">', page)
    assert ("apixaban", "Eliquis (apixaban)") in offered
    for slug, _ in offered:
        assert client.get(f"/medicines/{slug}/").status_code == 200
