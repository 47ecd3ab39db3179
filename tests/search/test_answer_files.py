"""Answer cards are read as they were built, by the name that was asked for."""

from pathlib import Path

from healthlib.content.published import MedicinePage
from healthlib.search.answer import answer_card
from healthlib.search.answers import Answers, write_answers
from healthlib.search.entries import PageEntry
from healthlib.search.generation.generation import Generation
from healthlib.search.generation.language import pages_of


def test_every_card_of_the_library_for_every_name(generation: Generation, tmp_path: Path) -> None:
    pages = list(pages_of(generation.store))
    write_answers(tmp_path / "answers", pages)
    answers = Answers(tmp_path / "answers")
    cards = 0
    for place, page in enumerate(pages):
        entry = PageEntry(place, page.card(), "", (), {"kesimpta": "Kesimpta is a brand."})
        brands = [one.name.casefold() for one in page.products] if isinstance(page, MedicinePage) else []
        for name in ("nothing", "kesimpta", *brands):
            wanted = answer_card(page, name)
            found = answers.card(place, entry, name)
            assert found == (wanted and wanted._replace(note=entry.notes.get(name, "")))
            cards += found is not None
    assert cards > 100


def test_a_brand_shows_its_own_product(generation: Generation) -> None:
    medicines = [
        page for page in pages_of(generation.store) if isinstance(page, MedicinePage) and len(page.products) > 1
    ]
    assert medicines
    for page in medicines:
        cards = [answer_card(page, product.name.casefold()) for product in page.products]
        assert [card.product for card in cards if card] == [product.name for product in page.products]
