"""Suggestions: only names that lead somewhere, also for Hindi and for slips."""

import string
from itertools import product

import pytest
from flask.testing import FlaskClient

from healthlib.search.generation.generation import Generation
from healthlib.search.query import read_query
from healthlib.search.results import Options
from healthlib.search.suggestions import LIMIT


def names(generation: Generation, typed: str) -> list[str]:
    return [name.text for name in generation.searcher.suggest(typed)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("kes", "Kesimpta"),
        ("KES", "Kesimpta"),
        ("multiple scl", "Multiple sclerosis"),
        ("scler", "Multiple sclerosis"),
        ("one-st", "Plan B One-Step"),
        ("kesym", "Kesimpta"),
        ("सिर", "सिरदर्द"),
    ],
)
def test_names_are_found_by_the_start_of_a_word(generation: Generation, typed: str, name: str) -> None:
    assert name in names(generation, typed)


@pytest.mark.parametrize("typed", ["", " ", "k", "zzzzzz", "(((", "\x00", "x" * 10_000])
def test_nothing_to_suggest_is_an_empty_list(generation: Generation, typed: str) -> None:
    assert names(generation, typed) == []


def test_suggestions_are_grouped_by_type_and_few(generation: Generation) -> None:
    found = generation.searcher.suggest("bl")
    ranks = [name.type.rank for name in found]
    assert ranks == sorted(ranks)
    assert 0 < len(found) <= LIMIT
    assert len({name.url for name in found}) == len(found)


def test_every_suggestion_of_every_short_prefix_has_a_result(generation: Generation) -> None:
    suggested = {
        name.text
        for length in (2, 3)
        for letters in product(string.ascii_lowercase, repeat=length)
        for name in generation.searcher.suggest("".join(letters))
    }
    assert len(suggested) > 300
    for text in suggested:
        assert generation.searcher.search(read_query(text), Options()).total > 0, text


def test_the_address_answers_in_groups(client: FlaskClient) -> None:
    response = client.get("/search/suggest?q=kes")
    assert response.mimetype == "application/json"
    assert "Set-Cookie" not in response.headers
    assert response.headers["X-Robots-Tag"] == "noindex"
    groups = response.get_json()
    assert groups[0]["label"] == "Medicines"
    assert groups[0]["names"][0] == {"name": "Kesimpta", "see": "Ofatumumab", "url": "/medicines/ofatumumab/"}
    assert client.get("/search/suggest").get_json() == []
