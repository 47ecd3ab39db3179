from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from healthlib.content.pagetypes import PageType
from healthlib.content.publish.pages import Publisher
from healthlib.content.publish.rendering import GROUP_SHOWN, render_pages
from healthlib.content.store import Store, StoreWriter
from samples import library


@pytest.fixture
def store(tmp_path: Path) -> Store:
    read = library()
    publisher = Publisher(read)
    path = tmp_path / "pages.sqlite"
    with StoreWriter(path) as writer:
        for page in read.live():
            writer.add(publisher.publish(page))
    render_pages(path)
    return Store(path)


def test_every_page_has_its_text_as_finished_html(store: Store) -> None:
    with closing(store):
        for url, _ in store.addresses():
            page, record = store.reading(url), store.page(url)
            assert page is not None
            assert record is not None
            assert (page.type, page.slug, page.url) == (record.type, record.slug, url)
            assert page.review_due == (record.byline.review_due if record.byline else None)
            html = page.html.decode()
            assert html.lstrip().startswith("<article")
            assert record.summary in html
            assert "{{" not in html
            assert "<!--live-->" not in html + page.rest.decode()


def test_only_a_side_effect_leaves_room_for_what_is_paged(store: Store) -> None:
    with closing(store):
        pages = [page for url, _ in store.addresses() if (page := store.reading(url))]
    for page in pages:
        assert bool(page.rest) == (page.type is PageType.SIDE_EFFECT)
        assert (page.html + page.rest).count(b"</article>") == 1


def test_a_group_shows_its_members(store: Store) -> None:
    with closing(store):
        holder = next(url for url, _ in store.addresses() if url.startswith("/medicines/classes/"))
        slug = holder.strip("/").rpartition("/")[2]
        members = store.members(f"classes/{slug}", PageType.MEDICINE, GROUP_SHOWN)
        page = store.reading(holder)
    assert members
    assert page is not None
    assert all(f'href="{member.url}"' in page.html.decode() for member in members)


def test_the_digest_follows_the_text(store: Store) -> None:
    with closing(store):
        digests = [page.digest for url, _ in store.addresses() if (page := store.reading(url))]
    assert len(set(digests)) == len(digests)


def test_what_is_not_there_is_none(store: Store) -> None:
    with closing(store):
        assert store.reading("/nowhere/") is None
        assert not store.has("/nowhere/")
        assert store.has("/medicines/alphamab/")
        page = store.reading("/medicines/alphamab/")
    assert page is not None
    assert isinstance(page.review_due, date)
