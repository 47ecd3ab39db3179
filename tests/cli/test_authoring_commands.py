"""Commands for authors beside the linter: coverage, review, new, preview."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from healthlib.app import create_app
from healthlib.config import Settings
from healthlib.web.context import live_of
from samples import article, condition, info_page, write_library


@pytest.fixture
def small_site(tmp_path: Path) -> Iterator[Flask]:
    """A site with the tiny library and no index."""
    app = create_app(
        Settings(environment="development", content_dir=write_library(tmp_path), index_dir=tmp_path / "index")
    )
    yield app
    live_of(app).close()


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["content", *words])


def test_coverage_as_text_and_json(small_site: Flask) -> None:
    text = run(small_site, "coverage").output
    assert "Orphans, which no other page leads to: 0" in text
    assert "  medicine: 2" in text
    report = json.loads(run(small_site, "coverage", "--format", "json").output)
    assert report["pages"]["medicine"] == 2
    assert set(report) == {"pages", "orphans", "without_page", "few_related", "due", "grades"}


def test_coverage_takes_related_pages_from_a_build(small_site: Flask) -> None:
    before = json.loads(run(small_site, "coverage", "--format", "json").output)["few_related"]
    assert small_site.test_cli_runner().invoke(args=["index", "build"]).exit_code == 0
    after = json.loads(run(small_site, "coverage", "--format", "json").output)["few_related"]
    assert set(after) <= set(before)


def test_review(small_site: Flask, tmp_path: Path) -> None:
    article(review_due="2020-01-01").write(tmp_path / "content")
    result = run(small_site, "review", "--due", "60d")
    assert "content/articles/living-with-migraine.md:" in result.output
    assert "days late" in result.output
    assert "1 pages are due within 60 days, 1 of them late." in result.output
    (one,) = json.loads(run(small_site, "review", "--format", "json").output)
    assert one["review_due"] == "2020-01-01"
    assert run(small_site, "review", "--due", "soon").exit_code == 2


def test_reports_name_what_cannot_be_read(small_site: Flask, tmp_path: Path) -> None:
    (tmp_path / "content" / "topics" / "bad.md").write_text("nothing", encoding="utf-8")
    for command in ("coverage", "review"):
        result = run(small_site, command)
        assert result.exit_code == 1
        assert "content/topics/bad.md:1: R001" in result.output


def test_new_begins_a_draft_and_never_writes_over_a_page(small_site: Flask, tmp_path: Path) -> None:
    result = run(small_site, "new", "condition", "asthma")
    assert result.exit_code == 0, result.output
    assert "content/conditions/asthma.md is begun." in result.output
    assert "name: asthma" in (tmp_path / "content" / "conditions" / "asthma.md").read_text(encoding="utf-8")
    again = run(small_site, "new", "condition", "asthma")
    assert again.exit_code == 1
    assert "content/conditions/asthma.md exists already." in again.output
    assert "0 errors" in run(small_site, "lint").output


@pytest.mark.parametrize("slug", ["Asthma", "../asthma", "a b", ""])
def test_new_wants_a_slug(small_site: Flask, slug: str) -> None:
    result = run(small_site, "new", "condition", slug)
    assert result.exit_code == 1
    assert "is no slug" in result.output
    assert run(small_site, "new", "rumour", "asthma").exit_code == 2


def test_new_fills_in_the_only_author(small_site: Flask, tmp_path: Path) -> None:
    (tmp_path / "content" / "people" / "asha-rao.md").unlink()
    run(small_site, "new", "topic", "sleep")
    assert "author: editors" in (tmp_path / "content" / "topics" / "sleep.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("articles/living-with-migraine", "What helps"),
        ("medicines/alphamab", "Alphaject"),
        ("conditions/migraine", "Light hurts your eyes."),
        ("side-effects/headache", "Alphaject"),
        ("topics/nerves", "Living with migraine"),
        ("people/editors", "We write the pages."),
        ("pages/privacy", "What we keep"),
    ],
)
def test_preview_shows_what_readers_would_see(small_site: Flask, tmp_path: Path, file: str, words: str) -> None:
    result = run(small_site, "preview", str(tmp_path / "content" / f"{file}.md"))
    assert result.exit_code == 0, result.output
    assert "<!doctype html>" in result.output.lower()
    assert words in result.output


def test_preview_of_a_draft_to_a_file(small_site: Flask, tmp_path: Path) -> None:
    path = condition("asthma", name="asthma", status="draft").write(tmp_path / "content")
    out = tmp_path / "page.html"
    result = run(small_site, "preview", str(path), "--out", str(out))
    assert result.exit_code == 0, result.output
    assert "/conditions/asthma/ is in" in result.output
    assert "Asthma" in out.read_text(encoding="utf-8")


def test_preview_says_what_is_wrong_with_its_page_only(small_site: Flask, tmp_path: Path) -> None:
    root = tmp_path / "content"
    bad = article(body="## A {#a}\n\nMigraine affects 14 in 100 people.\n").write(root)
    info_page(body="## A {#a}\n\nSee [this](/nowhere/).\n").write(root)
    (root / "topics" / "worse.md").write_text("nothing", encoding="utf-8")
    result = run(small_site, "preview", str(bad))
    assert result.exit_code == 1
    assert "content/articles/living-with-migraine.md:" in result.output
    assert "P104" in result.output
    assert "nowhere" not in result.output
    assert run(small_site, "preview", str(root / "conditions" / "migraine.md")).exit_code == 0
    unreadable = run(small_site, "preview", str(root / "topics" / "worse.md"))
    assert unreadable.exit_code == 1
    assert "content/topics/worse.md:1: R001" in unreadable.output


def test_preview_is_of_pages_of_this_library(small_site: Flask, tmp_path: Path) -> None:
    elsewhere = tmp_path / "other" / "conditions"
    elsewhere.mkdir(parents=True)
    shutil.copy(tmp_path / "content" / "conditions" / "migraine.md", elsewhere)
    result = run(small_site, "preview", str(elsewhere / "migraine.md"))
    assert result.exit_code == 1
    assert "is no page of" in result.output
    assert run(small_site, "preview", str(tmp_path / "none.md")).exit_code == 2
