"""Cells keep what the page says and name its sources; anchors of the page stay on the page."""

from typing import cast

import pytest

from healthlib.content.compared import Compared
from healthlib.content.publish.comparing import Comparer, pairs_of
from healthlib.content.published import ArticlePage, MedicinePage
from healthlib.content.templates import environment
from samples import OMIT, article, medicine, product, publish, second_product, small_medicine


@pytest.fixture(scope="module")
def comparer() -> Comparer:
    return Comparer(environment())


def columns(comparer: Comparer, *changed: object) -> list[Compared]:
    page = cast(MedicinePage, publish("medicines/alphamab", *changed))  # type: ignore[arg-type]
    return list(comparer.compared(page))


def test_each_product_has_a_column_of_its_own(comparer: Comparer) -> None:
    first, second = columns(comparer)
    assert (first.name, second.name) == ("Alphaject", "Bigdrip")
    assert "Alphaject" not in "".join(second.cells.values())
    assert [effect.slug for effect in second.effects] == ["hair-loss"]
    assert first.label == "Alphaject (alphamab)"


def test_sources_stand_below_a_cell_and_no_number_or_anchor_is_left(comparer: Comparer) -> None:
    first, second = columns(comparer)
    for column in (first, second):
        for html in [*column.cells.values(), *(effect.html for effect in column.effects)]:
            assert "#ref-" not in html
            assert "cite" not in html
            assert " id=" not in html
            assert "Source" in html
    assert "https://labels.example/alphaject-label" in first.cells["what-it-is"]
    assert "https://labels.example/bigdrip-label" in second.cells["used-for"]
    assert "https://labels.example/alphaject-label" not in second.cells["used-for"]


def test_what_cites_nothing_leads_to_its_place_on_the_page(comparer: Comparer) -> None:
    _, second = columns(comparer)
    assert '<a href="/medicines/alphamab/#bigdrip-how-taken">our page on Alphamab</a>' in second.cells["how-taken"]


def test_links_within_the_page_lead_to_the_page(comparer: Comparer) -> None:
    own = medicine(products=[product(pregnancy="See [how it is taken](#alphaject-how-taken)."), second_product()])
    first, _ = columns(comparer, own)
    assert 'href="/medicines/alphamab/#alphaject-how-taken"' in first.cells["pregnancy"]


def test_what_a_page_lacks_has_no_cell(comparer: Comparer) -> None:
    own = medicine(products=[product(storage=OMIT, boxed_warning=OMIT), second_product(storage="In the refrigerator.")])
    first, second = columns(comparer, own)
    assert "storage" not in first.cells
    assert "boxed-warning" not in first.cells
    assert "In the refrigerator." in second.cells["storage"]


def test_only_comparisons_make_pairs() -> None:
    drugs = ["betanol", "alphamab"]
    pair = cast(ArticlePage, publish("articles/both", article("both", kind="comparison", drugs=drugs)))
    other = cast(ArticlePage, publish("articles/both", article("both", kind="explainer", drugs=drugs)))
    alone = cast(ArticlePage, publish("articles/both", article("both", kind="comparison", drugs=["betanol"])))
    assert pairs_of(pair) == [("alphamab", "betanol")]
    assert pairs_of(other) == []
    assert pairs_of(alone) == []


def test_a_medicine_without_a_brand_goes_by_its_own_name(comparer: Comparer) -> None:
    page = cast(MedicinePage, publish("medicines/betanol", small_medicine()))
    (only,) = comparer.compared(page)
    assert only.label == only.name == "Betanol"
