from collections import Counter
from datetime import date
from typing import Any

import pytest

from healthlib.content.publish.relations import NEW, PINNED, Relations
from healthlib.content.published import Card
from samples import Sample, article, condition, library, medicine, small_medicine, topic


def cards(ref: str, *changed: Sample) -> tuple[Card, ...]:
    read = library(*changed)
    page = read.ref(ref)
    assert page is not None
    return Relations(read).cards(page)


def reasons(ref: str, *changed: Sample) -> dict[str, str]:
    return {card.url: card.why for card in cards(ref, *changed)}


def lone(slug: str, **changes: Any) -> Sample:
    """Return an article that has nothing in common with any other page."""
    own: dict[str, Any] = {"title": slug, "topics": [], "drugs": [], "conditions": [], "side_effects": []}
    return article(slug, body="", **(own | {"topics": [f"topic-of-{slug}"]} | changes))


def own_topic(slug: str) -> Sample:
    return topic(f"topic-of-{slug}", name=f"topic of {slug}")


def test_an_article_goes_with_what_it_is_about() -> None:
    assert reasons("articles/living-with-migraine")["/medicines/alphamab/"] == "Medicine named here"
    assert reasons("medicines/alphamab")["/articles/living-with-migraine/"] == "About alphamab"
    assert reasons("conditions/migraine")["/articles/living-with-migraine/"] == "About migraine"


def test_a_reason_names_what_both_pages_are_about() -> None:
    other = article("other", title="Other", drugs=["alphamab"], conditions=[], side_effects=[])
    assert reasons("articles/other", other)["/articles/living-with-migraine/"] == "Also about alphamab"


def test_two_medicines_of_one_group_say_so() -> None:
    found = reasons("medicines/alphamab", small_medicine(classes=["antibodies"]))
    assert found["/medicines/betanol/"] == "Same group: antibodies"


def test_a_comparison_says_what_it_is() -> None:
    both = article("both", title="Both", kind="comparison", drugs=["alphamab", "betanol"], conditions=[])
    assert reasons("medicines/betanol", both)["/articles/both/"] == "Compares medicines that people confuse"


def test_names_keep_their_capitals_in_reasons() -> None:
    found = reasons("conditions/migraine", condition(name="Dravet syndrome"))
    assert found["/articles/living-with-migraine/"] == "About Dravet syndrome"


def test_pinned_pages_come_first_in_the_order_chosen() -> None:
    pins = ["side-effects/hair-loss", "conditions/migraine"]
    found = cards("articles/living-with-migraine", article(related=pins))
    assert [(card.url, card.why) for card in found[:2]] == [
        ("/side-effects/hair-loss/", PINNED),
        ("/conditions/migraine/", PINNED),
    ]


def test_blocked_pages_are_never_shown() -> None:
    before = reasons("articles/living-with-migraine")
    assert "/medicines/alphamab/" in before
    blocked = article(blocked_related=["medicines/alphamab"])
    assert "/medicines/alphamab/" not in reasons("articles/living-with-migraine", blocked)


@pytest.mark.parametrize(
    "changes",
    [{}, {"topics": ["topic-of-hush"], "drugs": [], "conditions": [], "side_effects": []}],
    ids=["related", "only new"],
)
def test_sensitive_pages_are_never_shown_beside_others(changes: dict[str, Any]) -> None:
    hush = article("hush", title="Hush", sensitive=True, updated=date(2026, 11, 1), **changes)
    for page in library(hush, own_topic("hush")).live():
        if page.slug != "hush":
            assert "/articles/hush/" not in reasons(page.ref, hush, own_topic("hush"))


def test_drafts_and_retired_pages_are_never_shown() -> None:
    hidden = [article("a-draft", status="draft"), article("a-gone", status="retired")]
    assert not {"/articles/a-draft/", "/articles/a-gone/"} & set(reasons("medicines/alphamab", *hidden))


def test_at_most_six_pages_and_two_for_the_same_reason() -> None:
    many = [article(f"n{number}", title=f"N {number}") for number in range(9)]
    for ref in ("medicines/alphamab", "conditions/migraine", "articles/n1", "topics/nerves"):
        found = cards(ref, *many)
        assert len(found) <= 6
        counts = Counter(card.why for card in found if card.why not in (PINNED, NEW))
        assert max(counts.values()) <= 2, counts
        assert len({card.url for card in found}) == len(found)
        assert all(card.why for card in found)


def test_a_page_is_never_related_to_itself() -> None:
    for page in library().live():
        assert page.url not in reasons(page.ref)


def test_where_nothing_relates_the_newest_articles_stand_in() -> None:
    others = [lone(f"n{number}", updated=date(2026, 6, number)) for number in range(1, 6)]
    topics = [own_topic(sample.slug) for sample in others]
    found = cards("articles/n1", *others, *topics)
    new = [card.url for card in found if card.why == NEW]
    assert new == ["/articles/n5/", "/articles/n4/"]
    assert len(found) == 3, "the page's own topic, and new articles up to three cards in all"


def test_rarer_things_in_common_weigh_more() -> None:
    crowd = [article(f"c{number}", title=f"C {number}", drugs=["alphamab"], conditions=[]) for number in range(6)]
    rare = article("rare", title="Rare", drugs=["betanol"], conditions=[], side_effects=[])
    page = article("page", title="Page", drugs=["alphamab", "betanol"], conditions=[], side_effects=[])
    found = [card.url for card in cards("articles/page", page, rare, *crowd)]
    assert found.index("/articles/rare/") < min(at for at, url in enumerate(found) if url.startswith("/articles/c"))


@pytest.mark.parametrize("ref", ["people/editors", "pages/privacy"])
def test_people_and_pages_about_the_site_have_no_related_pages_and_are_none(ref: str) -> None:
    assert cards(ref) == ()
    read = library()
    relations = Relations(read)
    target = read.ref(ref)
    assert target is not None
    assert all(card.url != target.url for page in read.live() for card in relations.cards(page))


def test_the_order_does_not_hang_on_the_run() -> None:
    many = [article(f"n{number}", title=f"N {number}") for number in range(5)]
    assert cards("medicines/alphamab", *many) == cards("medicines/alphamab", *reversed(many), medicine())
