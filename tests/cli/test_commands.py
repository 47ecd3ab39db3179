"""Commands as operators and authors type them."""

import json
from pathlib import Path

from flask import Flask
from flask.testing import FlaskCliRunner

from healthlib.web.context import settings_of


def test_lint_of_the_shipped_library_finds_no_error(runner: FlaskCliRunner) -> None:
    result = runner.invoke(args=["content", "lint"])
    assert result.exit_code == 0, result.output
    assert ": 0 errors" in result.output


def test_lint_names_file_line_and_rule(own_site: Flask) -> None:
    page = settings_of(own_site).content_dir / "articles" / "blood-thinners.md"
    page.write_text(page.read_text(encoding="utf-8").replace("kind: explainer", "kind: rumour"), encoding="utf-8")
    result = own_site.test_cli_runner().invoke(args=["content", "lint"])
    assert result.exit_code == 1
    assert "content/articles/blood-thinners.md:" in result.output
    assert "R002 error: `kind`" in result.output


def test_lint_can_keep_to_some_files(own_site: Flask) -> None:
    content = settings_of(own_site).content_dir
    for name in ("blood-thinners", "cbd-and-thc"):
        (content / "articles" / f"{name}.md").write_text("nothing", encoding="utf-8")
    result = own_site.test_cli_runner().invoke(args=["content", "lint", "cbd"])
    assert "cbd-and-thc.md:1: R001" in result.output
    assert "blood-thinners.md:1: R001" not in result.output


def test_lint_counts_warnings_and_prints_them_when_asked(own_site: Flask) -> None:
    page = settings_of(own_site).content_dir / "articles" / "blood-thinners.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nYour medication.  \n", encoding="utf-8")
    run = own_site.test_cli_runner().invoke
    summary = run(args=["content", "lint"]).output
    assert "W406 warning: 1, the first: content/articles/blood-thinners.md:" in summary
    every = run(args=["content", "lint", "--warnings"]).output
    assert every.count(" W403 warning: ") > 1
    result = run(args=["content", "lint", "--fix", "blood-thinners"])
    assert "content/articles/blood-thinners.md: mended." in result.output
    assert "W406" not in result.output
    assert page.read_text(encoding="utf-8").endswith("\nYour medicine.\n")


def test_lint_as_json(own_site: Flask) -> None:
    page = settings_of(own_site).content_dir / "articles" / "blood-thinners.md"
    page.write_text("nothing", encoding="utf-8")
    result = own_site.test_cli_runner().invoke(args=["content", "lint", "--format", "json", "articles/blood-thinners"])
    assert result.exit_code == 1
    (fault,) = json.loads(result.output)["faults"]
    assert (fault["path"], fault["line"], fault["rule"], fault["level"]) == (
        "content/articles/blood-thinners.md",
        1,
        "R001",
        "error",
    )


KESIMPTA = "6a8a3f53-2062-48ff-9dbe-b939df133ca3"


def label_file(tmp_path: Path, headache: int) -> str:
    """Write a label of Kesimpta and tie the library's source to it."""
    path = tmp_path / "labels.json"
    text = f"Upper respiratory tract infection 39%. Headache {headache}%."
    answer = {"results": [{"set_id": KESIMPTA, "adverse_reactions": [text]}]}
    path.write_text(json.dumps(answer), encoding="utf-8")
    return str(path)


def test_verify_prints_counts_and_fails_on_a_row_not_found(own_site: Flask, tmp_path: Path) -> None:
    content = settings_of(own_site).content_dir
    source = content / "sources" / "kesimpta-us-safety-information.yaml"
    source.write_text(source.read_text(encoding="utf-8") + f"\nset_id: {KESIMPTA}\n", encoding="utf-8")
    page = content / "medicines" / "ofatumumab.md"
    changed = page.read_text(encoding="utf-8").replace("effect: serious-infection", "effect: headache", 1)
    page.write_text(
        changed.replace("pct: 2.5\n        comparator_pct: 1.8", "pct: 13\n        comparator_pct: 12"),
        encoding="utf-8",
    )
    run = own_site.test_cli_runner().invoke
    result = run(args=["content", "verify", "--page", "ofatumumab", label_file(tmp_path, 13)])
    assert result.exit_code == 1
    assert "content/medicines/ofatumumab.md:" in result.output
    assert "V101 error: kesimpta-us-safety-information (labels.json) does not print 13 against 12" in result.output
    assert "1 labels read. 1 rows checked: 0 confirmed, 0 noted, 1 not found." in result.output
    page.write_text(
        page.read_text(encoding="utf-8").replace(
            "pct: 13\n        comparator_pct: 12\n        comparator: teriflunomide with dummy injections\n",
            "pct: 13\n",
        ),
        encoding="utf-8",
    )
    result = run(args=["content", "verify", "--all", label_file(tmp_path, 13)])
    assert result.exit_code == 0, result.output
    assert "confirmed: kesimpta headache 13 % (kesimpta-us-safety-information)" in result.output


def test_verify_says_what_it_cannot_read(own_site: Flask, tmp_path: Path) -> None:
    run = own_site.test_cli_runner().invoke
    missing = run(args=["content", "verify", str(tmp_path / "none.json")])
    assert missing.exit_code == 1
    assert "none.json" in missing.output
    (settings_of(own_site).content_dir / "medicines" / "aspirin.md").write_text("nothing", encoding="utf-8")
    broken = run(args=["content", "verify", label_file(tmp_path, 13)])
    assert broken.exit_code == 1
    assert "content/medicines/aspirin.md:1: R001" in broken.output


def test_build_status_check_rollback(own_site: Flask) -> None:
    run = own_site.test_cli_runner().invoke
    assert "holds no generation" in run(args=["index", "status"]).output
    first, second = (run(args=["index", "build"]).stdout.split()[0] for _ in range(2))
    status = run(args=["index", "status"]).output
    assert f"* {second}" in status
    assert f"  {first}" in status
    assert run(args=["index", "check"]).exit_code == 0
    assert run(args=["index", "rollback"]).output == f"{first} is live.\n"
    assert f"* {first}" in run(args=["index", "status"]).output
    again = run(args=["index", "rollback"])
    assert again.exit_code == 1
    assert "There is no older generation." in again.output
    assert run(args=["index", "rollback", second]).exit_code == 0


def test_build_if_changed(own_site: Flask) -> None:
    run = own_site.test_cli_runner().invoke
    assert "is live" in run(args=["index", "build", "--if-changed"]).output
    assert "Nothing has changed" in run(args=["index", "build", "--if-changed"]).output
    page = settings_of(own_site).content_dir / "pages" / "about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    assert "is live" in run(args=["index", "build", "--if-changed"]).output


def test_a_build_with_errors_says_all_of_them_and_fails(own_site: Flask) -> None:
    (settings_of(own_site).content_dir / "articles" / "new.md").write_text("---\ntitle: x\n---\n", encoding="utf-8")
    result = own_site.test_cli_runner().invoke(args=["index", "build"])
    assert result.exit_code == 1
    assert "`summary` is missing" in result.output
    assert "`review_due` is missing" in result.output


def test_check_names_the_damaged_file(own_site: Flask) -> None:
    run = own_site.test_cli_runner().invoke
    run(args=["index", "build"])
    store = next(Path(settings_of(own_site).index_dir).glob("*/library.sqlite"))
    store.write_bytes(store.read_bytes()[:-1])
    result = run(args=["index", "check"])
    assert result.exit_code == 1
    assert "library.sqlite is not what was built" in result.output
    assert run(args=["index", "rollback", store.parent.name]).exit_code == 1
