"""Which products list a side effect: all or those of some medicines, in three orders, page by page."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from healthlib.content.listed import Look, Order, medicines_named
from healthlib.content.publish.pages import Publisher
from healthlib.content.published import Figure, Link, ListedMedicine
from healthlib.content.store import Store, StoreWriter
from samples import library

PRODUCTS = [
    # brand, medicine, per cent, serious; as a build writes them: the most frequent first
    ("Zeta", "alphamab", 30, False),
    ("Écofén", "betanol", 20, True),
    ("Beta", "betanol", 10, False),
    ("Alpha", "gamma", 5, True),
]


def entry(brand: str, medicine: str, pct: int, serious: bool) -> ListedMedicine:
    return ListedMedicine(
        drug=Link(text=medicine, url=f"/medicines/{medicine}/#x"),
        product=brand,
        figure=Figure.model_validate({"frequency": "common", "pct": pct}),
        serious=serious,
        population=None,
        source=Link(text="Label", url="https://labels.example/"),
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("listed") / "pages.sqlite"
    read = library()
    with StoreWriter(path) as writer:
        for page in read.live():
            writer.add(Publisher(read).publish(page))
        writer.add_listed("headache", [entry(*product) for product in PRODUCTS])
        writer.add_listed("rash", [entry("Other", "alphamab", 1, False)])
    with closing(Store(path)) as opened:
        yield opened


def brands(store: Store, look: Look, limit: int = 10, offset: int = 0) -> list[str]:
    return [row.product for row in look.rows(store, limit, offset)]


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        (Order.FREQUENT, ["Zeta", "Écofén", "Beta", "Alpha"]),
        (Order.SERIOUS, ["Écofén", "Alpha", "Zeta", "Beta"]),
        (Order.NAME, ["Alpha", "Beta", "Écofén", "Zeta"]),
    ],
)
def test_orders(store: Store, order: Order, wanted: list[str]) -> None:
    look = Look("headache", None, order)
    assert brands(store, look) == wanted
    assert brands(store, look, 3) + brands(store, look, 3, 3) == wanted


def test_only_some_medicines(store: Store) -> None:
    look = Look("headache", ["/medicines/betanol/", "/medicines/gamma/", "/medicines/none/"])
    assert brands(store, look) == ["Écofén", "Beta", "Alpha"]
    assert look.listing(store) == {"/medicines/betanol/": 2, "/medicines/gamma/": 1}


def test_medicines_none_of_which_lists_it(store: Store) -> None:
    for medicines in ([], ["/medicines/none/"], ["' OR 1=1 --"]):
        look = Look("headache", medicines)
        assert brands(store, look) == []
        assert look.listing(store) == {}


@pytest.mark.parametrize("name", ["alphamab", "Alphamab", "ALPHAJECT", "écofén", "Ecofen", "HuMax-A"])
def test_a_medicine_is_known_by_every_name(store: Store, name: str) -> None:
    assert [medicine.url for medicine in medicines_named(store, name)] == ["/medicines/alphamab/"]


@pytest.mark.parametrize("name", ["", "headache", "alpha", "/", "दवा", "' OR 1=1 --"])
def test_what_is_no_medicine_is_none(store: Store, name: str) -> None:
    assert medicines_named(store, name) == []
