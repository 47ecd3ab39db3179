"""The benchmarks of building and growth measure what they say, on a handful of pages."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from test_bench_search import corpus

from bench.__main__ import main
from bench.corpus import Record
from bench.growth import Built, build_generation, one_thread, serve
from bench.library import entries, published, write_pages
from bench.scaling import build_lines
from healthlib.content.pagetypes import PageType
from healthlib.content.store import Store

__all__ = ["corpus"]

RECORDS = [
    Record("Gout", "What is gout?", "A kind of arthritis. It hurts.", ("information", "CDC", "T047")),
    Record("Gout", "What helps against gout?", "Rest.", ("treatment", "CDC", "T047")),
    Record("", "What is this?", "Nobody knows.", ("information", "CDC", "other")),
]


def test_the_first_answer_is_the_condition_and_others_are_about_it() -> None:
    pages = [published(entry) for entry in entries(RECORDS)]
    assert [page.type for page in pages[:3]] == [PageType.CONDITION, PageType.ARTICLE, PageType.CONDITION]
    assert "conditions/gout" in pages[1].about
    assert {page.ref for page in pages[3:]} == {ref for page in pages[:3] for ref in page.about if "topics/" in ref}


def test_the_library_and_the_store_have_the_same_pages(tmp_path: Path) -> None:
    library = write_pages(entries(RECORDS), tmp_path / "store.sqlite")
    store = Store(tmp_path / "store.sqlite")
    assert sorted(page.url for page in library.live()) == [url for url, _ in store.addresses()]
    store.close()


def test_what_is_built_can_be_searched(corpus: Path, tmp_path: Path) -> None:
    built = build_generation(corpus, 60, tmp_path / "generation")
    assert built.pages > 60
    assert built.documents == 2 * built.pages
    assert built.pages_per_second > 0
    assert {"pages and store", "index and arrays", "meaning", "manifest"} < set(built.seconds)
    served = serve(tmp_path / "generation", ["What are the causes of Disease 3?", "fever"], rounds=1)
    assert served.pages == built.pages
    assert 0 < served.search.p50 <= served.search.p99


def test_steps_are_told_for_each_size() -> None:
    small, large = Built(10, 20, {"index": 1.0}, 100, 1), Built(40, 80, {"index": 2.0}, 100, 1)
    lines = "\n".join(build_lines([small, large]))
    assert lines.splitlines()[-1].split() == ["|", "index", "|", "1.0", "|", "2.0", "|", "100.00", "|", "50.00", "|"]


def test_one_thread_is_asked_for_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    for before in (None, "2"):
        if before is None:
            monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
        else:
            monkeypatch.setenv("OPENBLAS_NUM_THREADS", before)
        with one_thread():
            assert os.environ["OPENBLAS_NUM_THREADS"] == "1"
        assert os.environ.get("OPENBLAS_NUM_THREADS") == before


def test_growth_is_printed_and_kept(corpus: Path, tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    options = ["--corpus", str(corpus), "--pages", "70", "--asked", "8", "--json", str(figures)]
    result = CliRunner().invoke(main, ["scale", *options], catch_exceptions=False)
    assert result.exit_code == 0
    found = json.loads(figures.read_text(encoding="utf-8"))["scale"][0]
    assert found["built"]["pages"] == found["served"]["pages"] >= 70
    assert found["served"]["without_hits"]["p50"] <= found["served"]["search"]["p99"]
    assert "pages built per CPU s" in result.output


@pytest.mark.parametrize("mode", ["build", "scale"])
def test_a_missing_corpus_is_told(mode: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, [mode, "--corpus", str(tmp_path / "none")])
    assert result.exit_code == 1
    assert "give MedQuAD with --corpus" in result.output
