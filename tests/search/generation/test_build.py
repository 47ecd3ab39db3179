"""Building and switching, on a copy of the shipped library that each test may change."""

import json
import os
import shutil
from pathlib import Path

import pytest
from flask import Flask

from healthlib.content.faults import ContentError
from healthlib.search.generation import manifest
from healthlib.search.generation.build import Built, build, inputs_digest
from healthlib.search.generation.generation import Generation
from healthlib.search.generation.layout import GenerationError, Layout, hold
from healthlib.search.generation.live import Live
from healthlib.search.generation.manifest import MANIFEST, DamagedError, verify
from healthlib.search.query import read_query
from healthlib.search.results import Options
from samples import write_library


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_library(tmp_path)


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path / "index")


def rebuild(content: Path, layout: Layout, keep: int = 2) -> Built:
    return build(content, layout, keep)


def change(content: Path, word: str) -> None:
    page = next((content / "conditions").glob("*.md"))
    page.write_text(page.read_text(encoding="utf-8") + f"\nThe word {word} is new here.\n", encoding="utf-8")


def total(generation: Generation, raw: str) -> int:
    """Return how many pages have all words; others may be shown because they are close in meaning."""
    return sum(not hit.missing for hit in generation.searcher.search(read_query(raw), Options()).hits)


def test_a_build_is_live_and_complete(content: Path, layout: Layout) -> None:
    built = rebuild(content, layout)
    assert layout.live() == built.name
    assert verify(layout.path(built.name)) == built.manifest
    with Generation.open(layout.path(built.name)) as generation:
        assert generation.store.pages == built.manifest.pages > 5
        assert generation.searcher.index.documents == built.manifest.documents > built.manifest.pages


def test_progress_counts_to_the_end(content: Path, layout: Layout) -> None:
    seen: list[tuple[int, int]] = []
    built = build(content, layout, 2, lambda done, total: seen.append((done, total)))
    assert seen[-1] == (built.manifest.pages, built.manifest.pages)
    assert [done for done, _ in seen] == list(range(1, built.manifest.pages + 1))


def test_generations_can_be_read_by_other_users(content: Path, layout: Layout) -> None:
    built = rebuild(content, layout)
    for path in [layout.path(built.name), *layout.path(built.name).rglob("*")]:
        assert path.stat().st_mode & 0o044 == 0o044, path


def test_old_generations_are_kept_up_to_the_number_asked(content: Path, layout: Layout) -> None:
    names = [rebuild(content, layout, keep=3).name for _ in range(5)]
    assert layout.names() == names[-3:]


def test_a_generation_that_a_reader_has_open_is_not_removed(content: Path, layout: Layout) -> None:
    first = rebuild(content, layout).name
    with hold(layout.path(first)):
        for _ in range(3):
            rebuild(content, layout)
        assert first in layout.names()
    rebuild(content, layout)
    assert first not in layout.names()


def test_the_live_generation_survives_a_rollback_and_a_build(content: Path, layout: Layout) -> None:
    names = [rebuild(content, layout, keep=3).name for _ in range(3)]
    layout.switch(names[0])
    assert layout.collect(2) == [names[1]]
    assert layout.live() == names[0]


def test_content_with_errors_leaves_the_live_generation_alone(content: Path, layout: Layout) -> None:
    before = rebuild(content, layout).name
    page = next((content / "articles").glob("*.md"))
    page.write_text("no front matter", encoding="utf-8")
    with pytest.raises(ContentError, match="R001"):
        rebuild(content, layout)
    assert layout.live() == before
    assert layout.names() == [before]


def test_a_second_builder_is_told_to_wait(content: Path, layout: Layout) -> None:
    with layout.builder_lock(), pytest.raises(GenerationError, match="Another build is running"):
        rebuild(content, layout)


def test_litter_of_a_killed_build_is_cleared(content: Path, layout: Layout) -> None:
    rebuild(content, layout)
    litter = layout.root / "20200101T000000000000-00000000.partial"
    litter.mkdir()
    (litter / "half").write_text("written", encoding="utf-8")
    rebuild(content, layout)
    assert not litter.exists()


def test_a_full_disk_is_noticed_before_anything_is_written(
    content: Path, layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rebuild(content, layout).name
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(100, 100, 0))  # type: ignore[attr-defined]
    with pytest.raises(GenerationError, match="0 MB free"):
        rebuild(content, layout)
    assert layout.live() == before


def test_a_directory_that_cannot_be_made_is_one_clear_line(content: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(GenerationError, match="cannot be written"):
        build(content, Layout(tmp_path / "file" / "index"), 2)


def test_the_digest_changes_with_any_authored_file(content: Path) -> None:
    before = inputs_digest(content)
    assert inputs_digest(content) == before
    change(content, "zebra")
    assert inputs_digest(content) != before


@pytest.mark.parametrize("damage", ["flip", "empty", "remove", "add", "manifest", "format"])
def test_damage_is_noticed_before_anything_is_opened(content: Path, layout: Layout, damage: str) -> None:
    directory = layout.path(rebuild(content, layout).name)
    victim = max((directory / "whoosh").iterdir(), key=lambda path: path.stat().st_size)
    if damage == "flip":
        data = bytearray(victim.read_bytes())
        data[len(data) // 2] ^= 1
        victim.write_bytes(data)
    elif damage == "empty":
        victim.write_bytes(b"")
    elif damage == "remove":
        victim.unlink()
    elif damage == "add":
        (directory / "whoosh" / "extra").write_text("x", encoding="utf-8")
    elif damage == "manifest":
        (directory / MANIFEST).write_text("{", encoding="utf-8")
    else:
        manifest = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
        (directory / MANIFEST).write_text(json.dumps(manifest | {"format": 999}), encoding="utf-8")
    with pytest.raises(DamagedError, match=directory.name):
        Generation.open(directory)


def test_a_reader_sees_new_text_with_the_next_request(content: Path, layout: Layout) -> None:
    rebuild(content, layout)
    live = Live(layout)
    with live.lent() as generation:
        assert total(generation, "zebra") == 0
    change(content, "zebra")
    rebuild(content, layout)
    with live.lent() as generation:
        assert total(generation, "zebra") == 1
    live.close()


def test_a_request_keeps_its_generation_to_the_end(content: Path, layout: Layout) -> None:
    rebuild(content, layout)
    live = Live(layout)
    with live.lent() as old:
        change(content, "zebra")
        rebuild(content, layout)
        with live.lent() as new:
            assert new.name != old.name
            assert total(new, "zebra") == 1
            assert total(old, "zebra") == 0
    live.close()


def test_a_damaged_new_generation_leaves_readers_on_the_old_one(
    content: Path, layout: Layout, caplog: pytest.LogCaptureFixture
) -> None:
    first = rebuild(content, layout).name
    live = Live(layout)
    with live.lent() as generation:
        assert generation.name == first
    second = rebuild(content, layout).name
    next(layout.path(second).glob("*.sqlite")).write_bytes(b"")
    with live.lent() as generation:
        assert generation.name == first
    assert second in caplog.text
    live.close()


def test_a_new_worker_falls_back_to_the_last_good_generation(content: Path, layout: Layout) -> None:
    first = rebuild(content, layout).name
    second = rebuild(content, layout).name
    next(layout.path(second).glob("*.sqlite")).write_bytes(b"")
    live = Live(layout)
    with live.lent() as generation:
        assert generation.name == first
    live.close()


def test_nothing_to_serve_from_is_said(layout: Layout) -> None:
    with pytest.raises(GenerationError, match="flask index build"):
        Live(layout).borrow()


def test_a_pointer_to_nowhere_can_not_be_written(content: Path, layout: Layout) -> None:
    rebuild(content, layout)
    with pytest.raises(GenerationError, match="There is no generation"):
        layout.switch("20200101T000000000000-00000000")


def test_the_shipped_library_builds(own_site: Flask) -> None:
    runner = own_site.test_cli_runner()
    result = runner.invoke(args=["index", "build"])
    assert result.exit_code == 0, result.output
    assert "is live" in result.output


def test_a_change_that_hides_its_time_and_size_is_noticed(content: Path, layout: Layout) -> None:
    directory = layout.path(rebuild(content, layout).name)
    victim = max((directory / "whoosh").iterdir(), key=lambda path: path.stat().st_size)
    before = victim.stat()
    with victim.open("r+b") as file:
        file.seek(before.st_size // 2)
        byte = file.read(1)[0]
        file.seek(before.st_size // 2)
        file.write(bytes((byte ^ 1,)))
    os.utime(victim, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(DamagedError, match=directory.name):
        Generation.open(directory)


def test_untouched_files_are_read_only_by_a_thorough_check(
    content: Path, layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = layout.path(rebuild(content, layout).name)
    read: list[Path] = []
    monkeypatch.setattr(manifest, "_sha256", lambda path: read.append(path) or "not what was built")
    verify(directory)
    assert read == []
    with pytest.raises(DamagedError, match="is not what was built"):
        verify(directory, thoroughly=True)
    assert len(read) == 1


def test_a_copied_generation_is_read_and_accepted(content: Path, layout: Layout, tmp_path: Path) -> None:
    directory = layout.path(rebuild(content, layout).name)
    copy = tmp_path / directory.name
    shutil.copytree(directory, copy)
    assert verify(copy) == verify(directory)
