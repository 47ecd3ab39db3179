from collections import Counter
from datetime import date
from typing import Any

import numpy as np
import pytest

from healthlib.content.publish.relations import CLOSE, NEW, PINNED, SAME_SUBJECT, SIMILAR, Near, Relations
from healthlib.content.published import Card
from samples import Sample, article, condition, hair_loss, library, medicine, small_medicine, topic


def cards(ref: str, *changed: Sample) -> tuple[Card, ...]:
    read = library(*changed)
    page = read.ref(ref)
    assert page is not None
    return Relations(read).cards(page)


def by_text(ref: str, near: dict[str, float], mentions: dict[str, set[str]], *changed: Sample) -> dict[str, str]:
    """Return reasons by address, when texts are as close and mention what is said."""
    read = library(*changed)
    page = read.ref(ref)
    assert page is not None
    relations = Relations(read, {ref: frozenset(things) for ref, things in mentions.items()})
    close = Near(relations.places(near), np.array(list(near.values())))
    return {card.url: card.why for card in relations.cards(page, close)}


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


def test_what_a_medicine_is_to_the_page_is_said() -> None:
    assert reasons("conditions/migraine")["/medicines/alphamab/"] == "Used for migraine"
    assert reasons("classes/antibodies")["/medicines/alphamab/"] == "In this group"
    assert reasons("side-effects/hair-loss")["/medicines/alphamab/"] == "Lists hair loss as a side effect"


def test_a_side_effect_in_common_does_not_relate_two_medicines() -> None:
    alone = {"topics": ["topic-of-betanol"], "classes": ["blockers"]}
    other = small_medicine(**alone)
    uses = [{**other.front["products"][0], "indications": [{"text": "A rare illness [@betanol-label]"}]}]
    found = reasons("medicines/alphamab", small_medicine(**alone, products=uses), own_topic("betanol"))
    assert "/medicines/betanol/" not in found
    assert "/medicines/betanol/" in reasons("side-effects/headache", small_medicine(**alone), own_topic("betanol"))


def test_a_comparison_on_the_same_topic_is_only_more_on_the_topic() -> None:
    both = article("both", title="Both", kind="comparison", drugs=["alphamab", "betanol"], conditions=[])
    assert reasons("side-effects/hair-loss", hair_loss(topics=["nerves"]), both)["/articles/both/"].startswith(
        "More on"
    )


def test_of_pages_with_the_same_in_common_the_closest_text_comes_first() -> None:
    many = [article(f"n{number}", title=f"N {number}") for number in range(4)]
    found = by_text("articles/n0", {"articles/n3": 0.8, "articles/n2": 0.4}, {}, *many)
    shown = [url for url in found if url.startswith("/articles/n")]
    assert shown == ["/articles/n3/", "/articles/n2/"]


def test_a_close_text_lifts_a_page_over_a_commoner_thing() -> None:
    far = article("far", title="Far", drugs=[], conditions=[], side_effects=[])
    close = lone("close")
    near = {"articles/close": 0.9}
    things = {"articles/far": {"side-effects/hair-loss"}, "articles/close": {"side-effects/hair-loss"}}
    found = list(by_text("articles/far", near, things, far, close, own_topic("close")))
    assert found[0] == "/articles/close/"


@pytest.mark.parametrize(
    ("own", "others", "why"),
    [
        ({"articles/b"}, set(), "Article mentioned here"),
        (set(), {"articles/a"}, "Mentions a"),
        ({"conditions/migraine"}, {"conditions/migraine"}, "Also mentions migraine"),
        ({"side-effects/headache"}, {"side-effects/headache"}, None),
        (set(), set(), None),
    ],
)
def test_texts_relate_pages_by_a_name_that_stands_in_both(own: set[str], others: set[str], why: str | None) -> None:
    pages = [lone("a"), lone("b"), own_topic("a"), own_topic("b")]
    mentions = {"articles/a": own, "articles/b": others}
    found = by_text("articles/a", {"articles/b": CLOSE}, mentions, *pages)
    assert found.get("/articles/b/", NEW) == (why or NEW)
    assert by_text("articles/a", {"articles/b": CLOSE - 0.01}, mentions, *pages).get("/articles/b/", NEW) == NEW


def test_texts_of_one_subject_need_no_name_in_common() -> None:
    pages = [lone("a"), lone("b"), own_topic("a"), own_topic("b")]
    assert by_text("articles/a", {"articles/b": SAME_SUBJECT}, {}, *pages)["/articles/b/"] == SIMILAR


def test_a_rarer_name_is_the_better_reason() -> None:
    pages = [lone("a"), lone("b"), lone("c"), own_topic("a"), own_topic("b"), own_topic("c")]
    both = {"conditions/migraine", "medicines/alphamab"}
    mentions = {"articles/a": both, "articles/b": both, "articles/c": {"conditions/migraine"}}
    assert by_text("articles/a", {"articles/b": 0.4}, mentions, *pages)["/articles/b/"] == "Also mentions alphamab"


def test_a_close_text_promotes_no_sensitive_blocked_or_hidden_page() -> None:
    hush, draft = lone("hush", sensitive=True), lone("draft", status="draft")
    pages = [lone("a", blocked_related=["articles/b"]), lone("b"), hush, draft]
    topics = [own_topic(page.slug) for page in pages]
    near = {"articles/hush": 0.9, "articles/b": 0.9, "articles/draft": 0.9, "people/editors": 0.9, "pages/privacy": 0.9}
    found = by_text("articles/a", near, {}, *pages, *topics)
    assert not {"/articles/hush/", "/articles/b/", "/articles/draft/", "/about/people/editors/", "/privacy/"} & set(
        found
    )


def test_beyond_three_cards_only_pages_that_are_worth_one_are_shown() -> None:
    crowd = [lone(f"c{number}", topics=["nerves"]) for number in range(7)]
    mentions: dict[str, set[str]] = {ref: {"articles/c0"} for ref in ("articles/c3", "articles/c4")}
    mentions["articles/c0"] = {"articles/c1", "articles/c2"}
    close = dict.fromkeys((f"articles/c{number}" for number in range(1, 7)), 0.7)
    assert list(by_text("articles/c0", {}, mentions, *crowd)) == [f"/articles/c{number}/" for number in (1, 2, 3)]
    assert len(by_text("articles/c0", close, mentions, *crowd)) == 6
