"""Hostile requests through the routes: a clear answer, a whole page, bounded work, and text that stays text."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote_to_bytes

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse, create_environ
from whoosh.query import Phrase, Term

from contract import check_page, elements
from healthlib.cli.attacks import SEARCHES, Attack, attacks, random_attacks
from healthlib.search.index import Index
from healthlib.search.query import MAX_WORDS
from healthlib.search.suggestions import LIMIT
from healthlib.search.understanding import MOST_SYNONYMS

STATUSES = {200, 400, 404, 414}
# Names, other names, one tree a word (also when the spelling was corrected), synonyms, and the sections of the hits.
MOST_TREES = 2 * (2 + MAX_WORDS + MOST_SYNONYMS) + 1
# Elements that no page of ours has, and that some of the attacks try to plant.
FOREIGN = ("img", "iframe", "object", "embed", "base", "frame", "style")

fuzz = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def send(client: FlaskClient, attack: Attack) -> TestResponse:
    """Send a request as a server would pass it on: the query string untouched, the path as bytes."""
    path, _, query = attack.target.partition("?")
    environ: dict[str, Any] = create_environ(method=attack.method)
    environ |= {"PATH_INFO": unquote_to_bytes(path).decode("latin-1"), "QUERY_STRING": query}
    return client.open(environ)


def check(response: TestResponse, attack: Attack) -> None:
    assert response.status_code in STATUSES, attack
    assert "Set-Cookie" not in response.headers, attack
    body = response.get_data(as_text=True)
    if attack.method == "HEAD":
        assert body == ""
    elif response.mimetype == "application/json":
        assert sum(len(group["names"]) for group in response.get_json()) <= LIMIT
    else:
        _check_page(response, body, attack)


def _check_page(response: TestResponse, body: str, attack: Attack) -> None:
    try:
        root = check_page(response)
    except Exception as error:
        raise AssertionError(f"{attack} breaks the page") from error
    assert elements(root, *FOREIGN) == [], attack
    assert "<" not in attack.typed or attack.typed not in body, attack
    assert "51317" not in body, f"{attack} was taken for a template"


def of_page(path: str) -> Iterator[Attack]:
    return (attack for attack in attacks() if attack.target.partition("?")[0] == path)


def test_the_list_is_long_and_can_be_sent() -> None:
    every = list(attacks())
    assert len({attack.typed for attack in every}) > 150
    assert all(attack.target.isascii() and attack.target.isprintable() for attack in every)
    assert all(attack.what for attack in every)
    assert len({(attack.method, attack.target) for attack in every}) == len(every)


def test_random_requests_are_the_same_for_the_same_seed() -> None:
    assert list(random_attacks(20, 1)) == list(random_attacks(20, 1))
    assert list(random_attacks(20, 1)) != list(random_attacks(20, 2))


@pytest.mark.parametrize("path", SEARCHES)
def test_hostile_texts(client: FlaskClient, path: str) -> None:
    for attack in of_page(path):
        check(send(client, attack), attack)


def test_hostile_addresses(client: FlaskClient) -> None:
    for attack in attacks():
        if attack.target.partition("?")[0] not in SEARCHES:
            check(send(client, attack), attack)


@pytest.mark.parametrize("path", SEARCHES)
@fuzz
@given(query=st.binary(max_size=300))
def test_any_bytes_as_a_query_string(client: FlaskClient, path: str, query: bytes) -> None:
    # Servers refuse blanks and control bytes in a request line; every other byte reaches the application as Latin-1.
    attack = Attack("bytes", f"{path}?{''.join(chr(byte) for byte in query if byte > 0x20)}")
    check(send(client, attack), attack)


@fuzz
@given(raw=st.text(max_size=120), page=st.text(max_size=4), kind=st.text(max_size=4), sort=st.text(max_size=4))
def test_any_values_of_the_search_page(client: FlaskClient, raw: str, page: str, kind: str, sort: str) -> None:
    values = {"q": raw.encode("utf-8", "replace"), "page": page, "type": kind, "sort": sort}
    assert client.get("/search", query_string=values).status_code in STATUSES


@fuzz
@given(raw=st.lists(st.sampled_from(["-", '"', "effect:", "drug:", "headache", "सिर", "*", " ", "zzzz"]), max_size=30))
def test_any_mixture_of_our_own_syntax(client: FlaskClient, raw: list[str]) -> None:
    attack = Attack("syntax", f"/search?q={quote(''.join(raw))}", typed="".join(raw))
    check(send(client, attack), attack)


def test_no_request_costs_more_than_its_words(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    costs: list[int] = []
    placed = Index.placed

    def counted(index: Index, tree: Any) -> Any:
        costs[-1] += 1
        # Only words and phrases: a wildcard, a range or a fuzzy word would be spelled out into any number of words.
        assert all(isinstance(leaf, Term | Phrase) for leaf in tree.leaves()), tree
        return placed(index, tree)

    monkeypatch.setattr(Index, "placed", counted)
    for attack in [*of_page("/search"), *random_attacks(50, 1)]:
        costs.append(0)
        send(client, attack)
        assert costs[-1] <= MOST_TREES, attack
    assert max(costs) > MAX_WORDS, "nothing was counted"
