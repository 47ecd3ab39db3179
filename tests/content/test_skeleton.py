"""New pages: readable as they are, and without a fault once filled in."""

from datetime import date
from pathlib import Path

import pytest

from healthlib.content.authored import read_page
from healthlib.content.pagetypes import PageType
from healthlib.content.skeleton import FILL_IN, skeleton
from samples import TODAY, faults, write_library


@pytest.mark.parametrize("kind", list(PageType))
def test_a_skeleton_can_be_read_and_is_a_draft(kind: PageType, tmp_path: Path) -> None:
    path = tmp_path / "new-page.md"
    path.write_text(skeleton(kind, "new-page", TODAY), encoding="utf-8")
    page = read_page(path, path, kind)
    assert page.meta.status == "draft"
    assert page.meta.title == "New page"


@pytest.mark.parametrize("kind", list(PageType))
def test_a_draft_disturbs_nothing_and_a_filled_page_has_no_errors(kind: PageType, tmp_path: Path) -> None:
    root = write_library(tmp_path)
    path = root / kind.spec.folder / "new-page.md"
    text = skeleton(kind, "new-page", TODAY, "editors")
    path.write_text(text, encoding="utf-8")
    assert faults(root) == []
    named = {
        f"topics: [{FILL_IN}]": "topics: [nerves]",
        f"classes: [{FILL_IN}]": "classes: [antibodies]",
        f"effect: {FILL_IN}": "effect: headache",
        f"source: {FILL_IN}": "source: betanol-label",
        f"@{FILL_IN}": "@betanol-label",
        "status: draft": "status: published",
    }
    for before, after in named.items():
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")
    assert faults(root) == []


def test_what_is_not_filled_in_is_a_fault_once_published(tmp_path: Path) -> None:
    root = write_library(tmp_path)
    text = skeleton(PageType.ARTICLE, "new-page", TODAY).replace("status: draft", "status: published")
    (root / "articles" / "new-page.md").write_text(text, encoding="utf-8")
    assert [fault.rule for fault in faults(root)] == ["R003", "R003"]


def test_leap_days() -> None:
    assert "review_due: 2030-02-28" in skeleton(PageType.ARTICLE, "a", date(2028, 2, 29))
