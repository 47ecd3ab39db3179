"""R004: every address and every brand name belongs to one page."""

from pathlib import Path

import pytest

from samples import (
    OMIT,
    Sample,
    article,
    condition,
    faults,
    found,
    info_page,
    medicine,
    product,
    second_product,
    small_medicine,
    topic,
    write_library,
)

Case = tuple[list[Sample], Sample, str]

OTHER = article("other", title="Other")


def other(**changes: object) -> Sample:
    return article("other", title="Other", **changes)


def betanol(brand: object, *other_brands: str) -> Sample:
    return small_medicine(products=[product(brand=brand, other_brands=list(other_brands))])


def test_r004_a_library_where_nothing_is_claimed_twice_passes(content_root: Path) -> None:
    assert found(content_root, "R004") == []


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (other(redirect_from=["/articles/living-with-migraine/"]), "- /articles/living-with-migraine/"),
        (other(redirect_from=["/fine/", "/privacy/"]), "- /privacy/"),
        (other(redirect_from=["/articles/other/"]), "- /articles/other/"),
        (info_page("second", path="/privacy/"), "summary:"),
        (info_page("second", path="/topics/nerves/"), "summary:"),
        (topic("second", name="x", redirect_from=["/articles/living-with-migraine/"]), "- /articles"),
    ],
)
def test_r004_an_address_claimed_twice_is_found_on_its_line(tmp_path: Path, bad: Sample, words: str) -> None:
    assert found(write_library(tmp_path, bad), "R004") == [bad.at(words)]


def test_r004_an_old_path_claimed_by_two_pages_is_found_in_the_second(tmp_path: Path) -> None:
    first = article(redirect_from=["/old/"])
    second = other(redirect_from=["/older/", "/old/"])
    root = write_library(tmp_path, first, second)
    assert found(root, "R004") == [second.at("- /old/")]
    assert first.file in next(fault.message for fault in faults(root) if fault.rule == "R004")


def test_r004_the_address_of_a_retired_page_is_still_its_own(tmp_path: Path) -> None:
    gone = article("a-gone", status="retired")
    bad = other(redirect_from=["/articles/a-gone/"])
    assert found(write_library(tmp_path, gone, bad), "R004") == [bad.at("- /articles/a-gone/")]


@pytest.mark.parametrize("brand", ["Alphaject", "alphaject", "ALPHAJECT", "Ecofen", "Bigdrip"])
def test_r004_a_brand_of_two_medicines_is_found_on_its_line(tmp_path: Path, brand: str) -> None:
    bad = betanol(brand)
    assert found(write_library(tmp_path, bad), "R004") == [bad.at(f"brand: {brand}")]


def test_r004_a_second_brand_name_counts_too(tmp_path: Path) -> None:
    bad = betanol("Betaject", "Bigdrip")
    assert [path for path, _ in found(write_library(tmp_path, bad), "R004")] == [bad.file]


def test_r004_brands_are_told_apart_by_their_addresses(tmp_path: Path) -> None:
    # "Plan B" and "Plan-B" are both /medicines/plan-b/, which can lead to one page only.
    first = medicine(products=[product(brand="Plan B"), second_product()])
    bad = betanol("Plan-B")
    assert [path for path, _ in found(write_library(tmp_path, first, bad), "R004")] == [bad.file]


def test_r004_a_brand_cannot_have_the_address_of_another_medicine(tmp_path: Path) -> None:
    # The brand's address would lead away from that medicine's page.
    first = medicine(products=[product(brand="Betanol"), second_product()])
    assert len(found(write_library(tmp_path, first), "R004")) == 1


def test_r004_a_brand_cannot_have_the_old_path_of_another_page(tmp_path: Path) -> None:
    bad = condition(redirect_from=["/medicines/bigdrip/"])
    assert len(found(write_library(tmp_path, bad), "R004")) == 1


@pytest.mark.parametrize("path", ["/", "/search", "/medicines/", "/medicines/a-to-z/", "/feed.atom"])
def test_r004_a_page_cannot_have_an_address_that_the_site_serves_itself(tmp_path: Path, path: str) -> None:
    bad = info_page("second", path=path)
    assert [place[0] for place in found(write_library(tmp_path, bad), "R004")] == [bad.file]


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
def test_r004_addresses_and_brands_of_one_page_pass(tmp_path: Path, good: Sample) -> None:
    assert found(write_library(tmp_path, good), "R004") == []


def test_r004_every_double_claim_is_reported(tmp_path: Path) -> None:
    bad = other(redirect_from=["/privacy/", "/topics/nerves/"])
    assert found(write_library(tmp_path, bad, betanol("Bigdrip")), "R004") == [
        bad.at("- /privacy/"),
        bad.at("- /topics/nerves/"),
        betanol("Bigdrip").at("brand: Bigdrip"),
    ]
