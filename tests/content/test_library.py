from collections.abc import Callable
from pathlib import Path

import pytest

from healthlib.content.library import Library, read_library
from healthlib.content.pagetypes import PageType
from samples import (
    OMIT,
    Sample,
    article,
    condition,
    info_page,
    medicine,
    product,
    samples,
    second_product,
    small_medicine,
    source,
    write_library,
)


def library(tmp_path: Path, *changed: Sample) -> Library:
    read, faults = read_library(write_library(tmp_path, *changed))
    assert faults == []
    return read


def test_every_file_is_read(content_root: Path) -> None:
    read, faults = read_library(content_root)
    assert faults == []
    pages = [sample for sample in samples() if sample.folder != "sources"]
    assert {page.ref for page in read.pages} == {sample.ref for sample in pages}
    assert set(read.sources) == {"agency", "alphaject-label", "bigdrip-label", "betanol-label"}
    assert read.root == content_root


def test_pages_are_found_by_folder_and_slug(content_root: Path) -> None:
    read, _ = read_library(content_root)
    found = read.find("medicines", "alphamab")
    assert found is not None
    assert found is read.ref("medicines/alphamab")
    assert found.url == "/medicines/alphamab/"
    assert read.find("medicines", "nothing") is None
    assert read.ref("nothing/alphamab") is None


def test_drafts_are_left_out_and_retired_pages_are_found_but_not_live(tmp_path: Path) -> None:
    read = library(tmp_path, article("a-draft", status="draft"), article("an-old-one", status="retired"))
    assert read.ref("articles/a-draft") is None
    assert [page.slug for page in read.drafts] == ["a-draft"]
    assert read.ref("articles/an-old-one") is not None
    assert [page.slug for page in read.live(PageType.ARTICLE)] == ["living-with-migraine"]


def test_live_pages_of_some_types(content_root: Path) -> None:
    read, _ = read_library(content_root)
    found = {page.type for page in read.live(PageType.MEDICINE, PageType.TOPIC)}
    assert found == {PageType.MEDICINE, PageType.TOPIC}
    assert len(list(read.live())) == len(read.pages)


@pytest.mark.parametrize(
    ("ref", "about_it"),
    [
        ("conditions/migraine", {"articles/living-with-migraine", "medicines/alphamab", "medicines/betanol"}),
        ("medicines/alphamab", {"articles/living-with-migraine"}),
        ("classes/antibodies", {"medicines/alphamab"}),
        ("side-effects/hair-loss", {"medicines/alphamab"}),
        ("medicines/betanol", set()),
        ("nothing/here", set()),
    ],
)
def test_pages_about_a_page(content_root: Path, ref: str, about_it: set[str]) -> None:
    read, _ = read_library(content_root)
    found = [page.ref for page in read.about(ref)]
    assert set(found) == about_it
    assert len(found) == len(about_it)


def test_medicines_are_listed_with_their_records(tmp_path: Path) -> None:
    read = library(tmp_path, small_medicine("gone", name="gone", status="retired"))
    assert [(page.slug, drug.name) for page, drug in read.drugs] == [("alphamab", "alphamab"), ("betanol", "betanol")]


def test_old_paths_and_brands_lead_to_pages(tmp_path: Path) -> None:
    read = library(
        tmp_path,
        article(redirect_from=["/old/", "/older.html"]),
        condition("tension", name="tension", redirect_from=["/gone/"], status="retired"),
    )
    assert read.redirects == {
        "/old/": "/articles/living-with-migraine/",
        "/older.html": "/articles/living-with-migraine/",
        "/medicines/alphaject/": "/medicines/alphamab/#alphaject",
        "/medicines/ecofen/": "/medicines/alphamab/#alphaject",
        "/medicines/bigdrip/": "/medicines/alphamab/#bigdrip",
    }


def test_a_brand_that_is_also_the_generic_name_is_not_sent_to_itself(tmp_path: Path) -> None:
    read = library(tmp_path, medicine(products=[product(brand="Alphamab"), second_product()]))
    assert "/medicines/alphamab/" not in read.redirects


def _no_yaml(path: Path) -> None:
    path.write_text("---\na: [\n---\n", encoding="utf-8")


def _not_utf8(path: Path) -> None:
    path.write_bytes(b"---\ntitle: \xff\n---\n")


def _a_folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


@pytest.mark.parametrize("spoil", [_no_yaml, _not_utf8, _a_folder])
@pytest.mark.parametrize("name", ["articles/bad.md", "sources/bad.yaml"])
def test_one_bad_file_is_r001_and_hides_no_other(content_root: Path, name: str, spoil: Callable[[Path], None]) -> None:
    spoil(content_root / name)
    read, (fault,) = read_library(content_root)
    assert (fault.rule, fault.path) == ("R001", f"content/{name}")
    assert len(read.pages) + len(read.sources) == len(samples())


def test_r001_a_folder_that_holds_no_kind_of_page(content_root: Path) -> None:
    (content_root / "recipes").mkdir()
    (content_root / "recipes" / "soup.md").write_text("---\n---\n", encoding="utf-8")
    _, (fault,) = read_library(content_root)
    assert str(fault).startswith("content/recipes/soup.md:1: R001 error: ")
    assert "articles" in fault.fix


@pytest.mark.parametrize("slug", ["Upper", "under_score", "two--hyphens", "-first", "last-", "é", "with space"])
def test_r001_a_file_name_that_is_no_slug(tmp_path: Path, slug: str) -> None:
    article(slug).write(tmp_path / "content")
    _, (fault,) = read_library(tmp_path / "content")
    assert (fault.rule, fault.path, fault.line) == ("R001", f"content/articles/{slug}.md", 1)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (source(kind="blog"), "kind:"),
        (source(accessed="yesterday"), "accessed:"),
        (source(url="agency"), "url:"),
        (source(pages=3), "pages:"),
        (source(title=OMIT), "publisher:"),
    ],
)
def test_r002_a_wrong_source_is_found_on_its_line(tmp_path: Path, bad: Sample, words: str) -> None:
    bad.write(tmp_path / "content")
    _, (fault,) = read_library(tmp_path / "content")
    assert (fault.rule, fault.path, fault.line) == ("R002", *bad.at(words))


def test_every_bad_file_is_reported_at_once(tmp_path: Path) -> None:
    bad = [article(lang="fr"), condition(body=""), source(kind="blog"), info_page(path="x")]
    _, faults = read_library(write_library(tmp_path, *bad))
    assert {fault.path for fault in faults} == {sample.file for sample in bad}


def test_an_empty_folder_is_an_empty_library(tmp_path: Path) -> None:
    read, faults = read_library(tmp_path)
    assert (read.pages, read.sources, faults) == ((), {}, [])
