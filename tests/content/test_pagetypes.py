import re
from pathlib import Path

import pytest

from healthlib.config import ROOT
from healthlib.content.pagetypes import BY_FOLDER, PageType, url_of

WRITING = (ROOT / "docs" / "writing.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("page_type", "url"),
    [
        (PageType.ARTICLE, "/articles/a-b/"),
        (PageType.MEDICINE, "/medicines/a-b/"),
        (PageType.CONDITION, "/conditions/a-b/"),
        (PageType.SIDE_EFFECT, "/side-effects/a-b/"),
        (PageType.CLASS, "/medicines/classes/a-b/"),
        (PageType.TOPIC, "/topics/a-b/"),
        (PageType.PERSON, "/about/people/a-b/"),
    ],
)
def test_addresses(page_type: PageType, url: str) -> None:
    assert url_of(page_type, "a-b") == url


def test_every_kind_of_page_has_its_own_folder_and_rank() -> None:
    assert set(BY_FOLDER.values()) == set(PageType)
    assert len(BY_FOLDER) == len(PageType)
    assert sorted(page_type.rank for page_type in PageType) == list(range(len(PageType)))


def test_the_guide_for_writers_lists_the_same_folders() -> None:
    documented = set(re.findall(r"^\| `content/([a-z-]+)/`", WRITING, re.MULTILINE))
    assert documented == {*BY_FOLDER, "sources"}


@pytest.mark.parametrize(("folder", "page_type"), BY_FOLDER.items())
def test_the_guide_for_writers_gives_the_same_addresses(folder: str, page_type: PageType) -> None:
    row = next(line for line in WRITING.splitlines() if line.startswith(f"| `content/{folder}/`"))
    assert ("`path`" in row) if page_type is PageType.INFO else (f"`{url_of(page_type, '<slug>')}`" in row)


@pytest.mark.parametrize("page_type", PageType)
def test_required_sections_are_sections(page_type: PageType) -> None:
    assert page_type.spec.required <= set(page_type.spec.sections)


@pytest.mark.parametrize("page_type", PageType)
def test_a_kind_of_page_has_words_for_one_and_for_many(page_type: PageType) -> None:
    assert page_type.spec.label
    assert page_type.spec.plural
    assert page_type.spec.prefix.startswith("/")
    assert page_type.spec.prefix.endswith("/")
    assert Path(page_type.spec.folder).name == page_type.spec.folder
