from contextlib import closing
from pathlib import Path

import pytest

from healthlib.content.additions import Additions
from healthlib.content.publish.pages import Publisher
from healthlib.content.store import Store, StoreWriter
from samples import library


@pytest.fixture
def path(tmp_path: Path) -> Path:
    read = library()
    publisher = Publisher(read)
    with StoreWriter(tmp_path / "pages.sqlite") as writer:
        for page in read.live():
            writer.add(publisher.publish(page))
    return tmp_path / "pages.sqlite"


def test_related_pages_come_with_the_page(path: Path) -> None:
    with closing(Store(path)) as store:
        before = store.page("/medicines/alphamab/")
        other = store.page("/medicines/betanol/")
    assert before is not None
    assert other is not None
    assert before.related == ()
    with Additions(path) as additions:
        additions.relate("/medicines/alphamab/", (other.card("Used for migraine"),))
        additions.relate("/medicines/betanol/", ())
    with closing(Store(path)) as store:
        assert store.page("/medicines/alphamab/") == before.model_copy(
            update={"related": (other.card("Used for migraine"),)}
        )
        assert store.page("/medicines/betanol/") == other


def test_nothing_is_kept_of_additions_that_fail(path: Path) -> None:
    with closing(Store(path)) as store:
        other = store.page("/medicines/betanol/")
    assert other is not None
    card = other.card()

    def fail() -> None:
        with Additions(path) as additions:
            additions.relate("/conditions/migraine/", (card,))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with closing(Store(path)) as store:
        page = store.page("/conditions/migraine/")
    assert page is not None
    assert page.related == ()
