"""Side-effect rows held against labels."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest

from healthlib.config import ROOT
from healthlib.content.authored import AuthoredPage
from healthlib.content.drug import Drug, Product
from healthlib.content.labels.label import Label, Row, Sentence, Statement
from healthlib.content.labels.naming import Namer
from healthlib.content.labels.read import Collection, read_collection, read_labels
from healthlib.content.labels.verify import CheckedRow, tally, verify
from healthlib.content.library import Library, read_library
from healthlib.content.vocabulary import Pair, Vocabulary, load_vocabulary
from samples import OMIT, Sample, effect_row, hair_loss, library, medicine, product, second_product, side_effect
from samples import label as label_sample

ORIGINALS = ROOT.parent / "shared" / "data" / "originals"
SET_ID = "6a8a3f53-2062-48ff-9dbe-b939df133ca3"
WORDS = Vocabulary(lay=(Pair("pain in the head", "headache"),), spellings=(Pair("haemorrhage", "hemorrhage"),))
PLACEBO = (("Alphaject", "Placebo"),)


def checked(row: dict[str, object], statements: Iterable[Statement], *others: Sample) -> CheckedRow:
    """Return what becomes of one row of Alphaject whose label has these statements."""
    read = library(
        medicine(products=[product(side_effects=[row]), second_product()]),
        label_sample("alphaject-label", set_id=SET_ID),
        *others,
    )
    collection = Collection([Label("label.xml", frozenset(), tuple(statements), SET_ID)])
    return next(verify(read, collection, Namer(read, WORDS)))


ROW = effect_row(pct=12, comparator_pct=8, comparator="placebo")
BARE = effect_row(pct=OMIT, comparator_pct=OMIT, comparator=OMIT, frequency="not_known")


@pytest.mark.parametrize(
    "statement",
    [
        Row("Headache", ("12%", "8%"), PLACEBO),
        Row("Headaches a", ("12", "8"), PLACEBO),
        Row("Headachesb", ("12", "8"), PLACEBO),
        Row("Cephalalgia", ("120 (12)", "80 (8)"), PLACEBO),
        Row("Pain in the head", ("12", "8"), PLACEBO),
        Sentence("Headache was seen in 12% of people against 8% with placebo."),
    ],
)
def test_confirmed(statement: Statement) -> None:
    assert checked(ROW, [Sentence("Something else."), statement]).outcome == "confirmed"


@pytest.mark.parametrize(
    "statement",
    [
        Row("Headache", ("13%", "8%"), PLACEBO),
        Row("Headache", ("12%", "<8%"), PLACEBO),
        Row("Headache", ("8%", "12%"), PLACEBO),
        Row("Nausea", ("12%", "8%"), PLACEBO),
        Sentence("Nausea was seen in 12% of people against 8% with placebo."),
    ],
)
def test_not_found(statement: Statement) -> None:
    row = checked(ROW, [statement])
    assert row.outcome == "not found"
    assert row.fault is not None
    assert row.fault.rule == "V101"
    assert str(row.fault).startswith(f"{row.place.path}:{row.place.line}: V101 error: ")


def test_the_fault_shows_what_the_label_prints() -> None:
    named = checked(ROW, [Sentence("Headache may come."), Row("Headache", ("13%", "8%"), PLACEBO)]).fault
    assert named is not None
    assert "does not print 12 against 8 (placebo) beside headache" in named.message
    assert "`Headache | 13% | 8%`" in named.message
    unnamed = checked(ROW, [Sentence("Nausea may come.")]).fault
    assert unnamed is not None
    assert (
        "(label.xml) does not name headache (looked for: cephalalgia, headache, pain in the head, sar dard)"
        in unnamed.message
    )


def test_the_place_is_the_line_of_the_figure() -> None:
    sample = medicine(products=[product(side_effects=[ROW]), second_product()])
    row = checked(ROW, [])
    assert row.place.line == sample.line("pct: 12")


def test_a_row_without_a_figure_is_held_by_its_name() -> None:
    assert checked(BARE, [Sentence("Headaches have been reported.")]).outcome == "confirmed"
    assert checked(BARE, [Sentence("Nausea has been reported.")]).outcome == "not found"


def test_a_note_stands_for_what_cannot_be_matched() -> None:
    noted = ROW | {"checked": "Table 2, row All"}
    assert checked(noted, [Sentence("Nausea.")]).outcome == "noted"
    assert checked(noted, [Row("Headache", ("12%", "8%"), PLACEBO)]).outcome == "confirmed"


def test_a_row_whose_label_is_not_at_hand() -> None:
    assert checked(ROW | {"source": "bigdrip-label"}, []).outcome == "no label at hand"


def test_both_spellings_and_several_medical_names_and_label_terms() -> None:
    effect = side_effect(medical_name="haemorrhage; bleed / ooze", label_terms=["ICH"])
    for subject in ("Hemorrhage", "Bleeds", "Ooze", "ICH"):
        assert checked(ROW, [Row(subject, ("12%", "8%"), PLACEBO)], effect).outcome == "confirmed"


def test_words_of_a_name_may_be_turned_round_in_a_table_only() -> None:
    effect = hair_loss()
    row = effect_row(effect="hair-loss", pct=12, comparator_pct=OMIT, comparator=OMIT)
    assert checked(row, [Row("Loss of hair", ("12%",))], effect).outcome == "confirmed"
    assert checked(row, [Sentence("Weight loss, and hair that itched, in 12%.")], effect).outcome == "not found"
    long = "Loss of weight in people with fever who said that they had not washed their hair"
    assert checked(row, [Row(long, ("12%",))], effect).outcome == "not found"


def test_tally() -> None:
    rows = [checked(ROW, []), checked(BARE, [Sentence("Headache.")]), checked(ROW | {"source": "bigdrip-label"}, [])]
    assert tally(rows) == ("2 rows checked: 1 confirmed, 0 noted, 1 not found. 1 rows have no label at hand.")


def shifted(read: Library, by: Decimal) -> Library:
    """Return the library with every figure changed by so much."""

    def wrong(product: Product) -> Product:
        rows = (row.model_copy(update={"pct": row.pct and row.pct + by}) for row in product.side_effects)
        return product.model_copy(update={"side_effects": tuple(rows)})

    def spoil(page: AuthoredPage) -> AuthoredPage:
        if not isinstance(page.meta, Drug):
            return page
        return replace(page, meta=page.meta.model_copy(update={"products": tuple(map(wrong, page.meta.products))}))

    return Library(map(spoil, read.pages), read.sources, read.root)


@pytest.mark.skipif(not ORIGINALS.exists(), reason="the label texts are not at hand")
def test_the_shipped_library_against_the_labels_at_hand() -> None:
    root = ROOT / "content"
    read, _ = read_library(root)
    collection = read_collection(
        [ORIGINALS / "us_labels_200_adverse_reactions.jsonl.gz", ORIGINALS / "dailymed_spl_xml", ORIGINALS / "openfda"]
    )
    assert len(collection.labels) > 200
    (humira,) = read_labels(ORIGINALS / "dailymed_spl_xml" / "humira.xml")
    assert any(text.text == "Upper respiratory infection | 17% | 13%" for text in humira.statements)
    namer = Namer(read, load_vocabulary(root / "vocabulary"))
    rows = list(verify(read, collection, namer))
    assert [str(row.fault) for row in rows if row.fault] == []
    assert sum(row.outcome == "confirmed" for row in rows) >= 150
    # Wrong figures are found out, but for those that another group of the same table happens to have.
    spoilt = verify(shifted(read, Decimal(1)), collection, namer)
    outcomes = [
        wrong.outcome for row, wrong in zip(rows, spoilt, strict=True) if row.outcome == "confirmed" and row.row.pct
    ]
    assert len(outcomes) > 100
    assert outcomes.count("not found") / len(outcomes) > 0.85
