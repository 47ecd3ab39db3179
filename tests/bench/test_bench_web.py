"""The benchmark of pages measures what it says, on a real server with one worker."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.__main__ import main
from bench.search.contest import SkippedError
from bench.web import command, servers
from bench.web.load import Load, own, read_wrk
from bench.web.servers import running

WRK = """Running 1s test @ http://127.0.0.1:1/
  1 threads and 8 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   602.00us  283.94us   1.03ms    61.54%
{}  3101 requests in {}, 70.55KB read
Requests/sec:   3100.00
"""


@pytest.mark.parametrize(("time", "seconds"), [("1.12s", 1.12), ("980.00ms", 0.98), ("1.50m", 90)])
def test_what_wrk_prints_is_read(time: str, seconds: float) -> None:
    assert read_wrk(WRK.format("", time)) == Load(3101, pytest.approx(seconds))


@pytest.mark.parametrize("trouble", ["  Non-2xx or 3xx responses: 3\n", "  Socket errors: connect 0, read 2\n"])
def test_a_run_with_errors_is_no_measurement(trouble: str) -> None:
    with pytest.raises(RuntimeError, match="errors"):
        read_wrk(WRK.format(trouble, "1.12s"))
    with pytest.raises(RuntimeError, match="errors"):
        read_wrk("")


def test_a_server_that_is_not_installed_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "find_spec", lambda _name: None)
    with pytest.raises(SkippedError), running("granian", "bench.web.apps:bare", {}):
        pass


def test_a_missing_library_is_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["web", "--index", str(tmp_path)])
    assert result.exit_code == 1
    assert "flask index build" in result.output


def test_goals_are_held_against_what_was_measured() -> None:
    cpu = {command.BARE: 40, command.OK: 100, "article, ready": 50, "search, ready": 51}
    cpu |= {"article, rendered": 200, "search, made": 610}
    lines = command.verdicts("granian", {name: command.Figure(1, value) for name, value in cpu.items()})
    assert [line.rpartition(" ")[2] for line in lines] == ["met", "missed", "met", "missed"]
    assert "6.1 times" in lines[-1]


@pytest.mark.slow
def test_a_server_is_asked_and_its_time_is_counted() -> None:
    with running("gunicorn", "bench.web.apps:bare", {}) as server:
        before = server.cpu_seconds()
        request = f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n"
        done = own(server.port, [request], 0.5)
        assert done.requests > 20
        assert done.seconds >= 0.5
        assert server.cpu_seconds() > before


@pytest.mark.slow
def test_an_error_is_no_measurement() -> None:
    with running("gunicorn", "bench.web.apps:ok", {}) as server, pytest.raises(RuntimeError, match="error"):
        own(server.port, ["GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n"], 0.5)


@pytest.mark.slow
def test_all_cases_are_measured(built_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "COMMANDS", ("gunicorn",))
    monkeypatch.setattr("bench.web.load.WRK", None)
    document, figures = tmp_path / "performance.md", tmp_path / "figures.json"
    document.write_text("<!-- web -->\n<!-- end of web -->\n", encoding="utf-8")
    monkeypatch.setattr(command, "DOCUMENT", document)
    options = ["--quick", "--index", str(built_index), "--json", str(figures), "--write"]
    result = CliRunner().invoke(main, ["web", *options], catch_exceptions=False)
    assert result.exit_code == 0
    found = json.loads(figures.read_text(encoding="utf-8"))["web"]["gunicorn"]
    assert list(found)[:3] == ["bare WSGI", "bare WSGI, that article", 'Flask "ok"']
    assert len(found) == 8
    assert all(figure["per_second"] > 0 and figure["cpu"] > 0 for figure in found.values())
    assert found["article, ready"]["cpu"] < found["article, rendered"]["cpu"]
    assert "article, 304" in document.read_text(encoding="utf-8")
