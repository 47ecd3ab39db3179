import json
from datetime import date
from typing import Any

import pytest

from healthlib.content.pagetypes import PageType
from healthlib.content.publish.linked_data import HOME, at_home, linked_data
from healthlib.content.published import Card, Page
from samples import OMIT, Sample, article, condition, drug_class, effect_row, medicine, person, product, publish

SITE = "https://health.example"


def nodes(page: Page, *members: Card) -> list[dict[str, Any]]:
    return json.loads(f"[{at_home(linked_data(page, members), SITE).decode()}]")  # type: ignore[no-any-return]


def node(kind: str, ref: str, *changed: Sample) -> dict[str, Any]:
    return next(one for one in nodes(publish(ref, *changed)) if one["@type"] == kind)


def test_a_page_that_nobody_reviewed_claims_no_review() -> None:
    page = node("MedicalWebPage", "articles/living-with-migraine")
    assert "reviewedBy" not in page
    assert "lastReviewed" not in page


def test_a_reviewed_page_names_reviewer_credential_and_day() -> None:
    reviewed = article(reviewed_by="asha-rao", last_reviewed=date(2026, 2, 1))
    page = node("MedicalWebPage", "articles/living-with-migraine", reviewed)
    assert page["lastReviewed"] == "2026-02-01"
    assert page["reviewedBy"] == {
        "@type": "Person",
        "name": "Dr Asha Rao",
        "url": f"{SITE}/about/people/asha-rao/",
        "hasCredential": {"@type": "EducationalOccupationalCredential", "name": "MD (Neurology)"},
    }


def test_a_medical_page_has_dates_language_audience_and_sources() -> None:
    page = node("MedicalWebPage", "articles/living-with-migraine")
    assert (page["datePublished"], page["dateModified"], page["inLanguage"]) == ("2026-01-10", "2026-02-20", "en")
    assert page["audience"] == {"@type": "Patient"}
    assert page["url"] == f"{SITE}/articles/living-with-migraine/"
    assert page["publisher"] == {"@id": f"{SITE}/#organization"}
    assert page["citation"][0] == {
        "@type": "CreativeWork",
        "name": "Migraine in numbers",
        "url": "https://agency.example/migraine",
        "publisher": {"@type": "Organization", "name": "Health Agency"},
        "datePublished": "2024-05-01",
    }
    assert "datePublished" not in page["citation"][1]


@pytest.mark.parametrize(("team", "kind"), [(True, "Organization"), (False, "Person")])
def test_an_author_is_a_person_or_a_team(team: bool, kind: str) -> None:
    page = node("MedicalWebPage", "conditions/migraine", person(team=team))
    assert page["author"] == {"@type": kind, "name": "The editors", "url": f"{SITE}/about/people/editors/"}
    assert kind in {one["@type"] for one in nodes(publish("people/editors", person(team=team)))}


def test_each_product_of_a_medicine_is_a_drug_of_its_own() -> None:
    first, second = [one for one in nodes(publish("medicines/alphamab")) if one["@type"] == "Drug"]
    assert first == {
        "@type": "Drug",
        "@id": f"{SITE}/medicines/alphamab/#alphaject",
        "url": f"{SITE}/medicines/alphamab/#alphaject",
        "name": "Alphaject",
        "nonProprietaryName": "alphamab",
        "proprietaryName": ["Alphaject", "Écofén"],
        "drugClass": [{"@type": "DrugClass", "name": "Antibodies", "url": f"{SITE}/medicines/classes/antibodies/"}],
        "mechanismOfAction": "It blocks a messenger.",
        "administrationRoute": "injection under the skin",
        "dosageForm": "pre-filled pen",
        "prescriptionStatus": "https://schema.org/PrescriptionOnly",
        "code": [
            {"@type": "MedicalCode", "codingSystem": "ATC code", "codeValue": "L04AG99"},
            {"@type": "MedicalCode", "codingSystem": "RxNorm", "codeValue": "712"},
        ],
    }
    assert (second["name"], second["administrationRoute"]) == ("Bigdrip", "drip into a vein")


def test_a_medicine_without_a_brand_or_prescription_says_so() -> None:
    generic = medicine(codes={}, products=[product(brand=OMIT, prescription=False)])
    drug = node("Drug", "medicines/alphamab", generic)
    assert drug["prescriptionStatus"] == "https://schema.org/OTC"
    assert "proprietaryName" not in drug
    assert "code" not in drug


def test_a_condition_has_names_codes_and_medicines_of_the_record() -> None:
    found = node("MedicalCondition", "conditions/migraine", condition(aliases=["sick headache", "आधासीसी"]))
    assert found["alternateName"] == ["sick headache", "आधासीसी"]
    assert found["code"] == [{"@type": "MedicalCode", "codingSystem": "ICD-10", "codeValue": "G43"}]
    assert [drug["name"] for drug in found["drug"]] == ["alphamab", "betanol"]
    bare = node("MedicalCondition", "conditions/migraine", condition(aliases=[], codes={}))
    assert {"alternateName", "code"} & set(bare) == set()


def test_a_class_lists_the_medicines_its_page_shows() -> None:
    page = publish("classes/antibodies", drug_class())
    card = Card(type=PageType.MEDICINE, url="/medicines/a/", title="A", summary="", updated=page.updated)
    group = next(one for one in nodes(page, card) if one["@type"] == "DrugClass")
    assert group["drug"] == [{"@type": "Drug", "name": "A", "url": f"{SITE}/medicines/a/"}]


def test_the_way_to_a_page_has_whole_addresses() -> None:
    way = node("BreadcrumbList", "classes/antibodies")
    assert [(item["position"], item["name"], item["item"]) for item in way["itemListElement"]] == [
        (1, "Home", f"{SITE}/"),
        (2, "Medicines", f"{SITE}/medicines/"),
        (3, "Groups of medicines", f"{SITE}/medicines/classes/"),
        (4, "Antibodies", f"{SITE}/medicines/classes/antibodies/"),
    ]


def test_a_page_about_the_site_is_no_medical_page() -> None:
    kinds = {one["@type"] for one in nodes(publish("pages/privacy"))}
    assert kinds == {"WebPage", "BreadcrumbList"}


def test_a_text_cannot_end_the_block_or_pretend_to_be_an_address() -> None:
    evil = '"\\u0002</script><!-- & \\"'
    page = publish("medicines/alphamab", medicine(products=[product(maker=evil, side_effects=[effect_row()])]))
    data = linked_data(page)
    assert not {b"<", b">", b"&"} & {data[place : place + 1] for place in range(len(data))}
    (drug,) = [one for one in nodes(page) if one["@type"] == "Drug"]
    assert drug["manufacturer"]["name"] == evil
    assert HOME not in json.dumps(nodes(page), ensure_ascii=False)
