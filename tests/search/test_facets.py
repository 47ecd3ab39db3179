"""Counts beside the choices are promises: each is the total that a reader gets who follows it."""

import time
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlib.content.pagetypes import PageType
from healthlib.content.published import Page
from healthlib.search.facets import MOST, NOT_REVIEWED, Choice, Facets, Narrowed
from healthlib.search.filters import Facet, FacetCounts, Filters
from healthlib.search.generation.generation import Generation
from healthlib.search.query import read_query
from healthlib.search.results import Options, ResultPage
from samples import condition, publish

Keys = frozenset[tuple[Facet, str]]

keys = st.tuples(st.sampled_from(Facet), st.sampled_from("abc"))
libraries = st.lists(st.frozensets(keys, max_size=6), max_size=12)
filters = st.dictionaries(st.sampled_from(Facet), st.sampled_from("abcx"), max_size=3)


def facets_of(pages: list[Keys]) -> Facets:
    """Return the facets of a made-up library."""
    choices = sorted(frozenset().union(*pages), key=lambda key: (list(Facet).index(key[0]), key[1]))
    members = [[place for place, page in enumerate(pages) if key in page] for key in choices]
    return Facets(
        [Choice(facet, value, value.upper()) for facet, value in choices],
        np.cumsum([0, *map(len, members)]).astype(np.int32),
        np.array([place for places in members for place in places], np.intp),
    )


def total(pages: list[Keys], filters: Filters) -> int:
    return sum(all(item in page for item in filters.items()) for page in pages)


def narrow(facets: Facets, pages: int, filters: Filters) -> Narrowed:
    return facets.narrow(np.arange(pages), pages, filters)


def counted(narrowed: Narrowed | ResultPage, facet: Facet) -> FacetCounts | None:
    return next((found for found in narrowed.facets if found.facet is facet), None)


@given(pages=libraries, filters=filters, data=st.data())
def test_a_count_is_the_total_behind_it(pages: list[Keys], filters: Filters, data: st.DataObject) -> None:
    hits = sorted(data.draw(st.sets(st.sampled_from(range(len(pages)))))) if pages else []
    found = [pages[hit] for hit in hits]
    narrowed = facets_of(pages).narrow(np.array(hits, dtype=np.intp), len(pages), filters)
    passing = [place for place, page in enumerate(found) if all(item in page for item in filters.items())]
    assert passing == (list(range(len(found))) if narrowed.kept is None else narrowed.kept.tolist())
    assert narrowed.total == len(passing)
    for facet in Facet:
        others = {other: value for other, value in filters.items() if other is not facet}
        totals = {value: total(found, others | {facet: value}) for value in "abcx"}
        real = {value: number for value, number in totals.items() if number}
        shown = counted(narrowed, facet)
        if shown is None:
            assert facet not in filters
            assert set(real.values()) <= {total(found, others)}
        else:
            assert {value.value: value.count for value in shown.values} == real
            assert shown.total == total(found, others)
            assert shown.chosen == filters.get(facet, "")
    assert {one.facet: one.value for one in narrowed.applied} == filters
    for one in narrowed.applied:
        assert one.without == total(found, {k: v for k, v in filters.items() if k is not one.facet})


QUERIES = ["bleeding", "kesympta", "effect:nausea"]


def ask(generation: Generation, raw: str, filters: Filters) -> ResultPage:
    return generation.searcher.search(read_query(raw), Options(filters))


@pytest.mark.parametrize("raw", QUERIES)
def test_every_choice_over_the_shipped_library_gives_what_it_says(generation: Generation, raw: str) -> None:
    everything = ask(generation, raw, {})
    assert everything.facets
    for first in everything.facets:
        chosen = {first.facet: first.values[0].value}
        narrowed = ask(generation, raw, chosen)
        assert narrowed.total == first.values[0].count
        assert narrowed.unfiltered == everything.total == narrowed.applied[0].without
        for facet in narrowed.facets:
            for value in facet.values:
                assert ask(generation, raw, chosen | {facet.facet: value.value}).total == value.count


def test_only_pages_with_the_value_are_left(generation: Generation) -> None:
    found = ask(generation, "bleeding", {Facet.TYPE: "medicine", Facet.CONDITION: "stroke"})
    assert found.hits
    for hit in found.hits:
        page = generation.store.page(hit.card.url)
        assert page is not None
        assert page.type is PageType.MEDICINE
        assert "conditions/stroke" in page.about


@pytest.mark.parametrize(
    ("facet", "value", "url"),
    [
        (Facet.CONDITION, "stroke", "/conditions/stroke/"),
        (Facet.CLASS, "anti-cd20-antibodies", "/medicines/classes/anti-cd20-antibodies/"),
        (Facet.TOPIC, "blood-thinners", "/topics/blood-thinners/"),
    ],
)
def test_a_page_counts_under_itself(generation: Generation, facet: Facet, value: str, url: str) -> None:
    label = generation.searcher.facets.label(facet, value)
    assert label is not None
    assert url in {hit.card.url for hit in ask(generation, label, {facet: value}).hits}


def test_the_answer_card_stands_above_unfiltered_results_only(generation: Generation) -> None:
    assert ask(generation, "stroke", {}).answer is not None
    assert ask(generation, "stroke", {Facet.TYPE: "condition"}).answer is None


def test_a_filter_that_leaves_little_says_what_it_holds_back(generation: Generation) -> None:
    found = ask(generation, "bleeding", {Facet.TYPE: "class", Facet.TOPIC: "blood-thinners"})
    assert found.total == 0
    assert found.few
    assert [one.facet for one in found.wider] == [Facet.TYPE]
    assert not ask(generation, "bleeding", {Facet.TOPIC: "blood-thinners"}).few
    assert not ask(generation, "zzzz", {Facet.TOPIC: "blood-thinners"}).few


def published() -> list[Page]:
    reviewed = condition(reviewed_by="asha-rao", last_reviewed=date(2025, 6, 1))
    stroke = condition("stroke", name="Stroke")
    refs = ("articles/living-with-migraine", "classes/antibodies", "classes/blockers", "conditions/migraine")
    refs += ("conditions/stroke", "medicines/alphamab", "pages/privacy", "topics/nerves")
    return [publish(ref, reviewed, stroke) for ref in refs]


def test_values_have_the_names_and_the_order_of_their_pages() -> None:
    labels = {facet: [c.label for c in Facets.build(published()).choices if c.facet is facet] for facet in Facet}
    assert labels == {
        Facet.TYPE: [page_type.spec.plural for page_type in PageType],
        Facet.TOPIC: ["Brain and nerves"],
        Facet.CONDITION: ["Migraine", "Stroke"],
        Facet.CLASS: ["Antibodies", "Blockers"],
        Facet.REVIEWED: ["2025", "Not yet"],
    }


def test_what_a_page_is_about_is_what_it_counts_under() -> None:
    pages = published()
    found = narrow(Facets.build(pages), len(pages), {Facet.CONDITION: "migraine"})
    assert found.kept is not None
    kept = {pages[place].url for place in found.kept.tolist()}
    assert kept == {page.url for page in pages if "conditions/migraine" in page.about} | {"/conditions/migraine/"}
    years = counted(narrow(Facets.build(pages), len(pages), {}), Facet.REVIEWED)
    assert years is not None
    assert [(year.value, year.count) for year in years.values] == [("2025", 1), (NOT_REVIEWED, len(pages) - 1)]


def test_a_facet_in_which_every_page_agrees_is_not_shown() -> None:
    facets = facets_of([frozenset({(Facet.TOPIC, "a"), (Facet.TYPE, "a")}), frozenset({(Facet.TOPIC, "a")})])
    found = narrow(facets, 2, {})
    assert [one.facet for one in found.facets] == [Facet.TYPE]
    assert counted(narrow(facets, 2, {Facet.TOPIC: "a"}), Facet.TOPIC) is not None


def test_choices_come_by_count_then_name_and_the_chosen_one_first() -> None:
    pages = [frozenset({(Facet.TOPIC, name) for name in names}) for names in ("abc", "bc", "c", "d")]
    for chosen, order in ((dict[Facet, str](), "cbad"), ({Facet.TOPIC: "d"}, "dcba")):
        topics = counted(narrow(facets_of(pages), len(pages), chosen), Facet.TOPIC)
        assert topics is not None
        assert "".join(value.value for value in topics.values) == order


def test_a_long_facet_is_cut_and_keeps_the_chosen_value() -> None:
    names = [f"c{number:03}" for number in range(MOST * 2)]
    pages = [frozenset({(Facet.CONDITION, name)}) for name in names]
    found = counted(narrow(facets_of(pages), len(pages), {Facet.CONDITION: names[-1]}), Facet.CONDITION)
    assert found is not None
    assert [value.value for value in found.values] == [names[-1], *names[: MOST - 1]]


def test_of_very_many_values_the_most_frequent_are_shown() -> None:
    names = [f"c{number:03}" for number in range(400)]
    pages = [frozenset((Facet.CONDITION, name) for name in names), frozenset({(Facet.CONDITION, "c399")})]
    for chosen, order in (
        (dict[Facet, str](), ["c399", *names]),
        ({Facet.CONDITION: "c390"}, ["c390", "c399", *names]),
    ):
        found = counted(narrow(facets_of(pages), len(pages), chosen), Facet.CONDITION)
        assert found is not None
        assert [value.value for value in found.values] == order[:MOST]


def test_saved_and_loaded_it_is_the_same(tmp_path: Path) -> None:
    facets = Facets.build(published())
    facets.save(tmp_path / "facets")
    loaded = Facets.load(tmp_path / "facets")
    assert loaded.choices == facets.choices
    assert np.array_equal(loaded.starts, facets.starts)
    assert np.array_equal(loaded.pages, facets.pages)
    assert narrow(loaded, 8, {Facet.TOPIC: "nerves"}).facets == narrow(facets, 8, {Facet.TOPIC: "nerves"}).facets


@pytest.mark.parametrize(
    ("facet", "value", "label"),
    [
        (Facet.TYPE, "medicine", "Medicines"),
        (Facet.TYPE, "article", "Articles"),
        (Facet.TYPE, "nonsense", None),
        (Facet.CONDITION, "migraine", "Migraine"),
        (Facet.CONDITION, "antibodies", None),
        (Facet.REVIEWED, "2019", "2019"),
        (Facet.REVIEWED, NOT_REVIEWED, "Not yet"),
        (Facet.REVIEWED, "20 19", None),
        (Facet.REVIEWED, "२०१९", None),
    ],
)
def test_labels(facet: Facet, value: str, label: str | None) -> None:
    assert Facets.build(published()).label(facet, value) == label


def test_an_empty_library_has_no_facets() -> None:
    found = narrow(Facets.build([]), 0, {Facet.REVIEWED: "2025"})
    assert found.total == 0
    assert [(one.label, one.without) for one in found.applied] == [("2025", 0)]


def test_two_hundred_thousand_pages_are_counted_at_once() -> None:
    random = np.random.default_rng(1)
    pages, conditions = 200_000, 20_000
    choices = [Choice(Facet.TYPE, str(n), str(n)) for n in range(8)]
    choices += [Choice(Facet.CONDITION, str(n), str(n)) for n in range(conditions)]
    codes = np.column_stack((random.integers(0, 8, pages), random.integers(8, 8 + conditions, (pages, 3)))).ravel()
    starts = np.append(0, np.bincount(codes, minlength=8 + conditions).cumsum()).astype(np.int32)
    facets = Facets(choices, starts, np.argsort(codes, kind="stable") // 4)
    start = time.process_time()
    found = facets.narrow(np.arange(pages), pages, {Facet.TYPE: "3"})
    # Measured at 0.03 s; a loop over the pages takes many times the limit.
    assert time.process_time() - start < 0.5
    assert found.total == np.count_nonzero(codes[::4] == 3)
