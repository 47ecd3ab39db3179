from dataclasses import replace

import pytest

from healthlib.content.templates import search_url
from healthlib.search.filters import Facet, FacetValue
from healthlib.search.results import Options, Sort
from healthlib.web.search_links import SearchLinks

PLAIN = SearchLinks("heart & blood", Options())
CHOSEN = SearchLinks(
    "blood", Options({Facet.CLASS: "statins", Facet.TYPE: "medicine"}, Sort.TITLE, page=3, literal=True)
)


def choose(links: SearchLinks, facet: Facet, value: str) -> str:
    """Return the address with one value of a facet."""
    [(url, _)] = links.choices(facet, [FacetValue(value, "Label", 1)])
    return url


def test_a_link_holds_only_what_was_chosen() -> None:
    assert PLAIN.clear() == "/search?q=heart+%26+blood"
    assert choose(PLAIN, Facet.TOPIC, "heart") == "/search?q=heart+%26+blood&topic=heart"


def test_parameters_have_one_order_however_they_were_chosen() -> None:
    assert CHOSEN.ordered("title") == "/search?q=blood&type=medicine&class=statins&sort=title&exact=1"
    assert choose(CHOSEN, Facet.TOPIC, "x") == "/search?q=blood&type=medicine&topic=x&class=statins&sort=title&exact=1"


@pytest.mark.parametrize("facet", Facet)
@pytest.mark.parametrize("links", [PLAIN, CHOSEN, SearchLinks("", Options())])
def test_a_choice_is_written_as_every_other_address(links: SearchLinks, facet: Facet) -> None:
    narrowed = SearchLinks(links.q, replace(links.options, filters={**links.options.filters, facet: "a & b"}))
    assert choose(links, facet, "a & b") == search_url(**narrowed.values)


def test_a_facet_has_one_value() -> None:
    assert choose(CHOSEN, Facet.TYPE, "article") == "/search?q=blood&type=article&class=statins&sort=title&exact=1"


def test_each_link_changes_one_thing_and_leads_to_the_first_page() -> None:
    assert CHOSEN.drop(Facet.TYPE) == "/search?q=blood&class=statins&sort=title&exact=1"
    assert CHOSEN.clear() == "/search?q=blood&sort=title&exact=1"
    assert CHOSEN.ordered("best") == "/search?q=blood&type=medicine&class=statins&exact=1"
    assert CHOSEN.literal(False) == "/search?q=blood&type=medicine&class=statins&sort=title"


def test_the_values_of_a_search_are_those_of_its_other_pages() -> None:
    assert {name: value for name, value in CHOSEN.values.items() if value} == {
        "q": "blood",
        "type": "medicine",
        "class": "statins",
        "sort": "title",
        "exact": "1",
    }
