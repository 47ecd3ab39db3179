"""Frames: what is filled in is what the template would have printed."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask, render_template

from contract import check_page, text_of
from healthlib.app import create_app
from healthlib.config import Settings
from healthlib.content.trail import trail
from healthlib.search.generation.generation import Generation
from healthlib.web import reading
from healthlib.web.context import live_of
from healthlib.web.frame import Frame, frame_for, mark


def test_words_are_escaped_and_finished_html_is_not() -> None:
    frame = Frame(f"<p title='{mark('title')}'>{mark('main')}</p>{mark('title')}")
    assert frame.fill(title="a<b", main=b"<i>x</i>") == b"<p title='a&lt;b'><i>x</i></p>a&lt;b"


def test_marks_in_words_are_words() -> None:
    frame = Frame(f"{mark('title')}|{mark('main')}")
    assert frame.fill(title=str(mark("main")), main=b"x") == f"{mark('main')}|x".encode()


def test_a_word_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError, match="main"):
        Frame(str(mark("main"))).fill(title="x")


def test_the_digest_follows_the_html() -> None:
    assert Frame("a").digest == Frame("a").digest != Frame("b").digest


@pytest.fixture
def site(built_index: Path) -> Flask:
    """The site as readers get it, without its page cache."""
    return create_app(Settings(secret_key="s" * 32, index_dir=built_index, page_cache_mb=0))


def test_a_framed_page_is_what_its_template_prints(site: Flask, generation: Generation) -> None:
    for url, _ in generation.store.addresses():
        page = generation.store.reading(url)
        assert page is not None
        with site.test_request_context(url):
            expected = render_template(reading.TEMPLATE, page=page, breadcrumb=trail(page.type))
            assert reading.framed(page).get_data(as_text=True) == expected, url
    live_of(site).close()


def test_a_page_that_is_overdue_says_so(site: Flask, generation: Generation, monkeypatch: pytest.MonkeyPatch) -> None:
    page = generation.store.reading("/medicines/apixaban/")
    assert page is not None
    assert page.review_due is not None
    client = site.test_client()
    for review_due, overdue in ((date.today(), False), (date.today() - timedelta(days=1), True)):
        monkeypatch.setattr(
            type(generation.store), "reading", lambda _store, _url, due=review_due: page._replace(review_due=due)
        )
        response = client.get(page.url)
        assert ("was due for a new check" in text_of(check_page(response))) is overdue
        assert response.headers["ETag"]
    live_of(site).close()


def test_frames_are_made_once_and_in_development_each_time(site: Flask, app: Flask) -> None:
    for application, made in ((site, 1), (app, 2)):
        asked: list[str] = []
        with application.test_request_context("/"):
            for _ in range(2):
                frame_for("kind", lambda asked=asked: asked.append("x") or "html")  # type: ignore[misc]
        assert len(asked) == made
    live_of(site).close()
