"""What a build adds when the meaning of all pages is known, over the shipped library."""

from collections import Counter

import pytest

from healthlib.config import ROOT
from healthlib.content.library import read_library
from healthlib.content.pagetypes import PageType
from healthlib.content.publish.relations import NEW, PINNED
from healthlib.search.generation.generation import Generation
from healthlib.search.generation.language import pages_of, texts_of
from healthlib.search.lexicon import Lexicon, Texts
from healthlib.search.mentions import find_mentions, names_in


def related(generation: Generation, url: str) -> dict[str, str]:
    page = generation.store.page(url)
    assert page is not None
    return {card.url: card.why for card in page.related}


@pytest.mark.parametrize(
    ("url", "other", "why"),
    [
        ("/conditions/optic-neuritis/", "/conditions/multiple-sclerosis/", "Condition mentioned here"),
        ("/conditions/multiple-sclerosis/", "/conditions/optic-neuritis/", "Condition mentioned here"),
        ("/side-effects/nausea/", "/side-effects/vomiting/", "Side effect mentioned here"),
        ("/side-effects/nausea/", "/conditions/chemotherapy-nausea/", "Mentions nausea"),
        ("/medicines/apixaban/", "/medicines/rivaroxaban/", "Same group: direct oral anticoagulants"),
    ],
)
def test_close_texts_bring_pages_together(generation: Generation, url: str, other: str, why: str) -> None:
    assert related(generation, url)[other] == why


def test_every_page_keeps_the_rules(generation: Generation) -> None:
    for page in pages_of(generation.store):
        counts = Counter(card.why for card in page.related)
        assert page.url not in {card.url for card in page.related}
        assert all(number <= 2 for why, number in counts.items() if why not in (PINNED, NEW)), page.url
        assert (len(page.related) >= 3) == (page.type not in (PageType.PERSON, PageType.INFO)), page.url
        for card in page.related:
            other = generation.store.page(card.url)
            assert other is not None
            assert card.why == PINNED or not other.sensitive, f"{page.url} promotes {card.url}"


def test_what_a_text_mentions_stands_in_it(generation: Generation) -> None:
    pages = list(pages_of(generation.store))
    texts = Texts(Lexicon())
    for page in pages:
        texts.add(texts_of(page))
    mentions = find_mentions(names_in(read_library(ROOT / "content")[0]), [page.ref for page in pages], texts)
    assert "conditions/multiple-sclerosis" in mentions["conditions/optic-neuritis"]
    assert "medicines/ofatumumab" not in mentions["conditions/stomach-ulcer"]
    assert len(mentions) == generation.store.pages
