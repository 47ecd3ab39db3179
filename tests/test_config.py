import os
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from healthlib.config import ROOT, Settings, SettingsError, load_settings

SECRET = "s" * 32


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.upper().startswith("HEALTHLIB_")]:
        monkeypatch.delenv(name)


def test_the_default_is_production_and_it_refuses_to_serve_without_a_secret() -> None:
    settings = load_settings()
    assert settings.environment == "production"
    with pytest.raises(SettingsError, match="HEALTHLIB_SECRET_KEY"):
        settings.require_secret()


def test_production_serves_with_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEALTHLIB_SECRET_KEY", SECRET)
    settings = load_settings()
    assert settings.require_secret() is settings


def test_development_serves_without_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEALTHLIB_ENVIRONMENT", "development")
    assert load_settings().require_secret().secret_key is None


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HEALTHLIB_CONTENT_DIR", str(tmp_path))
    monkeypatch.setenv("HEALTHLIB_TRUSTED_HOSTS", '["health.example", "www.health.example"]')
    monkeypatch.setenv("HEALTHLIB_PAGE_SIZE", "50")
    settings = load_settings()
    assert settings.content_dir == tmp_path
    assert settings.trusted_hosts == ("health.example", "www.health.example")
    assert settings.page_size == 50


def test_folders_default_to_those_of_the_project() -> None:
    settings = load_settings()
    assert settings.content_dir == ROOT / "content"
    assert settings.index_dir == ROOT / "index"
    assert (ROOT / "pyproject.toml").is_file()


def test_settings_cannot_be_changed() -> None:
    settings = load_settings()
    with pytest.raises(ValidationError):
        settings.page_size = 10  # type: ignore[misc]


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(ValidationError, match="pagesize"):
        Settings(pagesize=10)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENVIRONMENT", "staging"),
        ("SECRET_KEY", "s" * 31),
        ("SECRET_KEY", ""),
        ("BASE_URL", "health.example"),
        ("BASE_URL", "ftp://health.example"),
        ("BASE_URL", "https://"),
        ("TRUSTED_HOSTS", "health.example"),
        ("KEEP_GENERATIONS", "1"),
        ("KEEP_GENERATIONS", "51"),
        ("PAGE_SIZE", "4"),
        ("PAGE_SIZE", "101"),
        ("PAGE_SIZE", "many"),
        ("HITS_PER_PAGE", "4"),
        ("HITS_PER_PAGE", "51"),
        ("CACHE_SECONDS", "-1"),
        ("CACHE_SECONDS", "86401"),
    ],
)
def test_a_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"HEALTHLIB_{name}", value)
    with pytest.raises(SettingsError, match=f"HEALTHLIB_{name}"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", SECRET),
        ("KEEP_GENERATIONS", "2"),
        ("KEEP_GENERATIONS", "50"),
        ("PAGE_SIZE", "5"),
        ("PAGE_SIZE", "100"),
        ("HITS_PER_PAGE", "5"),
        ("HITS_PER_PAGE", "50"),
        ("CACHE_SECONDS", "0"),
        ("CACHE_SECONDS", "86400"),
    ],
)
def test_limits_themselves_are_allowed(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"HEALTHLIB_{name}", value)
    assert str(getattr(load_settings(), name.lower())) == value


def test_every_wrong_variable_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEALTHLIB_PAGE_SIZE", "0")
    monkeypatch.setenv("HEALTHLIB_BASE_URL", "nowhere")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "HEALTHLIB_PAGE_SIZE" in str(caught.value)
    assert "HEALTHLIB_BASE_URL" in str(caught.value)


def test_a_wrong_secret_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEALTHLIB_SECRET_KEY", "swordfish")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "swordfish" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://health.example/", "https://health.example"),
        ("https://health.example", "https://health.example"),
        ("http://127.0.0.1:8000//", "http://127.0.0.1:8000"),
    ],
)
def test_the_base_address_has_no_slash_at_its_end(given: str, kept: str) -> None:
    assert Settings(base_url=given).base_url == kept


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_says_what_it_is_for(name: str) -> None:
    assert Settings.model_fields[name].description


def test_the_list_of_settings_in_the_docs_is_complete() -> None:
    documented = ROOT / "docs" / "settings.md"
    assert documented.is_file(), "config.py says that docs/settings.md lists every setting"
    named = set(re.findall(r"HEALTHLIB_[A-Z_]*[A-Z]", documented.read_text(encoding="utf-8")))
    assert named == {f"HEALTHLIB_{name.upper()}" for name in Settings.model_fields}
