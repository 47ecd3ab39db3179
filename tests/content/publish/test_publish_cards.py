from datetime import date

import pytest

from healthlib.content.pagetypes import PageType
from healthlib.content.publish.cards import card_of, subject
from samples import Sample, article, condition, info_page, library, medicine, person


def test_a_card_offers_a_page_with_its_reason() -> None:
    page = library().ref("articles/living-with-migraine")
    assert page is not None
    card = card_of(page, "More on pain")
    assert (card.type, card.url, card.title) == (
        PageType.ARTICLE,
        "/articles/living-with-migraine/",
        "Living with migraine",
    )
    assert (card.summary, card.updated, card.why) == ("A page of the tiny library.", date(2026, 2, 20), "More on pain")
    assert card.label == "Article"
    assert card_of(page).why == ""


@pytest.mark.parametrize(
    ("sample", "words"),
    [
        (condition(), "migraine"),
        (condition(name="Dravet syndrome"), "Dravet syndrome"),
        (medicine(), "alphamab"),
        (article(), "Living with migraine"),
        (info_page(), "Your privacy"),
        (person(), "The editors"),
    ],
)
def test_a_subject_keeps_the_capitals_of_its_author(sample: Sample, words: str) -> None:
    page = library(sample).ref(sample.ref)
    assert page is not None
    assert subject(page) == words
