"""Every setting of the site, each with its default and its reason.

Settings come from environment variables named ``HEALTHLIB_<NAME>``; ``docs/settings.md`` lists them and a test
keeps the two equal.
"""

import re
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError as UnreadableError

ROOT = Path(__file__).resolve().parents[2]


class SettingsError(Exception):
    """A setting is missing or wrong; the message names each one."""


class Settings(BaseSettings):
    """The settings of one running site; immutable, passed in explicitly, never a module-level global."""

    model_config = SettingsConfigDict(env_prefix="HEALTHLIB_", frozen=True, extra="forbid")

    environment: Literal["production", "development"] = Field(
        "production",
        description="Production is the default so that a forgotten variable is the safe one. "
        "Development reloads changed templates.",
    )
    secret_key: str | None = Field(
        None,
        min_length=32,
        description="Signs form tokens. There is no default: a server in production refuses to start without it, "
        "because a key that everybody knows protects nobody.",
    )
    base_url: str = Field(
        "http://127.0.0.1:8000",
        description="The address readers use. Canonical links, the sitemap and feeds are made from it, "
        "never from the Host header, which a stranger can choose.",
    )
    trusted_hosts: tuple[str, ...] = Field(
        (),
        description='Host names that the site answers to, as a JSON list such as `["health.example"]`; '
        "others get 400. Empty means any, for first steps on one machine.",
    )
    site_name: str = Field("Health Library", description="The name in the masthead, titles and feeds.")
    content_dir: Path = Field(ROOT / "content", description="The folder of authored files that a build reads.")
    index_dir: Path = Field(
        ROOT / "index",
        description="The folder of built generations. Workers only read it, so it may be read-only for them.",
    )
    keep_generations: int = Field(
        3,
        ge=2,
        le=50,
        description="How many generations stay on disk: the live one and those `flask index rollback` can go back to.",
    )
    page_size: int = Field(
        20, ge=5, le=100, description="Entries on one page of a listing: two phone screens of cards."
    )
    hits_per_page: int = Field(10, ge=5, le=50, description="Hits on one page of search results, as readers know it.")
    cache_seconds: int = Field(
        60,
        ge=0,
        le=86400,
        description="How long browsers and proxies may keep a reading page before asking again; "
        "short, because a corrected page must reach readers soon.",
    )
    page_cache_mb: int = Field(
        32,
        ge=0,
        le=4096,
        description="Megabytes of memory in which each worker keeps answers ready to send, a quarter of them for "
        "searches: some 500 pages of usual length. 0 turns it off; in development it is always off.",
    )

    @field_validator("base_url")
    @classmethod
    def _bare_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError("must be an address such as https://health.example")
        return value.rstrip("/")

    def require_secret(self) -> Self:
        """Return these settings if they may serve readers.

        Raises:
            SettingsError: in production without a secret key.
        """
        if self.environment == "production" and not self.secret_key:
            raise SettingsError(
                "HEALTHLIB_SECRET_KEY is not set. Make one with: "
                'python3 -c "import secrets; print(secrets.token_hex(32))"'
            )
        return self


def load_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        SettingsError: naming every wrong variable.
    """
    try:
        return Settings()
    except UnreadableError as error:
        name = re.search(r'field "(\w+)"', str(error))
        raise SettingsError(f"HEALTHLIB_{name[1].upper() if name else '*'}: is not written as JSON") from None
    except ValidationError as error:
        lines = [
            f"HEALTHLIB_{str(fault['loc'][0]).upper()}: {fault['msg']}" if fault["loc"] else fault["msg"]
            for fault in error.errors()
        ]
        raise SettingsError("; ".join(lines)) from None
