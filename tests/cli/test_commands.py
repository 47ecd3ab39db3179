"""Commands as operators and authors type them."""

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


def test_build_status_check_rollback(own_site: Flask) -> None:
    run = own_site.test_cli_runner().invoke
    assert "holds no generation" in run(args=["index", "status"]).output
    first = run(args=["index", "build"]).output.split()[0]
    second = run(args=["index", "build"]).output.split()[0]
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
