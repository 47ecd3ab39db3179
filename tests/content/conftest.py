"""Fixtures of the content tests."""

from pathlib import Path

import pytest

from samples import write_library


@pytest.fixture
def content_root(tmp_path: Path) -> Path:
    """The content folder of the tiny library, which has no faults; a test may change it."""
    return write_library(tmp_path)
