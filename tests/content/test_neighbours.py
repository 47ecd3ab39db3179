"""Articles of a topic follow one another A to Z, and each leads to the next."""

from collections.abc import Iterator
from contextlib import closing
from typing import cast

import pytest

from healthlib.content.neighbours import neighbours
from healthlib.content.publish.pages import Publisher
from healthlib.content.published import ArticlePage
from healthlib.content.store import Store, StoreWriter
from samples import article, library, topic

TITLES = ["5 things", "Été", "Every day", "Same", "Same", "Zebra"]
ARTICLES = [article(f"n{number}", title=title) for number, title in enumerate(TITLES)]
ELSEWHERE = [
    article("other", title="Fever", topics=["other"]),
    article("second", title="Mint", topics=["other", "nerves"]),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    read = library(*ARTICLES, *ELSEWHERE, topic("other", name="other"))
    path = tmp_path_factory.mktemp("neighbours") / "pages.sqlite"
    with StoreWriter(path) as writer:
        for page in read.live():
            writer.add(Publisher(read).publish(page))
    with closing(Store(path)) as opened:
        yield opened


def page_of(store: Store, slug: str) -> ArticlePage:
    return cast(ArticlePage, store.page(f"/articles/{slug}/"))


def test_following_the_links_visits_the_topic_once(store: Store) -> None:
    members = [card.url for card in store.members("topics/nerves", page_of(store, "n0").type, 100)]
    found = [members[0]]
    assert neighbours(store, page_of(store, "n0")).before is None
    while (after := neighbours(store, page_of(store, found[-1].split("/")[2])).after) is not None:
        found.append(after.url)
        if after.url == "/articles/second/":
            # Its own first topic is another one: the way goes on there.
            break
    assert found == members[: len(found)]
    assert found[-1] == "/articles/second/"


def test_before_is_the_other_way_round(store: Store) -> None:
    for number in range(1, 3):
        after = neighbours(store, page_of(store, f"n{number - 1}")).after
        assert after is not None
        before = neighbours(store, page_of(store, after.slug)).before
        assert before is not None
        assert before.slug == f"n{number - 1}"


def test_equal_titles_lead_to_one_another(store: Store) -> None:
    first, second = page_of(store, "n3"), page_of(store, "n4")
    assert neighbours(store, first).after == second.card()
    assert neighbours(store, second).before == first.card()


def test_the_first_topic_counts(store: Store) -> None:
    assert neighbours(store, page_of(store, "second")).before == page_of(store, "other").card()
    assert neighbours(store, page_of(store, "second")).after is None
