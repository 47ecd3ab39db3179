import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from healthlib.content.pagetypes import PageType
from healthlib.content.publish.pages import Publisher
from healthlib.content.publish.writer import listed_medicines
from healthlib.content.published import ListedMedicine, Page
from healthlib.content.store import OTHER_LETTER, AzEntry, Store, StoreWriter
from samples import article, library

MANY = [
    article(f"n{number:02}", title=f"Number {number:02}", updated=date(2026, 5, number)) for number in range(1, 13)
] + [article("first-aid", title="5 things to know"), article("hindi", title="दर्द")]


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    read = library(*MANY)
    publisher = Publisher(read)
    return [publisher.publish(page) for page in read.live()]


@pytest.fixture(scope="module")
def listed() -> list[ListedMedicine]:
    return [entry for effect, _, entry in listed_medicines(library()) if effect == "headache"]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, pages: list[Page], listed: list[ListedMedicine]) -> Path:
    path = tmp_path_factory.mktemp("store") / "pages.sqlite"
    with StoreWriter(path) as writer:
        for page in pages:
            writer.add(page)
        writer.add_moved("/old/", "/articles/n01/")
        writer.add_moved("/gone/", None)
        writer.add_listed("headache", listed)
    return path


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with closing(Store(path)) as store:
        yield store


def test_every_page_is_read_back_as_it_was_written(store: Store, pages: list[Page]) -> None:
    assert store.pages == len(pages)
    for page in pages:
        assert store.page(page.url) == page


@pytest.mark.parametrize("url", ["/nowhere/", "", "/articles/n01", "/articles/n01/' OR 1=1 --"])
def test_an_unknown_address_is_no_page(store: Store, url: str) -> None:
    assert store.page(url) is None


@pytest.mark.parametrize(
    ("old", "answer"),
    [("/old/", (True, "/articles/n01/")), ("/gone/", (True, None)), ("/articles/n01/", (False, None))],
)
def test_moved_gone_and_unmoved_addresses(store: Store, old: str, answer: tuple[bool, str | None]) -> None:
    assert store.moved(old) == answer


def test_pages_are_counted_by_type(store: Store) -> None:
    assert store.count(PageType.ARTICLE) == 15
    assert store.count(PageType.MEDICINE) == 2
    assert sum(store.count(page_type) for page_type in PageType) == store.pages


@pytest.mark.parametrize("size", [1, 4, 7, 100])
def test_paging_shows_every_page_once_and_in_order(store: Store, size: int) -> None:
    for read in (store.by_name, store.newest):
        everything = read(PageType.ARTICLE, 100)
        paged = [card for offset in range(0, 15, size) for card in read(PageType.ARTICLE, size, offset)]
        assert paged == everything
        assert len({card.url for card in paged}) == 15
        assert read(PageType.ARTICLE, size, 15) == []


def test_names_go_from_a_to_z_whatever_their_case(store: Store) -> None:
    titles = [card.title for card in store.by_name(PageType.ARTICLE, 4)]
    assert titles == ["5 things to know", "Living with migraine", "Number 01", "Number 02"]


def test_the_newest_come_first(store: Store) -> None:
    found = store.newest(PageType.ARTICLE, 2)
    assert [(card.title, card.updated) for card in found] == [
        ("Number 12", date(2026, 5, 12)),
        ("Number 11", date(2026, 5, 11)),
    ]


def test_a_topic_lists_its_newest_pages_of_every_type(store: Store) -> None:
    found = store.newest_of_topic("nerves", 100)
    assert found[0].title == "Number 12"
    assert {card.type for card in found} == {PageType.ARTICLE, PageType.MEDICINE, PageType.CONDITION}
    assert len(store.newest_of_topic("nerves", 3)) == 3
    assert store.newest_of_topic("nothing", 3) == []


def test_members_are_listed_by_type_and_counted(store: Store) -> None:
    assert [card.title for card in store.members("classes/antibodies", PageType.MEDICINE, 10)] == ["Alphamab"]
    assert [card.title for card in store.members("topics/nerves", PageType.MEDICINE, 1, 1)] == ["Betanol"]
    assert store.count_members("topics/nerves") == {
        PageType.ARTICLE: 15,
        PageType.MEDICINE: 2,
        PageType.CONDITION: 1,
    }
    assert store.count_members("topics/nothing") == {}


def test_letters_count_names_brands_and_aliases(store: Store) -> None:
    assert store.letters(PageType.MEDICINE) == {"A": 2, "B": 2, "E": 1, "H": 1}
    assert store.letters(PageType.ARTICLE) == {"L": 1, "N": 12, OTHER_LETTER: 2}
    assert store.letters(PageType.PERSON) == {"D": 1, "T": 1}


@pytest.mark.parametrize(
    ("letter", "entries"),
    [
        ("A", [("Alphaject", "Alphamab"), ("Alphamab", None)]),
        ("B", [("Betanol", None), ("Bigdrip", "Alphamab")]),
        ("E", [("Écofén", "Alphamab")]),
        ("H", [("HuMax-A", "Alphamab")]),
        ("Z", []),
    ],
)
def test_brands_and_other_names_say_where_to_look(
    store: Store, letter: str, entries: list[tuple[str, str | None]]
) -> None:
    urls = {"Betanol": "/medicines/betanol/"}
    assert store.names(PageType.MEDICINE, letter, 10) == [
        AzEntry(name, urls.get(name, "/medicines/alphamab/"), see) for name, see in entries
    ]


def test_a_name_that_is_also_an_alias_is_listed_once(tmp_path: Path) -> None:
    sample = article("twice", title="Twice", aliases=["twice", "TWICE", "Again"])
    read = library(sample)
    page = read.ref(sample.ref)
    assert page is not None
    with StoreWriter(tmp_path / "pages.sqlite") as writer:
        writer.add(Publisher(read).publish(page))
    with closing(Store(tmp_path / "pages.sqlite")) as store:
        assert store.letters(PageType.ARTICLE) == {"A": 1, "T": 1}


def test_names_under_a_letter_are_paged(store: Store) -> None:
    found = [entry.name for offset in range(0, 12, 5) for entry in store.names(PageType.ARTICLE, "N", 5, offset)]
    assert found == [f"Number {number:02}" for number in range(1, 13)]


def test_letters_and_names_agree(store: Store) -> None:
    for page_type in PageType:
        for letter, number in store.letters(page_type).items():
            assert len(store.names(page_type, letter, 100)) == number


def test_medicines_that_list_a_side_effect_keep_their_order(store: Store, listed: list[ListedMedicine]) -> None:
    assert store.listed("headache", 10) == listed
    assert [*store.listed("headache", 1), *store.listed("headache", 1, 1)] == listed
    assert store.count_listed("headache") == len(listed) == 2
    assert store.listed("nothing", 10) == []
    assert store.count_listed("nothing") == 0


def test_addresses_are_listed_whole_and_in_parts(store: Store, pages: list[Page]) -> None:
    everything = list(store.addresses())
    assert everything == sorted((page.url, page.updated) for page in pages)
    assert [*store.addresses(5), *store.addresses(limit=100, offset=5)] == everything


def test_eight_threads_read_the_right_pages_at_once(store: Store, pages: list[Page]) -> None:
    start = threading.Barrier(8)

    def read(shift: int) -> int:
        start.wait()
        shifted = pages[shift:] + pages[:shift]
        return sum(store.page(page.url) == page for page in shifted * 5)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(read, range(8))) == [5 * len(pages)] * 8


def test_close_ends_the_connections_of_every_thread(path: Path, pages: list[Page]) -> None:
    # A connection left open would be a ResourceWarning or an unraisable error, which fails the test run.
    store = Store(path)
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(lambda page: store.page(page.url) == page, pages))
    store.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        store.page(pages[0].url)
    store.close()


def test_a_store_can_be_read_from_a_folder_that_cannot_be_written(path: Path) -> None:
    before = path.stat()
    with closing(Store(path)) as store:
        assert store.pages
        assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_a_folder_with_signs_in_its_name_is_no_obstacle(path: Path, tmp_path: Path) -> None:
    odd = tmp_path / "a ?b#c%20é"
    odd.mkdir()
    (odd / "pages.sqlite").write_bytes(path.read_bytes())
    with closing(Store(odd / "pages.sqlite")) as store:
        assert store.pages


@pytest.mark.parametrize("content", [None, b"", b"no database, but long enough to be read as one" * 99])
def test_a_file_that_is_no_store_is_an_os_error_that_names_it(tmp_path: Path, content: bytes | None) -> None:
    bad = tmp_path / "bad.sqlite"
    if content is not None:
        bad.write_bytes(content)
    with pytest.raises(OSError, match=r"bad\.sqlite"):
        Store(bad)
    assert bad.exists() == (content is not None), "opening makes no file"


def test_nothing_is_kept_of_a_writer_that_fails(tmp_path: Path, pages: list[Page]) -> None:
    def fail() -> None:
        with StoreWriter(tmp_path / "pages.sqlite") as writer:
            writer.add(pages[0])
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        fail()
    with closing(Store(tmp_path / "pages.sqlite")) as store:
        assert store.pages == 0


def test_two_pages_cannot_have_one_address(tmp_path: Path, pages: list[Page]) -> None:
    with StoreWriter(tmp_path / "pages.sqlite") as writer:
        writer.add(pages[0])
        with pytest.raises(sqlite3.IntegrityError):
            writer.add(pages[0])
