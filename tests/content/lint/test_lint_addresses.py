"""R004: every address and every brand name belongs to one page."""

import pytest

from healthlib.content.lint.addresses import check
from samples import (
    OMIT,
    Sample,
    article,
    condition,
    info_page,
    library,
    medicine,
    places,
    product,
    second_product,
    small_medicine,
    topic,
)


def found(*changed: Sample) -> list[tuple[str, int]]:
    return places(check(library(*changed)), "R004")


def other(**changes: object) -> Sample:
    return article("other", title="Other", **changes)


def betanol(brand: object, *other_brands: str) -> Sample:
    return small_medicine(products=[product(brand=brand, other_brands=list(other_brands))])


def test_r004_a_library_where_nothing_is_claimed_twice_passes() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (other(redirect_from=["/articles/living-with-migraine/"]), "- /articles/living-with-migraine/"),
        (other(redirect_from=["/fine/", "/privacy/"]), "- /privacy/"),
        (other(redirect_from=["/articles/other/"]), "- /articles/other/"),
        (info_page("second", path="/privacy/"), "summary:"),
        (topic("second", name="x", redirect_from=["/articles/living-with-migraine/"]), "- /articles"),
    ],
)
def test_r004_an_address_claimed_twice_is_found_on_its_line(bad: Sample, words: str) -> None:
    assert found(bad) == [bad.at(words)]


def test_r004_a_chosen_path_cannot_be_that_of_another_kind_of_page() -> None:
    (fault,) = check(library(info_page("second", path="/topics/nerves/")))
    assert {"content/pages/second.md", "content/topics/nerves.md"} == {fault.path, fault.message.split()[-1][:-1]}


def test_r004_an_old_path_claimed_by_two_pages_is_found_in_the_second() -> None:
    first = article(redirect_from=["/old/"])
    second = other(redirect_from=["/older/", "/old/"])
    (fault,) = check(library(first, second))
    assert (fault.path, fault.line) == second.at("- /old/")
    assert first.file in fault.message


def test_r004_the_address_of_a_retired_page_is_still_its_own() -> None:
    gone = article("a-gone", status="retired")
    bad = other(redirect_from=["/articles/a-gone/"])
    assert found(gone, bad) == [bad.at("- /articles/a-gone/")]


@pytest.mark.parametrize("brand", ["Alphaject", "alphaject", "ALPHAJECT", "Ecofen", "Bigdrip"])
def test_r004_a_brand_of_two_medicines_is_found_on_its_line(brand: str) -> None:
    bad = betanol(brand)
    assert found(bad) == [bad.at(f"brand: {brand}")]


def test_r004_a_second_brand_name_counts_too() -> None:
    bad = betanol("Betaject", "Bigdrip")
    assert [path for path, _ in found(bad)] == [bad.file]


def test_r004_brands_are_told_apart_by_their_addresses() -> None:
    # "Plan B" and "Plan-B" are both /medicines/plan-b/, which can lead to one page only.
    first = medicine(products=[product(brand="Plan B"), second_product()])
    bad = betanol("Plan-B")
    assert [path for path, _ in found(first, bad)] == [bad.file]


def test_r004_a_brand_cannot_have_the_address_of_another_medicine() -> None:
    # The brand's address would lead away from that medicine's page.
    first = medicine(products=[product(brand="Betanol"), second_product()])
    assert len(found(first)) == 1


def test_r004_a_brand_cannot_have_the_old_path_of_another_page() -> None:
    bad = condition(redirect_from=["/medicines/bigdrip/"])
    assert len(found(bad)) == 1


@pytest.mark.parametrize("path", ["/", "/search", "/medicines/", "/medicines/a-to-z/", "/feed.atom"])
def test_r004_a_page_cannot_have_an_address_that_the_site_serves_itself(path: str) -> None:
    bad = info_page("second", path=path)
    assert [place[0] for place in found(bad)] == [bad.file]


@pytest.mark.parametrize(
    "good",
    [
        other(redirect_from=["/old/", "/older/"]),
        betanol("Betaject", "Betajet"),
        betanol(OMIT),
        betanol("Betanol"),
        medicine(products=[product(other_brands=["Alphajet"]), second_product(other_brands=["Alphajet II"])]),
        article("a-draft", status="draft", redirect_from=["/privacy/"]),
    ],
)
def test_r004_addresses_and_brands_of_one_page_pass(good: Sample) -> None:
    assert found(good) == []


def test_r004_every_double_claim_is_reported() -> None:
    bad = topic(redirect_from=["/articles/living-with-migraine/", "/privacy/"])
    brand = betanol("Bigdrip")
    assert found(bad, brand) == [
        brand.at("brand: Bigdrip"),
        bad.at("- /articles/"),
        bad.at("- /privacy/"),
    ]
