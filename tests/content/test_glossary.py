from pathlib import Path

import pytest

from healthlib.config import ROOT
from healthlib.content.faults import Fault, Place
from healthlib.content.glossary import Glossary, Term, check, load_glossary
from healthlib.content.library import Library
from healthlib.content.markdown import Citations, parse, plain, render
from healthlib.content.publish.pages import Publisher
from healthlib.content.published import Page
from samples import article, library

PLACE = Place(Path("content/vocabulary/glossary.tsv"), 2)


def term(name: str, *forms: str, text: str = "What it means.", source: str = "agency") -> Term:
    return Term(name, forms, text, source, PLACE)


GLOSSARY = Glossary(
    [
        term("antibody", "antibodies"),
        term("blood cell", "blood cells"),
        term("white blood cell", "white blood cells"),
        term("MRI"),
        term("over-the-counter"),
    ]
)


def linked(text: str, *own_names: str, glossary: Glossary = GLOSSARY) -> str:
    return render(glossary.links(own_names).link(parse(text)), Citations()).strip()


def a(slug: str, text: str) -> str:
    return f'<a class="term" href="/glossary/#{slug}">{text}</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("An antibody.", f"<p>An {a('antibody', 'antibody')}.</p>"),
        ("Antibodies and antibodies.", f"<p>{a('antibody', 'Antibodies')} and antibodies.</p>"),
        ("- an antibody\n- two", f"<ul>\n<li>an {a('antibody', 'antibody')}</li>\n<li>two</li>\n</ul>"),
        ("White blood cells fight.", f"<p>{a('white-blood-cell', 'White blood cells')} fight.</p>"),
        ("An MRI, not a mri.", f"<p>An {a('mri', 'MRI')}, not a mri.</p>"),
        ("**An antibody**", f"<p><strong>An {a('antibody', 'antibody')}</strong></p>"),
        ("Sold over-the-counter.", f"<p>Sold {a('over-the-counter', 'over-the-counter')}.</p>"),
        ("an antibody-like thing, non-antibody", "<p>an antibody-like thing, non-antibody</p>"),
        ("a white blood cellar", "<p>a white blood cellar</p>"),
        ("mri", "<p>mri</p>"),
        ("[an antibody](/x/)", '<p><a href="/x/">an antibody</a></p>'),
        ("### An antibody", "<h3>An antibody</h3>"),
    ],
)
def test_the_first_use_of_a_term_is_linked_and_only_in_texts(text: str, html: str) -> None:
    assert linked(text) == html


@pytest.mark.parametrize(
    "text",
    ["| antibody |\n|---|\n| MRI |", ":::emergency\nCall 112 if:\n\n- an MRI\n:::", ":::urgent\nSee:\n\n- an MRI\n:::"],
)
def test_tables_and_urgent_cards_have_no_links(text: str) -> None:
    assert "term" not in linked(text)
    assert "term" in linked(f"{text}\n\nAn MRI.")


def test_a_page_does_not_explain_its_own_name() -> None:
    assert linked("An antibody and an MRI.", "Antibodies") == f"<p>An antibody and an {a('mri', 'MRI')}.</p>"


def test_a_term_is_linked_once_on_a_page_and_what_a_search_reads_stays() -> None:
    links = GLOSSARY.links(())
    first, second = parse("Antibodies [@agency] & an MRI."), parse("An antibody.")
    assert "term" in render(links.link(first), Citations())
    assert "term" not in render(links.link(second), Citations())
    assert plain(first) == "Antibodies & an MRI."
    assert plain(GLOSSARY.links(()).link(first)) == plain(first)


def test_only_links_are_added_to_a_published_page() -> None:
    def pages(glossary: Glossary) -> list[Page]:
        plain_library = library(article(body="## One {#one}\n\nAn antibody is tested by MRI.\n"))
        with_terms = Library(plain_library.pages, plain_library.sources, plain_library.root, glossary)
        return [Publisher(with_terms).publish(page) for page in with_terms.live()]

    count = 0
    for bare, page in zip(pages(Glossary()), pages(GLOSSARY), strict=True):
        count += page.model_dump_json().count("/glossary/#")
        assert [one.text for one in page.all_sections()] == [one.text for one in bare.all_sections()]
        assert page.model_dump(exclude={"sections", "products", "after"}) == bare.model_dump(
            exclude={"sections", "products", "after"}
        )
    assert count >= 3


def test_an_explanation_is_short_sourced_and_given_once() -> None:
    glossary = Glossary(
        [term("vein", text="word " * 31), term("artery", "arteries", source="nobody"), term("vessel", "Arteries")]
    )
    assert sorted((fault.rule, fault.message) for fault in check(glossary, ["agency"])) == [
        ("P101", "the source `nobody` does not exist."),
        ("R006", "`Arteries` is explained in line 2 already."),
        ("R006", "the explanation has over 30 words."),
    ]


def test_a_wrong_row_is_a_fault_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "vocabulary"
    folder.mkdir(parents=True)
    (folder / "glossary.tsv").write_text(
        "# head\nvein\tveins; a vein\tA vessel.\tagency\nartery\t-\n", encoding="utf-8"
    )
    faults: list[Fault] = []
    (vein,) = load_glossary(tmp_path / "content", faults).terms
    assert (vein.name, vein.forms, vein.source, vein.place.line) == ("vein", ("veins", "a vein"), "agency", 2)
    assert [(fault.path, fault.line, fault.rule) for fault in faults] == [
        ("content/vocabulary/glossary.tsv", 3, "R006")
    ]
    assert load_glossary(tmp_path / "nowhere", faults).terms == ()


def test_the_shipped_glossary_is_of_use() -> None:
    faults: list[Fault] = []
    glossary = load_glossary(ROOT / "content", faults)
    assert not faults
    assert len(glossary.terms) >= 60
    texts = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "content").glob("*/*.md")).casefold()
    unused = [
        one.name for one in glossary.terms if not any(form.casefold() in texts for form in (one.name, *one.forms))
    ]
    assert len(unused) <= len(glossary.terms) // 4, unused
