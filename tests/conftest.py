"""Fixtures that every test may use: the shipped library built once, and the site serving it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner
from hypothesis import settings as hypothesis_settings

from healthlib.app import create_app
from healthlib.config import ROOT, Settings
from healthlib.search.generation.build import build
from healthlib.search.generation.generation import Generation
from healthlib.search.generation.layout import Layout
from healthlib.web.context import live_of

# How long one example takes says more of the machine than of the code. CI tries the same examples each time: a new one
# that fails is found where somebody can look at it.
hypothesis_settings.register_profile("unhurried", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis_settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def built_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index directory with one generation of the shipped library; read it, never write to it."""
    root = tmp_path_factory.mktemp("index")
    build(ROOT / "content", Layout(root), keep=2)
    return root


@pytest.fixture(scope="session")
def generation(built_index: Path) -> Iterator[Generation]:
    layout = Layout(built_index)
    with Generation.open(layout.path(str(layout.live()))) as opened:
        yield opened


@pytest.fixture
def settings(built_index: Path) -> Settings:
    return Settings(environment="development", index_dir=built_index, base_url="https://health.example")


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    app.testing = True
    yield app
    live_of(app).close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Flask]:
    """A site with a copy of the shipped content and an index directory of its own, not built yet."""
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    app = create_app(
        Settings(environment="development", content_dir=content, index_dir=tmp_path / "index", keep_generations=2)
    )
    app.testing = True
    yield app
    live_of(app).close()
