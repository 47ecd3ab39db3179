"""The command that sends hostile requests, against small sites that behave well and badly."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from click.testing import CliRunner, Result
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from healthlib.cli import hostile
from healthlib.cli.attacks import Attack
from healthlib.cli.hostile import Answer, main, sender

Site = Callable[[Request], Response]


@contextmanager
def serving(site: Site) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, Request.application(site), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def run(site: Site) -> Result:
    with serving(site) as base:
        return CliRunner().invoke(main, [base, "--random", "5"])


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hostile, "attacks", lambda: iter([Attack("good", "/search?q=a"), Attack("bad", "/bad?%ff")]))


def test_a_site_that_answers_clearly_passes(few: None) -> None:
    result = run(lambda request: Response(status=404 if request.path == "/bad" else 200))
    assert result.exit_code == 0, result.output
    assert result.output.startswith("7 requests\n  200: 6\n  404: 1\n")
    assert "errors of ours, or over 0.5 s: 0" in result.output


def test_an_error_of_ours_fails_and_is_named(few: None) -> None:
    result = run(lambda request: Response(status=500 if request.path == "/bad" else 200))
    assert result.exit_code == 1
    assert "500  bad: /bad?%ff" in result.output


def test_a_slow_answer_fails(few: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hostile, "MOST_SECONDS", 0.0)
    assert run(lambda _request: Response()).exit_code == 1


def test_a_site_that_never_answers_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hostile, "WAIT_SECONDS", 0)
    result = run(lambda _request: Response(status=503))
    assert result.exit_code == 1
    assert "The site does not answer." in result.output


def test_no_answer_at_all_is_wrong() -> None:
    with serving(lambda _request: Response()) as base:
        pass
    started = time.perf_counter()
    answer = sender(base)(Attack("nobody there", "/"))
    assert answer == Answer(answer.attack, 0, answer.seconds)
    assert answer.wrong
    assert answer.seconds <= time.perf_counter() - started


@pytest.mark.parametrize("base", ["127.0.0.1:8000", "ftp://127.0.0.1", "https://127.0.0.1"])
def test_only_a_plain_http_address_is_taken(base: str) -> None:
    assert CliRunner().invoke(main, [base]).exit_code == 2
