from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from healthlib.content.drug import Drug, Product, SideEffectRow
from healthlib.content.frequency import Frequency, frequency_of
from samples import OMIT, Fields, effect_row, medicine, product, second_product, small_medicine


def row(**changes: Any) -> SideEffectRow:
    return SideEffectRow.model_validate(effect_row(**changes))


def drug(**changes: Any) -> Drug:
    return Drug.model_validate(medicine(**changes).front)


@pytest.mark.parametrize(
    ("pct", "frequency"),
    [(39, "very_common"), (10, "very_common"), (9.9, "common"), (0.1, "uncommon"), (0.05, "rare"), (0, "very_rare")],
)
def test_the_class_is_worked_out_from_the_percentage(pct: float, frequency: str) -> None:
    assert row(pct=pct).frequency == frequency


def test_a_row_without_figure_or_class_is_not_known() -> None:
    assert row(pct=OMIT, comparator_pct=OMIT, comparator=OMIT).frequency is Frequency.NOT_KNOWN


@pytest.mark.parametrize("frequency", Frequency)
def test_a_class_may_stand_alone(frequency: Frequency) -> None:
    assert row(pct=OMIT, frequency=str(frequency)).frequency is frequency


@pytest.mark.parametrize(("pct", "frequency"), [(39, "common"), (0.5, "rare"), (12, "not_known"), (1, "uncommon")])
def test_a_class_that_the_percentage_denies_is_refused(pct: float, frequency: str) -> None:
    with pytest.raises(ValidationError, match=f"not {frequency}"):
        row(pct=pct, frequency=frequency)


@given(st.integers(0, 100_000))
def test_a_class_that_agrees_with_the_percentage_is_accepted(thousandths: int) -> None:
    pct = thousandths / 1000
    assert row(pct=pct, frequency=str(frequency_of(Decimal(str(pct))))).pct == Decimal(str(pct))


@pytest.mark.parametrize(
    "pct",
    [-1, -0.001, 100.1, 101, float("nan"), float("inf"), float("-inf"), True, "many", [1]],
    ids=repr,
)
def test_a_percentage_that_is_none_is_refused(pct: object) -> None:
    with pytest.raises(ValidationError, match="pct"):
        row(pct=pct)


def test_a_percentage_in_quotes_is_not_blamed_on_a_class_that_nobody_wrote() -> None:
    try:
        message = f"read as {row(pct='39').frequency}"
    except ValidationError as error:
        message = str(error)
    assert "drop frequency" not in message


def test_the_percentage_is_kept_exactly() -> None:
    assert row(pct=0.1, frequency="uncommon").pct == Decimal("0.1")


@pytest.mark.parametrize("care", ["doctor", "urgent", "emergency"])
def test_a_serious_effect_needs_care(care: str) -> None:
    assert row(serious=True, care=care).serious
    with pytest.raises(ValidationError, match="serious side effect needs care"):
        row(serious=True, care="self")


@pytest.mark.parametrize("missing", ["comparator", "comparator_pct"])
def test_comparator_and_its_figure_go_together(missing: str) -> None:
    with pytest.raises(ValidationError, match="go together"):
        row(**{missing: OMIT})


@pytest.mark.parametrize("missing", ["effect", "care", "what_to_do", "source"])
def test_a_row_needs_every_field_of_the_guide(missing: str) -> None:
    with pytest.raises(ValidationError, match=missing):
        row(**{missing: OMIT})


@pytest.mark.parametrize("missing", ["form", "route", "prescription", "indications", "side_effects"])
def test_a_product_needs_every_field_of_the_guide(missing: str) -> None:
    with pytest.raises(ValidationError, match=missing):
        Product.model_validate(product(**{missing: OMIT}))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"indications": []}, "indications"),
        ({"side_effects": []}, "side_effects"),
        ({"prescription": "sometimes"}, "prescription"),
        ({"legal": [{"text": "Approved."}]}, "country"),
        ({"legal": [{"country": "India", "text": "Approved."}]}, "country"),
        ({"label": {"region": "US", "url": "label"}}, "url"),
        ({"label": {"url": "https://labels.example"}}, "region"),
        ({"dose": "20 mg"}, "dose"),
    ],
)
def test_a_wrong_product_is_refused(changes: Fields, field: str) -> None:
    with pytest.raises(ValidationError, match=field):
        Product.model_validate(product(**changes))


@pytest.mark.parametrize("field", ["classes", "topics", "products"])
def test_a_medicine_needs_at_least_one_of_each(field: str) -> None:
    for value in ([], OMIT):
        with pytest.raises(ValidationError, match=field):
            drug(**{field: value})


def test_two_products_need_brands_that_tell_them_apart() -> None:
    for one, other in [("Alphaject", "ALPHAJECT"), (OMIT, OMIT), ("Plan B", "Plan-B")]:
        with pytest.raises(ValidationError, match="two products share a brand"):
            drug(products=[product(brand=one), second_product(brand=other)])


def test_one_generic_product_may_stand_beside_a_brand() -> None:
    ids = [one.id for one in drug(products=[product(), second_product(brand=OMIT)]).products]
    assert ids == ["alphaject", "generic"]


def test_names_are_the_generic_name_and_every_brand() -> None:
    read = drug()
    assert read.brands == ("Alphaject", "Écofén", "Bigdrip")
    assert read.names == ("alphamab", "Alphaject", "Écofén", "Bigdrip")
    assert read.title == "Alphamab"


def test_a_medicine_is_about_its_classes_uses_and_side_effects() -> None:
    assert set(drug().about()) == {
        ("topics", "nerves"),
        ("classes", "antibodies"),
        ("conditions", "migraine"),
        ("side-effects", "headache"),
        ("side-effects", "hair-loss"),
    }


def test_a_use_without_a_page_is_allowed() -> None:
    read = Drug.model_validate(
        small_medicine(products=[product(brand=OMIT, indications=[{"text": "Something rare"}])]).front
    )
    assert ("conditions", None) not in set(read.about())
