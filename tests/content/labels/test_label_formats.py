"""Labels read from SPL XML, openFDA JSON and JSON lines, with the quirks of each."""

import gzip
import json
from decimal import Decimal
from pathlib import Path

import pytest

from healthlib.content.labels.label import Label, Row, Sentence
from healthlib.content.labels.read import Collection, LabelError, read_collection, read_labels
from healthlib.content.model import Source
from samples import label as label_sample
from samples import library

SET_ID = "6a8a3f53-2062-48ff-9dbe-b939df133ca3"
TABLE = (
    "<table><caption>Table 1</caption><thead><tr><th/><th>Alphaject (N=10)</th><th>Placebo</th></tr></thead>"
    "<tbody><tr><td>Headache<footnote>In 3% of all.</footnote></td><td> 12%</td><td>8%</td></tr></tbody></table>"
)


def spl(set_id: str = SET_ID, version: int = 2, date: str = "20200101", text: str = TABLE) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><document xmlns="urn:hl7-org:v3"><title>Highlights<br/>of it</title>'
        f'<effectiveTime value="{date}"/><setId root="{set_id}"/><versionNumber value="{version}"/>'
        "<author><name>Makers Inc.</name></author><component><structuredBody>"
        "<component><section><subject><manufacturedProduct><manufacturedProduct>stray<name>Alphaject</name>"
        "</manufacturedProduct></manufacturedProduct></subject></section></component>"
        f"<component><section><code code='34084-4'/><title>6 EFFECTS</title><text><paragraph>Rash was seen in "
        f"&lt; 2% of people. Itching in 3%.</paragraph>{text}</text></section></component>"
        "<component><section><code code='34092-7'/><title>14 STUDIES</title><text><paragraph>Headache went away in 60%."
        "</paragraph></text><component><section><text>Also 61%.</text></section></component></section></component>"
        "<component><section><text>Fainting in 4%.</text></section></component>"
        "</structuredBody></component></document>"
    )


def record(**changes: object) -> dict[str, object]:
    return {
        "set_id": SET_ID,
        "version": "10",
        "effective_time": "20250818",
        "openfda": {"brand_name": ["Alphaject"], "spl_set_id": [SET_ID]},
        "adverse_reactions": ["6 EFFECTS Rash was seen in <2% of people. Itching in 3%."],
        "adverse_reactions_table": [TABLE, "<table><tr><td>Cough</td><td>9"],
        "clinical_studies": ["Headache went away in 60%."],
    } | changes


def write(path: Path, content: object) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def only(path: Path) -> Label:
    (label,) = read_labels(path)
    return label


def source(**changes: object) -> Source:
    return library(label_sample("alphaject-label", **changes)).sources["alphaject-label"]


HEADACHE = Row("Headache", ("12%", "8%"), (("Alphaject (N=10)", "Placebo"),))


def test_spl(tmp_path: Path) -> None:
    label = only(write(tmp_path / "a.xml", spl()))
    assert (label.set_id, label.names, label.edition) == (SET_ID, {"alphaject"}, ("20200101", 2))
    assert HEADACHE in label.statements
    assert Sentence("Itching in 3%.") in label.statements
    assert Sentence("Fainting in 4%.") in label.statements
    assert not any("60%" in text.text or "61%" in text.text for text in label.statements)


def test_other_xml_is_no_label(tmp_path: Path) -> None:
    assert list(read_labels(write(tmp_path / "a.xml", "<health-topics><title/></health-topics>"))) == []


@pytest.mark.parametrize("shape", [lambda one: {"meta": {}, "results": [one]}, lambda one: [one], lambda one: one])
def test_openfda(tmp_path: Path, shape: object) -> None:
    assert callable(shape)
    label = only(write(tmp_path / "a.json", shape(record())))
    assert (label.set_id, label.names, label.edition) == (SET_ID, {"alphaject"}, ("20250818", 10))
    assert HEADACHE in label.statements
    assert Sentence("Itching in 3%.") in label.statements
    assert not any("60%" in text.text for text in label.statements)


def test_openfda_without_names_and_errors(tmp_path: Path) -> None:
    bare = record(openfda={}, set_id=None)
    answers: list[object] = [{"error": {"code": "NOT_FOUND"}}, {}, {"results": [bare, "odd", {"openfda": None}]}]
    for answer in answers:
        assert list(read_labels(write(tmp_path / "a.json", answer))) == []


LINES = (
    "   6 ADVERSE REACTIONS\n\n Dizziness was seen in 5% of people. \n\n"
    " Table 1: Reactions \n    Reaction     Alphaject   N=10     Placebo   N=9   \n  \n"
    "   Nervous system                \n    Headache    12 (12.4)     <1        \n"
    "   Blood:  low platelets (with bruises)\n"
    f"   Major bleeding{' with a footnote that was set into the cell' * 3}     40 (1.0)    72 (1.7)   \n"
)


def test_json_lines(tmp_path: Path) -> None:
    line = json.dumps({"id": "ALPHAJECT", "sections": [{"name": "adverse reactions", "text": LINES}], "other": 1})
    path = tmp_path / "labels.jsonl.gz"
    path.write_bytes(gzip.compress(f"{line}\n\n".encode()))
    label = only(path)
    assert (label.set_id, label.names) == (None, {"alphaject"})
    assert Sentence("Dizziness was seen in 5% of people.") in label.statements
    assert Sentence("Blood: low platelets (with bruises)") in label.statements
    found = {row.subject[:14]: row for row in label.statements if isinstance(row, Row)}
    assert found["Headache"].holds(Decimal("12.4"), None, None)
    assert found["Major bleeding"].cells == ("40 (1.0)", "72 (1.7)")


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"id": "A", "sections": []}\n{"id": \n')
    with pytest.raises(LabelError, match=r"a\.jsonl:2: this is not JSON"):
        list(read_labels(path))


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x1f\x8bnothing"])
def test_an_unreadable_file_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(LabelError, match=r"a\.json"):
        read_collection([tmp_path / "a.json"])


def test_a_named_file_without_labels_is_an_error_one_in_a_folder_is_not(tmp_path: Path) -> None:
    write(tmp_path / "schema.json", {"type": "object"})
    write(tmp_path / "label.xml", spl())
    (tmp_path / "notes.txt").write_text("no label", encoding="utf-8")
    assert len(read_collection([tmp_path]).labels) == 1
    with pytest.raises(LabelError, match="no label in it"):
        read_collection([tmp_path / "schema.json"])
    with pytest.raises(LabelError, match=r"nowhere\.json"):
        read_collection([tmp_path / "nowhere.json"])


def test_the_newest_edition_of_a_set_id_wins(tmp_path: Path) -> None:
    write(tmp_path / "1.xml", spl(version=9))
    write(tmp_path / "2.xml", spl(version=10))
    write(tmp_path / "3.xml", spl(version=11, date="20190101"))
    (label,) = read_collection([tmp_path]).labels
    assert label.file == "2.xml"


@pytest.mark.parametrize(
    "changes",
    [
        {"set_id": SET_ID},
        {"url": f"https://labels.example/drugInfo.cfm?setid={SET_ID.upper()}"},
        {"url": "https://labels.example/search.cfm?labeltype=human&query=ALPHAJECT"},
    ],
)
def test_a_source_is_tied_to_its_label(tmp_path: Path, changes: dict[str, object]) -> None:
    collection = read_collection([write(tmp_path / "a.xml", spl())])
    assert [label.file for label in collection.of(source(**changes))] == ["a.xml"]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"set_id": SET_ID.replace("6", "7")},
        # A set id that is not at hand is not looked for by name: that would be another label.
        {"url": f"https://labels.example/?setid={SET_ID.replace('6', '7')}&query=ALPHAJECT"},
        {"url": "https://labels.example/search.cfm?query=BIGDRIP"},
        {"set_id": SET_ID, "kind": "review"},
    ],
)
def test_a_source_without_a_label_at_hand(tmp_path: Path, changes: dict[str, object]) -> None:
    assert read_collection([write(tmp_path / "a.xml", spl())]).of(source(**changes)) == ()


def test_several_labels_of_one_name_are_all_held() -> None:
    labels = [Label("1", frozenset({"alphaject"}), (), SET_ID), Label("2", frozenset({"alphaject"}), ())]
    found = Collection(labels).of(source(url="https://labels.example/?query=alphaject"))
    assert {label.file for label in found} == {"1", "2"}
