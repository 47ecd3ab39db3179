"""Golden queries over the shipped library: what a reader types, and the page that must come first."""

import pytest

from healthlib.content.pagetypes import PageType
from healthlib.search.filters import Facet
from healthlib.search.generation.generation import Generation
from healthlib.search.query import read_query
from healthlib.search.results import Options, ResultPage, Sort


def ask(generation: Generation, raw: str, **options: object) -> ResultPage:
    return generation.searcher.search(read_query(raw), Options(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("raw", "first"),
    [
        ("kesimpta", "/medicines/ofatumumab/"),
        ("Kesimpta", "/medicines/ofatumumab/"),
        ("ofatumumab", "/medicines/ofatumumab/"),
        ("arzerra", "/medicines/ofatumumab/"),
        ("multiple sclerosis", "/conditions/multiple-sclerosis/"),
        ('"multiple sclerosis"', "/conditions/multiple-sclerosis/"),
        ("MS", "/conditions/multiple-sclerosis/"),
        ('"blood thinners"', "/topics/blood-thinners/"),
        ("blood thinners", "/topics/blood-thinners/"),
        ("effect:headache", "/side-effects/headache/"),
        ("side-effect:headache", "/side-effects/headache/"),
        ("drug:ofatumumab", "/medicines/ofatumumab/"),
        ("medicine:kesimpta", "/medicines/ofatumumab/"),
        ('condition:"multiple sclerosis"', "/conditions/multiple-sclerosis/"),
        ("headache", "/side-effects/headache/"),
        ("alopecia", "/side-effects/hair-loss/"),
        ("xarelto", "/medicines/rivaroxaban/"),
        ("eliquis", "/medicines/apixaban/"),
        ("plan b one-step", "/medicines/levonorgestrel/"),
        ("epidiolex", "/medicines/cannabidiol/"),
        ("stroke", "/conditions/stroke/"),
        ("heart attack", "/conditions/heart-attack/"),
        ("myocardial infarction", "/conditions/heart-attack/"),
        ("what are the side effects of xarelto", "/medicines/rivaroxaban/"),
        ("cbd and thc", "/articles/cbd-and-thc/"),
        ("privacy", "/privacy/"),
        ("वार्फरिन", "/medicines/warfarin/"),
        ("स्ट्रोक", "/conditions/stroke/"),
        ("सिरदर्द", "/side-effects/headache/"),
    ],
)
def test_first_hit(generation: Generation, raw: str, first: str) -> None:
    found = ask(generation, raw)
    assert found.hits, raw
    assert found.hits[0].card.url == first


@pytest.mark.parametrize("raw", ["kesimpta", "arzerra", "xarelto"])
def test_a_brand_names_its_substance(generation: Generation, raw: str) -> None:
    note = ask(generation, raw).hits[0].note
    assert note.lower().startswith(f"{raw} is a brand of ")


def test_a_generic_name_needs_no_note(generation: Generation) -> None:
    assert ask(generation, "ofatumumab").hits[0].note == ""


def test_pages_with_all_words_come_before_those_with_some(generation: Generation) -> None:
    found = ask(generation, "monthly injection sclerosis", per_page=50)
    missing = [bool(hit.missing) for hit in found.hits]
    assert missing == sorted(missing)
    assert missing[0] is False
    assert missing[-1] is True


def test_missing_words_are_named(generation: Generation) -> None:
    hits = ask(generation, "kesimpta zzzz").hits
    assert hits[0].missing == ("zzzz",)


def test_minus_leaves_pages_out(generation: Generation) -> None:
    without = {hit.card.url for hit in ask(generation, "ofatumumab -leukaemia", per_page=50).hits}
    everything = {hit.card.url for hit in ask(generation, "ofatumumab", per_page=50).hits}
    assert without < everything
    assert "/conditions/chronic-lymphocytic-leukaemia/" in everything - without


def test_an_excluded_exact_name_stays_out(generation: Generation) -> None:
    assert all(hit.card.url != "/medicines/ofatumumab/" for hit in ask(generation, "ofatumumab -arzerra").hits)


def test_a_field_keeps_to_pages_about_the_thing(generation: Generation) -> None:
    found = ask(generation, "effect:headache", per_page=50)
    for hit in found.hits[1:]:
        page = generation.store.page(hit.card.url)
        assert page is not None
        assert "side-effects/headache" in page.about


def test_a_phrase_must_stand_together(generation: Generation) -> None:
    found = ask(generation, '"thinners blood"')
    assert found.total == 0


def test_a_section_hit_leads_to_an_anchor_that_exists(generation: Generation) -> None:
    checked = 0
    for raw in ("stop before an operation", "missed dose", "pregnancy", "overdose of rivaroxaban", "kesimpta vaccine"):
        for hit in ask(generation, raw).hits:
            url, _, anchor = hit.url.partition("#")
            page = generation.store.page(url)
            assert page is not None
            anchors = {section.id for section in page.all_sections()}
            assert not anchor or anchor in anchors
            assert all(link.url.partition("#")[2] in anchors for link in hit.sections)
            checked += bool(anchor)
    assert checked > 10


def test_snippets_mark_the_words(generation: Generation) -> None:
    for hit in ask(generation, "vaccine").hits:
        assert any(span.mark for span in hit.snippet + hit.title)


def test_facets_stay_true_under_a_filter(generation: Generation) -> None:
    everything = ask(generation, "bleeding")
    kinds = everything.facets[0]
    assert sum(kind.count for kind in kinds.values) == everything.total
    for kind in kinds.values:
        narrowed = ask(generation, "bleeding", filters={Facet.TYPE: kind.value}, per_page=50)
        assert narrowed.total == kind.count
        assert narrowed.facets[0].values == kinds.values
        assert {hit.card.type.value for hit in narrowed.hits} == {kind.value}


def test_pages_of_results_cut_one_list(generation: Generation) -> None:
    whole = [hit.card.url for hit in ask(generation, "bleeding", per_page=50).hits]
    parts = [hit.card.url for page in (1, 2, 3) for hit in ask(generation, "bleeding", page=page, per_page=5).hits]
    assert parts == whole[:15]
    assert ask(generation, "bleeding", page=9999).hits == ()


def test_sort_by_title_and_date(generation: Generation) -> None:
    titles = [hit.card.title.casefold() for hit in ask(generation, "bleeding", sort=Sort.TITLE, per_page=50).hits]
    assert titles == sorted(titles)
    dates = [hit.card.updated for hit in ask(generation, "bleeding", sort=Sort.NEWEST, per_page=50).hits]
    assert dates == sorted(dates, reverse=True)


def test_a_type_filter_without_any_page_is_empty(generation: Generation) -> None:
    assert ask(generation, "kesimpta", filters={Facet.TYPE: PageType.PERSON.value}).total == 0


@pytest.mark.parametrize(
    ("raw", "effect"),
    [
        ("effect:headache", "headache"),
        ("which medicines cause hair loss", "hair loss"),
        ("effect:diarrhoea", "diarrhoea"),
    ],
)
def test_a_side_effect_finds_its_medicines_with_numbers(generation: Generation, raw: str, effect: str) -> None:
    found = ask(generation, raw)
    medicines = [hit for hit in found.hits if hit.card.type is PageType.MEDICINE]
    assert found.hits[0].card.title.lower() == effect
    assert len(medicines) >= 2
    assert all(hit.figures[0].effect.lower() == effect for hit in medicines)
    assert " in " in medicines[0].figures[0].phrase


def test_medicines_of_a_side_effect_come_by_their_figures(generation: Generation) -> None:
    hits = ask(generation, "effect:headache", per_page=50).hits
    listed = {hit.card.url for hit in hits if hit.card.type is PageType.MEDICINE}
    in_order = [row.page for row in generation.store.listed("headache", 100) if row.page in listed]
    known = [row.page for row in generation.store.listed("headache", 100) if row.figure.pct is not None]
    found = [hit.card.url for hit in hits if hit.card.url in known]
    assert found == [url for url in dict.fromkeys(in_order) if url in known]


def test_a_medicine_for_a_condition_by_how_it_is_taken(generation: Generation) -> None:
    urls = [hit.card.url for hit in ask(generation, "ms medicine monthly injection").hits[:4]]
    assert "/medicines/ofatumumab/" in urls
