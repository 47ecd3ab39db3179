"""The benchmark of search measures what it says, on a handful of pages."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.__main__ import main
from bench.corpus import grown, queries, read_medquad
from bench.report import table, write_between
from bench.search.contest import Answer, same
from bench.timing import measure

PAGES = [
    {
        "focus": f"Disease {number}",
        "source": ("GARD", "CDC")[number % 2],
        "semantic_types": ["T047"] if number % 3 else None,
        "qa": [
            {
                "qtype": kind,
                "question": f"What are the {kind} of Disease {number}?",
                "answer": f"The {kind} of disease {number} are pain. Fever comes too. Nobody knows why {number * 7}.",
            }
            for kind in ("symptoms", "causes")
        ],
    }
    for number in range(30)
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "medquad.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(page) + "\n" for page in PAGES)
    return path


def test_every_answer_is_a_page(corpus: Path) -> None:
    records = read_medquad(corpus)
    assert len(records) == 60
    assert records[0].facets == ("symptoms", "GARD", "other")


def test_pages_are_grown_alike_each_time(corpus: Path) -> None:
    records = read_medquad(corpus)
    assert list(grown(records, 40)) == records[:40]
    more = list(grown(records, 100))
    assert more == list(grown(records, 100))
    assert (len(more), more[:60]) == (100, records)
    assert {record.title for record in more[60:]} <= {record.title for record in records}


def test_queries_differ_and_can_be_repeated(corpus: Path) -> None:
    records = read_medquad(corpus)
    typed = queries(records, 20)
    assert typed == queries(records, 20)
    assert len(set(typed)) == 20


def test_operations_take_turns() -> None:
    seen: list[str] = []
    spreads = measure({"a": lambda text: seen.append(f"a{text}"), "b": lambda text: seen.append(f"b{text}")}, "12", 1)
    assert seen == ["a1", "b1", "b2", "a2"] * 2
    assert set(spreads) == {"a", "b"}
    assert all(0 <= spread.p50 <= spread.p95 <= spread.p99 for spread in spreads.values())


@pytest.mark.parametrize(
    ("theirs", "equal"),
    [
        (Answer([(1, 3.0), (2, 2.0), (3, 1.0)], 3), True),
        (Answer([(1, 3.0), (2, 2.0), (4, 1.0)], 3), True),
        (Answer([(1, 3.0), (9, 2.0), (3, 1.0)], 3), False),
        (Answer([(1, 3.0), (2, 2.1), (3, 1.0)], 3), False),
        (Answer([(1, 3.0), (2, 2.0), (3, 1.0)], 4), False),
        (Answer([(1, 3.0), (2, 2.0), (3, 1.0)], 3, [{"a": 1}]), False),
    ],
)
def test_answers_are_the_same_but_for_ties_at_the_end(theirs: Answer, equal: bool) -> None:
    assert same(Answer([(1, 3.0), (2, 2.0), (3, 1.0)], 3), theirs) is equal


def test_tables_line_up() -> None:
    assert table(("a", "bb"), [("ccc", "1")]).splitlines() == ["| a   | bb |", "|-----|---:|", "| ccc |  1 |"]


def test_a_table_takes_the_place_of_the_last_one(tmp_path: Path) -> None:
    document = tmp_path / "performance.md"
    document.write_text("before\n<!-- search -->\nold\n<!-- end of search -->\nafter\n", encoding="utf-8")
    write_between(document, "search", "\nnew\n")
    assert document.read_text("utf-8") == "before\n<!-- search -->\nnew\n<!-- end of search -->\nafter\n"
    with pytest.raises(ValueError, match="no place for web"):
        write_between(document, "web", "new")


def test_all_engines_are_measured_and_ours_is_right(corpus: Path, tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    options = ["--corpus", str(corpus), "--pages", "70", "--asked", "12", "--json", str(figures)]
    result = CliRunner().invoke(main, ["search", *options], catch_exceptions=False)
    assert result.exit_code == 0
    found = json.loads(figures.read_text(encoding="utf-8"))["search"][0]
    assert found["equal"] == dict.fromkeys(found["milliseconds"], found["checked"])
    assert found["pages"] == 70
    measured = set(found["milliseconds"]["OR + count"]) | set(found["skipped"])
    assert {"ours", "Whoosh exhaustive", "Whoosh as shipped", "SQLite FTS5", "tantivy", "bm25s (no count)"} == measured
    assert all(reason.startswith("not installed") for reason in found["skipped"].values())


def test_a_missing_corpus_is_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["search", "--corpus", str(tmp_path / "none")])
    assert result.exit_code == 1
    assert "give MedQuAD with --corpus" in result.output
