"""What --fix may change, and what it must leave alone."""

from pathlib import Path

import pytest

from healthlib.content.lint.fixes import mend, mend_file
from healthlib.content.pagetypes import PageType
from samples import article, condition

ARTICLE, CONDITION = PageType.ARTICLE.spec, PageType.CONDITION.spec


def mended(body: str, front: str = "title: A\n") -> str:
    return mend(f"---\n{front}---\n{body}", ARTICLE).partition("---\n")[2]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Medications and your medication.", "Medicines and your medicine."),
        ("Read the Medication Guide.", "Read the Medication Guide."),
        ("A fact. [@medication-leaflet]", "A fact. [@medication-leaflet]"),
        ("[my medication](/articles/medication/)", "[my medicine](/articles/medication/)"),
        ("Spaces  \nand\ttabs\t\n", "Spaces\nand\ttabs\n"),
        ("## What helps\n\n## Why {#why}\n", "## What helps {#what-helps}\n\n## Why {#why}\n"),
        ("## Why\n\n## Why {#why}\n", "## Why\n\n## Why {#why}\n"),
        ("### Small\n", "### Small\n"),
    ],
)
def test_bodies(before: str, after: str) -> None:
    assert mended(before).endswith(f"---\n{after}")


def test_front_matter_keeps_its_slugs() -> None:
    front = "summary: On medication.\nrelated: [articles/medication]\nsource: medication\naliases: [pain medication]\n"
    assert mended("", front).startswith(front.replace("On medication", "On medicine"))


def test_only_the_ids_of_a_kind_of_page_are_given() -> None:
    body = "## Symptoms\n\n## Something else\n"
    assert mend(f"---\na: 1\n---\n{body}", CONDITION).endswith("## Symptoms {#symptoms}\n\n## Something else\n")


@pytest.mark.parametrize("sample", [article(), condition()])
def test_a_good_page_stays_as_it_is(sample: object) -> None:
    text = sample.text()  # type: ignore[attr-defined]
    assert mend(text, ARTICLE) == text


def test_mending_twice_is_mending_once() -> None:
    once = mend("---\na: medication \n---\n## A \n\nmedication \n", ARTICLE)
    assert mend(once, ARTICLE) == once


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\na: 1\n---\nmedication\n", encoding="utf-8")
    assert mend_file(path, ARTICLE)
    assert path.read_text(encoding="utf-8") == "---\na: 1\n---\nmedicine\n"
    assert not mend_file(path, ARTICLE)
    path.write_bytes(b"medication \xff")
    assert not mend_file(path, ARTICLE)
    assert path.read_bytes() == b"medication \xff"
