import re
from dataclasses import fields
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlib.config import ROOT
from healthlib.content.drug import Drug
from healthlib.content.faults import ContentError
from healthlib.content.library import read_library
from healthlib.content.names import fold
from healthlib.content.pagetypes import PageType
from healthlib.content.vocabulary import Danger, Intent, LookAlike, Pair, Vocabulary, load_vocabulary

SHIPPED = ROOT / "content" / "vocabulary"
# Enough for a search to lean on; a file that was cut short would fall below.
FLOORS = {
    "brands": 3000,
    "conditions": 8000,
    "lay": 200,
    "hindi": 220,
    "spellings": 120,
    "look_alikes": 40,
    "dangers": 90,
    "intents": 120,
    "question_words": 50,
    "english_words": 15_000,
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "content" / "vocabulary"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture(scope="module")
def shipped() -> Vocabulary:
    return load_vocabulary(SHIPPED)


def faults_of(root: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load_vocabulary(root)
    return [str(fault) for fault in caught.value.faults]


def test_a_missing_folder_gives_an_empty_vocabulary(tmp_path: Path) -> None:
    assert load_vocabulary(tmp_path / "nowhere" / "vocabulary") == Vocabulary()


def test_every_list_is_read(root: Path) -> None:
    for name in ("brands", "conditions", "lay", "hindi", "spellings"):
        (root / f"{name}.tsv").write_text(f"# what it is\n\n{name} term\tits meaning\n", encoding="utf-8")
    (root / "look-alikes.tsv").write_text("a\tfor b\tc\tfor d\n", encoding="utf-8")
    (root / "dangers.tsv").write_text("chest pain\temergency\n", encoding="utf-8")
    (root / "intents.tsv").write_text("how much\tdose\n", encoding="utf-8")
    (root / "question-words.tsv").write_text("please\nक्या\n", encoding="utf-8")
    assert load_vocabulary(root) == Vocabulary(
        brands=(Pair("brands term", "its meaning"),),
        conditions=(Pair("conditions term", "its meaning"),),
        lay=(Pair("lay term", "its meaning"),),
        hindi=(Pair("hindi term", "its meaning"),),
        spellings=(Pair("spellings term", "its meaning"),),
        look_alikes=(LookAlike("a", "for b", "c", "for d"),),
        dangers=(Danger("chest pain", "emergency"),),
        intents=(Intent("how much", "dose"),),
        question_words=("please", "क्या"),
    )


def test_line_ends_of_windows_and_spaces_around_cells_make_no_difference(root: Path) -> None:
    (root / "lay.tsv").write_bytes(b"piles \t haemorrhoids\r\n")
    assert load_vocabulary(root).lay == (Pair("piles", "haemorrhoids"),)


def test_one_term_may_have_two_meanings(root: Path) -> None:
    (root / "lay.tsv").write_text("blood thinner\tanticoagulant\nblood thinner\tantiplatelet\n", encoding="utf-8")
    assert len(load_vocabulary(root).lay) == 2


@pytest.mark.parametrize(
    ("name", "row", "message"),
    [
        ("lay", "piles", "the row has 1 columns and not 2."),
        ("lay", "piles\thaemorrhoids\tmore", "the row has 3 columns and not 2."),
        ("look-alikes", "a\tfor b", "the row has 2 columns and not 4."),
        ("question-words", "two\twords", "the row has 2 columns and not 1."),
        ("brands", "Plavix\t ", "column 2 is empty."),
        ("brands", "\tclopidogrel", "column 1 is empty."),
        ("dangers", "chest pain\turgent", "unknown kind `urgent`."),
        ("intents", "how much\tprice", "unknown intent `price`."),
        ("lay", "FIRST\trow", "the row stands in line 2 already."),
    ],
)
def test_a_wrong_row_is_named_with_file_and_line(root: Path, name: str, row: str, message: str) -> None:
    first = {"dangers": "x\tpoison", "intents": "x\tdose", "question-words": "x", "look-alikes": "a\tb\tc\td"}
    head = first.get(name, "first\trow")
    (root / f"{name}.tsv").write_text(f"# head\n{head}\n{row}\n", encoding="utf-8")
    (fault,) = faults_of(root)
    assert fault.startswith(f"content/vocabulary/{name}.tsv:3: R006 error: {message}")


def test_all_faults_of_all_files_are_reported_at_once(root: Path) -> None:
    (root / "brands.tsv").write_text("one\ntwo\n", encoding="utf-8")
    (root / "dangers.tsv").write_text("chest pain\turgent\n", encoding="utf-8")
    (root / "lay.tsv").write_bytes(b"\xff\xfe\n")
    assert [fault.split(" R006")[0] for fault in faults_of(root)] == [
        "content/vocabulary/brands.tsv:1:",
        "content/vocabulary/brands.tsv:2:",
        "content/vocabulary/dangers.tsv:1:",
        "content/vocabulary/lay.tsv:1:",
    ]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    root = tmp_path_factory.mktemp("content") / "vocabulary"
    root.mkdir()
    (root / "intents.tsv").write_bytes(data)
    rules = set()
    try:
        load_vocabulary(root)
    except ContentError as error:
        rules = {fault.rule for fault in error.faults}
    assert rules <= {"R006"}


@pytest.mark.parametrize("name", [field.name for field in fields(Vocabulary)])
def test_shipped_lists_are_whole(shipped: Vocabulary, name: str) -> None:
    assert len(getattr(shipped, name)) >= FLOORS[name]


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.tsv")), ids=lambda path: path.stem)
def test_shipped_files_are_sorted_and_say_where_they_come_from(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    rows = [tuple(fold(cell) for cell in line.split("\t")) for line in lines[len(head) :]]
    assert lines[: len(head)] == head
    assert "Source" in "".join(head)
    assert rows == sorted(rows)


@pytest.mark.parametrize("name", ["brands", "conditions", "lay", "hindi", "spellings"])
def test_no_shipped_term_means_itself(shipped: Vocabulary, name: str) -> None:
    assert [pair for pair in getattr(shipped, name) if fold(pair.term) == fold(pair.meaning)] == []


def test_a_shipped_phrase_has_one_kind_and_one_intent(shipped: Vocabulary) -> None:
    for phrases in ([d.phrase for d in shipped.dangers], [i.phrase for i in shipped.intents]):
        assert len(set(map(fold, phrases))) == len(phrases)


@pytest.mark.parametrize(
    ("name", "term", "meaning"),
    [
        ("brands", "Plavix", "clopidogrel"),
        ("brands", "Janumet", "metformin + sitagliptin"),
        ("conditions", "DVT", "deep vein thrombosis"),
        ("lay", "piles", "haemorrhoids"),
        ("hindi", "मधुमेह", "diabetes"),
        ("hindi", "sugar ki bimari", "diabetes"),
        ("spellings", "haemorrhoids", "hemorrhoids"),
    ],
)
def test_what_readers_type_is_known(shipped: Vocabulary, name: str, term: str, meaning: str) -> None:
    assert Pair(term, meaning) in getattr(shipped, name)


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [("chest pain", "emergency"), ("marna chahta hun", "mental-health"), ("overdose", "poison")],
)
def test_red_flags_are_known(shipped: Vocabulary, phrase: str, kind: str) -> None:
    assert {danger.kind for danger in shipped.dangers if danger.phrase == phrase} == {kind}


def test_words_that_carry_meaning_are_not_dropped(shipped: Vocabulary) -> None:
    assert not {"medicine", "no", "nahi", "pe", "ms", "pain", "help"} & set(shipped.question_words)


@pytest.mark.parametrize(
    ("purpose", "described"),
    [
        ("for gout", "a medicine for gout"),
        ("to lower stomach acid", "a medicine to lower stomach acid"),
        ("a water tablet", "a water tablet"),
        ("the first medicine in a medical abortion", "the first medicine in a medical abortion"),
    ],
)
def test_what_a_look_alike_is_reads_as_a_noun(purpose: str, described: str) -> None:
    assert LookAlike("one", purpose, "two", "for gout").both == (("one", described), ("two", "a medicine for gout"))


def test_a_search_knows_every_look_alike_that_a_page_warns_of(shipped: Vocabulary) -> None:
    def parts(name: str) -> list[str]:
        return re.findall(r"[^() ]+", fold(name))

    pairs = [(parts(pair.name), parts(pair.other)) for pair in shipped.look_alikes]
    told = {pair for one, other in pairs for pair in (*product(one, other), *product(other, one))}
    warned = [
        (page.meta, other.name)
        for page in read_library(ROOT / "content")[0].live(PageType.MEDICINE)
        if isinstance(page.meta, Drug)
        for other in page.meta.look_alike
    ]
    assert len(warned) > 10
    for drug, other in warned:
        assert told & set(product(map(fold, drug.names), parts(other))), f"{drug.name}: {other}"


def test_names_of_look_alikes_differ(shipped: Vocabulary) -> None:
    assert [pair for pair in shipped.look_alikes if fold(pair.name) == fold(pair.other)] == []
