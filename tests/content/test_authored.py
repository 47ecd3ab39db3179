from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from healthlib.content.authored import read_page
from healthlib.content.faults import ContentError, Fault
from healthlib.content.pagetypes import PageType
from samples import (
    OMIT,
    Sample,
    article,
    condition,
    drug_class,
    effect_row,
    info_page,
    medicine,
    person,
    product,
    read_sample,
    second_product,
    side_effect,
    small_medicine,
    topic,
)

SHOWN = Path("content/articles/one.md")


def faults_of(tmp_path: Path, sample: Sample) -> tuple[Fault, ...]:
    with pytest.raises(ContentError) as caught:
        read_sample(tmp_path, sample)
    return caught.value.faults


def places(tmp_path: Path, sample: Sample) -> list[tuple[str, str, int]]:
    return [(fault.rule, fault.path, fault.line) for fault in faults_of(tmp_path, sample)]


def faults_of_text(tmp_path: Path, data: bytes) -> tuple[Fault, ...]:
    path = tmp_path / "one.md"
    path.write_bytes(data)
    with pytest.raises(ContentError) as caught:
        read_page(path, SHOWN, PageType.ARTICLE)
    return caught.value.faults


@pytest.mark.parametrize(
    ("sample", "url"),
    [
        (article(), "/articles/living-with-migraine/"),
        (medicine(), "/medicines/alphamab/"),
        (condition(), "/conditions/migraine/"),
        (side_effect(), "/side-effects/headache/"),
        (drug_class(), "/medicines/classes/antibodies/"),
        (topic(), "/topics/nerves/"),
        (person(), "/about/people/editors/"),
        (info_page(path="/about/privacy/"), "/about/privacy/"),
    ],
)
def test_a_page_knows_its_address_name_and_file(tmp_path: Path, sample: Sample, url: str) -> None:
    page = read_sample(tmp_path, sample)
    assert page.url == url
    assert page.ref == sample.ref
    assert str(page.path) == sample.file


def test_windows_line_ends_make_no_difference(tmp_path: Path) -> None:
    path = tmp_path / "one.md"
    path.write_bytes(article().text().replace("\n", "\r\n").encode())
    page = read_page(path, SHOWN, PageType.ARTICLE)
    assert [chunk.id for chunk in page.chunks] == ["help", "effects"]
    assert page.at("kind").line == article().line("kind:")


def test_values_and_sections_are_found_on_their_lines(tmp_path: Path) -> None:
    sample = article()
    page = read_sample(tmp_path, sample)
    assert page.at("faq", 0, "answer").line == sample.line("answer:")
    assert [chunk.line for chunk in page.chunks] == [sample.line("{#help}"), sample.line("{#effects}")]
    assert [include.line for include in page.includes()] == [sample.line("{{ side-effects")]


# R001


@pytest.mark.parametrize(
    "data",
    [b"", b"# Only text\n", b"---\ntitle: x\n", b"title: x\n---\ntext\n", b"\n---\ntitle: x\n---\n", b"\xff\xfe---\n"],
    ids=["empty", "no front matter", "never ends", "never starts", "starts too late", "no UTF-8"],
)
def test_r001_a_file_without_readable_front_matter(tmp_path: Path, data: bytes) -> None:
    (fault,) = faults_of_text(tmp_path, data)
    assert (fault.rule, fault.path, fault.line) == ("R001", str(SHOWN), 1)
    assert str(fault).startswith("content/articles/one.md:1: R001 error: ")


def test_r001_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.md", tmp_path):
        with pytest.raises(ContentError, match=r"^content/articles/one.md:1: R001"):
            read_page(path, SHOWN, PageType.ARTICLE)


def test_r001_front_matter_that_is_no_yaml_has_its_line(tmp_path: Path) -> None:
    (fault,) = faults_of_text(tmp_path, b"---\ntitle: x\nbad: [1\nkind: guide\n---\n")
    assert (fault.rule, fault.line) == ("R001", 4)


# R002


@pytest.mark.parametrize(
    ("sample", "words"),
    [
        (article(lang="fr"), "lang:"),
        (article(kind="essay"), "kind:"),
        (article(tags=["x"]), "tags:"),
        (article(author="The Editors"), "author:"),
        (article(key_facts=[{"label": "One", "text": "x"}, {"label": "Two"}]), "label: Two"),
        (article(updated=date(2025, 1, 1)), "summary:"),
        (article(summary="word " * 61), "summary:"),
        (medicine(products=[product(), second_product(form=OMIT)]), "brand: Bigdrip"),
        (medicine(products=[product(dose="one")]), "dose: one"),
        (small_medicine(products=[product(side_effects=[effect_row(), effect_row(care=OMIT, pct=2)])]), "pct: 2"),
        (small_medicine(products=[product(side_effects=[effect_row(pct=900)])]), "pct: 900"),
        (side_effect(care="hospital"), "care: hospital"),
        (info_page(path="privacy"), "path:"),
    ],
)
def test_r002_a_wrong_field_is_found_on_its_line(tmp_path: Path, sample: Sample, words: str) -> None:
    # A field that is missing is placed at what it is missing from, whose first line a test names here.
    line = sample.line("effect: headache", 2) if words == "pct: 2" else sample.line(words)
    assert ("R002", sample.file, line) in places(tmp_path, sample)


def test_r002_one_wrong_field_of_a_product_is_one_fault(tmp_path: Path) -> None:
    # Not a second and a third that say that there are no products and no side effects.
    sample = small_medicine(products=[product(side_effects=[effect_row(pct=900)])])
    assert places(tmp_path, sample) == [("R002", *sample.at("pct: 900"))]


def test_r002_a_row_whose_class_and_figure_disagree_is_found_on_its_line(tmp_path: Path) -> None:
    rows = [effect_row(), effect_row(effect="hair-loss", frequency="rare")]
    sample = small_medicine(products=[product(side_effects=rows)])
    faults = [fault for fault in faults_of(tmp_path, sample) if "drop frequency or mend pct" in fault.message]
    assert [(fault.rule, fault.line) for fault in faults] == [("R002", sample.line("effect: hair-loss"))]


@pytest.mark.parametrize("pct", ["-1", ".nan", "true"])
def test_r002_a_figure_that_is_no_percentage_is_a_fault_and_no_crash(tmp_path: Path, pct: str) -> None:
    sample = small_medicine()
    path = sample.write(tmp_path / "content")
    path.write_text(sample.text().replace("pct: 0.5", f"pct: {pct}"), encoding="utf-8")
    with pytest.raises(ContentError, match=rf"{sample.file}:{sample.line('pct: 0.5')}: R002"):
        read_page(path, path.relative_to(tmp_path), PageType.MEDICINE)


def test_r002_every_wrong_field_is_reported_at_once(tmp_path: Path) -> None:
    sample = article(lang="fr", kind="essay", tags=[], author="X Y", title=OMIT)
    assert places(tmp_path, sample) == [
        ("R002", sample.file, line)
        for line in sorted([2, *(sample.line(word) for word in ("lang:", "kind:", "tags:", "author:"))])
    ]


def test_wrong_fields_and_wrong_sections_are_reported_at_once(tmp_path: Path) -> None:
    sample = article(lang="fr", body="## One {#one}\n\n## Two {#one}\n")
    assert places(tmp_path, sample) == [
        ("R002", sample.file, sample.line("lang:")),
        ("R005", sample.file, sample.line("## Two")),
    ]


# R005


ARTICLE_BODIES = {
    "no id": ("## One {#one}\n\n## Two\n", "## Two"),
    "an empty id": ("## One {#one}\n\n## Two {#}\n", "## Two"),
    "an id with spaces": ("## One {#one}\n\n## Two {#my section}\n", "## Two"),
    "an id used twice": ("## One {#one}\n\n## Two {#one}\n", "## Two"),
    "text before the first heading": ("Hello.\n\n## One {#one}\n", "Hello."),
    "a table before the first heading": ("{{ side-effects alphamab }}\n\n## One {#one}\n", "{{ side"),
}


@pytest.mark.parametrize("case", ARTICLE_BODIES)
def test_r005_a_section_without_an_id_of_its_own(tmp_path: Path, case: str) -> None:
    body, words = ARTICLE_BODIES[case]
    sample = article(body=body)
    assert places(tmp_path, sample) == [("R005", *sample.at(words))]


def test_r005_a_section_unknown_for_this_kind_of_page(tmp_path: Path) -> None:
    sample = medicine(body=medicine().body + "\n## More {#more}\n")
    assert places(tmp_path, sample) == [("R005", *sample.at("## More"))]


@pytest.mark.parametrize(
    ("sample", "missing"),
    [(medicine(body=""), 2), (condition(body=""), 3), (side_effect(body=""), 3)],
    ids=lambda value: value.folder if isinstance(value, Sample) else "",
)
def test_r005_each_missing_section_is_reported(tmp_path: Path, sample: Sample, missing: int) -> None:
    faults = faults_of(tmp_path, sample)
    assert [fault.rule for fault in faults] == ["R005"] * missing
    assert len({fault.message for fault in faults}) == missing
    # Where the body would start.
    assert {fault.line for fault in faults} == {len(sample.text().split("\n"))}


def test_r005_sections_out_of_order(tmp_path: Path) -> None:
    first, second = medicine().body.split("\n\n## ")
    sample = medicine(body=f"## {second}\n{first}\n")
    (fault,) = faults_of(tmp_path, sample)
    assert (fault.rule, fault.path) == ("R005", sample.file)
    assert "out of order" in fault.message


@pytest.mark.parametrize(
    "sample",
    [
        article(body="## One {#one}\n\n### Inner\n\n## Two {#two}\n"),
        article(body=""),
        drug_class(body=""),
        topic(body="## Any {#any}\n\nText.\n"),
        medicine(),
        small_medicine(),
        condition(body=condition().body.replace("## Treat", "## Tests {#tests}\n\nBlood.\n\n## Treat")),
        side_effect(),
    ],
)
def test_r005_good_sections_pass(tmp_path: Path, sample: Sample) -> None:
    assert read_sample(tmp_path, sample).ref == sample.ref


def test_every_fault_of_the_sections_is_reported_at_once(tmp_path: Path) -> None:
    sample = article(body="Hello.\n\n## One\n\n## Two {#two}\n\n## Three {#two}\n")
    assert places(tmp_path, sample) == [("R005", *sample.at(word)) for word in ("Hello.", "## One", "## Three")]


# Texts


def test_texts_are_all_markdown_of_the_front_matter_and_no_names_or_codes(tmp_path: Path) -> None:
    texts = {text.text for text in read_sample(tmp_path, article()).texts()}
    assert texts == {
        "Migraine affects 14 in 100 people [@agency]",
        "Which medicine suits me?",
        "Can I drink coffee?",
        "One cup is fine for most people. [@agency]",
        "your face, lips or tongue swell",
        "How many",
        "none",
    }


FIELDS = ["boxed_warning", "not_for", "warnings", "how_taken", "missed_dose", "overdose", "interactions", "pregnancy"]


@pytest.mark.parametrize("field", [*FIELDS, "breastfeeding", "children", "storage"])
def test_every_text_of_a_product_is_markdown(tmp_path: Path, field: str) -> None:
    sample = small_medicine(products=[product(**{field: "Words to find."})])
    found = [(text.field, text.line) for text in read_sample(tmp_path, sample).texts() if text.text == "Words to find."]
    assert found == [(field, sample.line("Words to find."))]


def test_a_text_of_several_lines_starts_below_its_mark(tmp_path: Path) -> None:
    sample = small_medicine(products=[product(warnings="- one\n- two\n")])
    (text,) = (text for text in read_sample(tmp_path, sample).texts() if text.field == "warnings")
    assert text.line == sample.line("- one")


def test_a_file_is_named_as_it_is_shown(tmp_path: Path) -> None:
    sample = replace(article(lang="fr"), slug="other")
    (fault,) = faults_of(tmp_path, sample)
    assert fault.path == "content/articles/other.md"
