"""Every error is a page of the site, says what happened, and gives nothing away."""

from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from contract import check_page, text_of
from healthlib.app import create_app
from healthlib.config import Settings, SettingsError
from healthlib.web.context import live_of
from healthlib.web.errors import ERRORS


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_each_error_has_a_page(app: Flask, code: int) -> None:
    app.add_url_rule("/raise/", view_func=lambda: abort(code))
    response = app.test_client().get("/raise/")
    assert response.status_code == code
    root = check_page(response)
    assert ERRORS[code].title in text_of(root)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert ("Retry-After" in response.headers) == (code in (429, 503))


def test_a_fault_of_ours_shows_no_trace(app: Flask) -> None:
    def fail() -> str:
        raise ZeroDivisionError("secret detail")

    app.add_url_rule("/fail/", view_func=fail)
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    response = app.test_client().get("/fail/")
    assert response.status_code == 500
    assert "secret detail" not in response.get_data(as_text=True)
    check_page(response)


@pytest.mark.parametrize("url", ["/nowhere/", "/articles/nowhere/", "/medicines/<b>/", "/static/nowhere.css", "/a/b/c"])
def test_not_found(client: FlaskClient, url: str) -> None:
    response = client.get(url)
    assert response.status_code == 404
    check_page(response)


def test_other_methods_are_refused(client: FlaskClient) -> None:
    response = client.post("/search")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    check_page(response)


@pytest.mark.parametrize("page", ["0", "x", "-1", "1.5", "²"])
def test_a_bad_page_number_of_a_listing(client: FlaskClient, page: str) -> None:
    assert client.get("/medicines/", query_string={"page": page}).status_code == 400


def test_past_the_end_of_a_listing(client: FlaskClient) -> None:
    assert client.get("/medicines/?page=999").status_code == 404


def test_without_a_generation_readers_are_asked_to_wait(tmp_path: Path) -> None:
    app = create_app(Settings(environment="development", index_dir=tmp_path))
    response = app.test_client().get("/")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    check_page(response)
    live_of(app).close()


def test_an_unknown_host_is_refused(built_index: Path) -> None:
    app = create_app(Settings(environment="development", index_dir=built_index, trusted_hosts=("health.example",)))
    assert app.test_client().get("/", headers={"Host": "evil.example"}).status_code == 400
    assert app.test_client().get("/", headers={"Host": "health.example"}).status_code == 200
    live_of(app).close()


def test_production_needs_a_secret(built_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HEALTHLIB_SECRET_KEY", raising=False)
    with pytest.raises(SettingsError, match="HEALTHLIB_SECRET_KEY is not set"):
        create_app(Settings(environment="production", index_dir=built_index))
    live_of(create_app(Settings(environment="production", secret_key="k" * 32, index_dir=built_index))).close()
