"""Bonds between pages, on the shipped library."""

import pytest

from healthlib.search.generation.generation import Generation


@pytest.fixture
def places(generation: Generation) -> dict[str, int]:
    return {url: place for place, (url, _) in enumerate(generation.store.addresses())}


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("kesimpta", "/medicines/ofatumumab/"),
        ("ms", "/conditions/multiple-sclerosis/"),
        ("headaches", "/side-effects/headache/"),
        ("emergency", "/emergency/"),
    ],
)
def test_names_stand_for_their_pages(generation: Generation, places: dict[str, int], name: str, url: str) -> None:
    assert places[url] in generation.searcher.language.things.find([name])[0]


@pytest.mark.parametrize(
    ("thing", "page"),
    [
        ("/medicines/ofatumumab/", "/conditions/multiple-sclerosis/"),
        ("/conditions/multiple-sclerosis/", "/medicines/ofatumumab/"),
        ("/medicines/ofatumumab/", "/articles/kesimpta-multiple-sclerosis/"),
        ("/side-effects/headache/", "/medicines/ofatumumab/"),
        ("/medicines/classes/antiplatelets/", "/medicines/aspirin/"),
    ],
)
def test_pages_that_belong_together_are_bound(
    generation: Generation, places: dict[str, int], thing: str, page: str
) -> None:
    kinship = generation.searcher.language.kinship
    assert kinship.toward([(places[thing],)])[places[page]] > 0
    assert kinship.toward([(places[thing],)])[places["/privacy/"]] == 0
