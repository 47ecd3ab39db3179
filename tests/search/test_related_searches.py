"""Related searches: from the pages alone, each with results, none that repeats the query."""

from typing import Any

import pytest

from healthlib.content.authored import AuthoredPage
from healthlib.content.pagetypes import PageType
from healthlib.search.analysis import STOP_WORDS, stem, words
from healthlib.search.filters import Facet
from healthlib.search.generation.generation import Generation
from healthlib.search.query import read_query
from healthlib.search.related_searches import SHOWN, owners, related_searches, searches_of
from healthlib.search.results import Options, ResultPage
from samples import Sample, article, condition, library, medicine, product, second_product, small_medicine


def ask(generation: Generation, raw: str, **options: Any) -> ResultPage:
    return generation.searcher.search(read_query(raw), Options(**options))


def searches(ref: str, related: list[str], *changed: Sample) -> dict[str, tuple[str, ...]]:
    read = library(*changed)

    def page(ref: str) -> AuthoredPage:
        found = read.ref(ref)
        assert found is not None
        return found

    return dict(searches_of(page(ref), [page(other) for other in related]))


def test_parts_of_the_page_take_turns_with_names_of_related_pages() -> None:
    found = searches("conditions/migraine", ["medicines/alphamab", "medicines/betanol"])
    assert found["migraine"] == ("migraine symptoms", "alphamab", "migraine treatment", "betanol")
    assert found["/conditions/migraine/"] == ("migraine", "alphamab", "betanol")


def test_only_parts_that_the_product_of_that_brand_has_are_offered() -> None:
    products = [product(pregnancy="Ask first. [@alphaject-label]", missed_dose=""), second_product()]
    found = searches(
        "medicines/alphamab", [], medicine(products=[{**products[0], "missed_dose": "Wait."}, products[1]])
    )
    assert found["alphaject"] == ("Alphaject side effects", "Alphaject missed dose", "Alphaject pregnancy")
    assert found["bigdrip"] == ("Bigdrip side effects",)
    assert found["alphamab"] == ("alphamab side effects", "alphamab missed dose", "alphamab pregnancy")
    assert found["humax a"] == found["alphamab"], "an alias is offered under the page's own name"


def test_names_written_alike_have_one_list() -> None:
    read = library(condition(aliases=["sick headache", "Sick-Headache", "MIGRAINE"]))
    page = read.ref("conditions/migraine")
    assert page is not None
    keys = [key for key, _ in searches_of(page, [])]
    assert keys.count("sick headache") == 1
    assert sorted(keys) == sorted(set(keys))


def test_an_overdose_is_never_offered() -> None:
    found = searches("medicines/alphamab", [], medicine(products=[product(overdose="Call. [@alphaject-label]")]))
    assert not [search for found in found.values() for search in found if "overdose" in search]


def test_an_empty_section_is_not_offered() -> None:
    body = (
        "## What it is {#what-it-is}\n\nIt hurts.\n\n## Symptoms {#symptoms}\n\n## Treatments {#treatments}\n\nRest.\n"
    )
    assert searches("conditions/migraine", [], condition(body=body))["migraine"] == ("migraine treatment",)


def test_medicines_of_one_class_are_offered_together() -> None:
    found = searches("medicines/alphamab", ["medicines/betanol"], small_medicine(classes=["antibodies"]))
    assert "alphamab and betanol" in found["alphamab"]
    assert not [one for one in searches("medicines/alphamab", ["medicines/betanol"])["alphamab"] if " and " in one]


def test_articles_are_offered_only_as_comparisons_and_sensitive_pages_never() -> None:
    comparison = article("both", title="Which one?", kind="comparison", aliases=["alphamab vs betanol"])
    hush = condition("hush", name="a secret", sensitive=True)
    related = ["articles/both", "articles/living-with-migraine", "conditions/hush", "topics/nerves"]
    assert searches("side-effects/hair-loss", related, comparison, hush)["/side-effects/hair-loss/"] == (
        "hair loss",
        "alphamab vs betanol",
    )


def test_a_shared_name_belongs_to_the_page_that_has_it_as_its_own() -> None:
    read = library(article(aliases=["alphamab", "headaches at work"]), condition(aliases=["headaches at work"]))
    assert owners(read)["alphamab"] == "medicines/alphamab"
    assert owners(read)["headaches at work"] == "articles/living-with-migraine"


KNOWN = {
    "heart attack": ("heart attack symptoms", "aspirin", "stroke"),
    "attack": ("panic",),
    "stroke": ("stroke symptoms", "aspirin"),
    "/a/": ("one", "both"),
    "/b/": ("both", "two", "aspirin"),
    "/c/": ("three", "aspirin"),
}


@pytest.mark.parametrize(
    ("name", "meaning", "first", "shown"),
    [
        ("heart attack", "", [], ("heart attack symptoms", "aspirin", "stroke")),
        ("stroke or heart attack", "", [], ("aspirin", "heart attack symptoms", "stroke symptoms")),
        ("symptoms of stroke", "", [], ("aspirin",)),
        ("dil ka daura", "heart attack", [], ("heart attack symptoms", "aspirin", "stroke")),
        ("stroke", "aspirin", [], ("stroke symptoms",)),
        ("pain", "", ["/a/", "/b/", "/c/"], ("both", "aspirin")),
        ("stroke", "", ["/a/", "/b/"], ("stroke symptoms", "aspirin", "both")),
        ("nothing", "", ["/a/"], ()),
        ("", "", [], ()),
    ],
)
def test_what_a_query_names_comes_first_then_what_the_first_pages_agree_on(
    name: str, meaning: str, first: list[str], shown: tuple[str, ...]
) -> None:
    covered = {*name.split(), *meaning.split()}
    assert related_searches(KNOWN, name, [meaning] if meaning else [], covered, first) == shown


@pytest.mark.parametrize(
    ("raw", "some"),
    [
        ("kesimpta", "Kesimpta side effects"),
        ("ofatumumab", "ofatumumab pregnancy"),
        ("xarelto missed dose", "Xarelto pregnancy"),
        ("optic neuritis", "multiple sclerosis"),
        ("kesympta", "Kesimpta side effects"),
        ("cannabidiol", "CBD and THC"),
        ("pill for clots in leg", "deep vein thrombosis"),
    ],
)
def test_a_reader_is_offered_what_comes_next(generation: Generation, raw: str, some: str) -> None:
    assert some in ask(generation, raw).related


def test_a_corrected_search_that_finds_nothing_under_its_filter_offers_some_too(generation: Generation) -> None:
    found = ask(generation, "kesympta", filters={Facet.TYPE: PageType.PERSON.value})
    assert found.correction is not None
    assert found.total == 0
    assert "Kesimpta side effects" in found.related


@pytest.mark.parametrize("raw", ["zzzz", "", "(((", "want to die", "heart attack", "overdose"])
def test_nothing_is_offered_where_nothing_is_known_or_danger_is_named(generation: Generation, raw: str) -> None:
    assert ask(generation, raw).related == ()


@pytest.mark.parametrize(
    "raw",
    ["kesimpta", "side effects of xarelto", "kesimpta side effects", "xarelto eliquis", "blood thinners", "liver"],
)
def test_nothing_offered_repeats_the_query(generation: Generation, raw: str) -> None:
    found = ask(generation, raw)
    own = {stem(word.text) for word in words(raw)}
    assert found.related
    assert len(set(found.related)) == len(found.related) <= SHOWN
    for search in found.related:
        assert not {stem(word.text) for word in words(search) if word.text not in STOP_WORDS} <= own


def test_every_related_search_has_results(generation: Generation) -> None:
    searches = {search for found in generation.searcher.searches.values() for search in found}
    assert len(searches) > 300
    for search in searches:
        assert generation.searcher.ranking(read_query(search), 1), search
