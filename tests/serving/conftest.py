"""A served copy of the library."""

import time
from collections.abc import Iterator

import pytest

from served import Site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("site"))
    site.index("build")
    with site.serve() as process:
        for _ in range(200):
            try:
                site.get("/")
            except OSError:
                time.sleep(0.05)
            else:
                break
        yield site
        process.terminate()
