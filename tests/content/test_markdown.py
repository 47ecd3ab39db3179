import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlib.content.markdown import (
    CARE_CARDS,
    Citations,
    Include,
    blocks,
    chunks,
    links,
    parse,
    plain,
    render_inline,
    render_text,
    text_html,
)

ids = st.sampled_from(["a", "b", "b-c", "kesimpta-us-label", "ninds2", "z9"])
SCRIPT = "<script>alert(1)</script>"


def block(text: str) -> str:
    return render_text(text, Citations())


def inline(text: str) -> str:
    return render_inline(text, Citations())


# Raw HTML


class Tags(HTMLParser):
    """Gathers the tags and attributes that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


SAFE_TAGS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "hr", "br", "em"}
SAFE_TAGS |= {"strong", "a", "img", "sup", "section", "table", "thead", "tbody", "tr", "th", "td", "span"}
SAFE_ATTRIBUTES = {"href", "title", "src", "alt", "class", "id", "aria-label", "start", "scope", "lang"}

HOLDERS = [
    "{}",
    "# {}",
    "## {} {{#id}}",
    "- {}",
    "> {}",
    "    {}",
    "```\n{}\n```",
    "```{}\ncode\n```",
    "`{}`",
    "**{}**",
    "[{}](/medicines/a/)",
    '[a](/medicines/a/ "{}")',
    "![{}](/a.png)",
    "| {} |\n|---|\n| {} |",
    ":::urgent\n{}\n\n- {}\n:::",
    ":::urgent {}\nHead\n:::",
    "[@source {}]",
    "{{{{ side-effects {} }}}}",
    "&lt;{}",
    "\\{}",
]
EVIL = [
    SCRIPT,
    "<img src=x onerror=alert(1)>",
    "<!-- c -->",
    "<svg/onload=alert(1)>",
    '"><script>alert(1)</script>',
    "</section><iframe src=//evil.example></iframe>",
    "<SCRIPT\n>alert(1)</SCRIPT>",
    "<?php ?>",
    "<![CDATA[<script>]]>",
]


def assert_safe(html: str) -> None:
    seen = Tags(html)
    assert seen.tags <= SAFE_TAGS
    assert {name for name, _ in seen.attributes} <= SAFE_ATTRIBUTES
    for name, value in seen.attributes:
        if name in ("href", "src"):
            assert not re.match(r"(?i)\s*(?:javascript|vbscript|file|data(?!:image/))", value)


@pytest.mark.parametrize("render", [block, inline])
@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("holder", HOLDERS)
def test_raw_html_never_becomes_markup(holder: str, evil: str, render: Callable[[str], str]) -> None:
    html = render(holder.replace("{}", evil).replace("{{", "{").replace("}}", "}"))
    assert_safe(html)
    assert "<script" not in html.lower()


@given(st.lists(st.sampled_from([*HOLDERS, *EVIL, "\n", "\n\n", "  ", ":::", "a", "<", ">", '"', "[@a]"]), max_size=12))
def test_raw_html_never_becomes_markup_however_it_is_mixed(parts: list[str]) -> None:
    text = "".join(parts).replace("{}", SCRIPT)
    assert_safe(block(text))
    assert_safe(inline(text))


@given(st.text())
def test_any_text_renders_safely(text: str) -> None:
    assert_safe(block(text))
    assert_safe(inline(text))


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "vbscript:x", "data:text/html,x", "&#106;avascript:x"]
)
def test_a_link_never_runs_code(address: str) -> None:
    assert Tags(inline(f"[a]({address})")).tags == set()
    assert Tags(inline(f"<{address}>")).tags == set()


@given(st.text())
def test_plain_text_is_safe_in_html_and_in_attributes(text: str) -> None:
    assert not set(text_html(text)) & set("<>\"'")


def test_a_table_needs_no_style_attribute() -> None:
    # The content security policy forbids them.
    html = block("| a | b |\n|:--|--:|\n| c | d |")
    assert {name for name, _ in Tags(html).attributes} <= SAFE_ATTRIBUTES


# Citations


def cited(text: str) -> list[str]:
    return [source_id for block in blocks(parse(text)) for source_id, _ in block.cites]


def test_each_citation_knows_its_line() -> None:
    (found,) = blocks(parse("One [@a]\nand two [@b;\n@c] and [@d].", first_line=10))
    assert found.cites == (("a", 10), ("b", 11), ("c", 12), ("d", 12))


def test_citations_are_numbered_by_first_use_and_count_their_uses() -> None:
    citations = Citations()
    assert [citations.cite(name) for name in ("b", "a", "b", "c", "b")] == [(1, 1), (2, 1), (1, 2), (3, 1), (1, 3)]
    assert list(citations.uses()) == [("b", 3), ("a", 1), ("c", 1)]


@given(st.lists(ids, min_size=1, max_size=20))
def test_citation_numbers_go_up_by_first_use(names: list[str]) -> None:
    citations = Citations()
    html = "".join(render_text(f"Text [@{name}].", citations) for name in names)
    numbers = [int(number) for number in re.findall(r'href="#ref-(\d+)"', html)]
    assert list(dict.fromkeys(numbers)) == list(range(1, len(set(names)) + 1))
    order = list(dict.fromkeys(names))
    assert numbers == [order.index(name) + 1 for name in names]
    assert list(citations.uses()) == [(name, names.count(name)) for name in order]


@given(st.lists(ids, min_size=1, max_size=20))
def test_every_citation_has_an_anchor_of_its_own(names: list[str]) -> None:
    anchors = re.findall(r'id="(cite-\d+-\d+)"', block(" ".join(f"[@{name}]" for name in names)))
    assert len(anchors) == len(set(anchors)) == len(names)


def test_a_citation_is_a_link_that_says_what_it_is() -> None:
    html = inline("Text [@one].")
    assert 'href="#ref-1"' in html
    assert 'id="cite-1-1"' in html
    assert 'aria-label="Reference 1"' in html
    assert "[@" not in html


@pytest.mark.parametrize("text", ["[@one; @two]", "[@one;@two]", "[@one ; @two]", "[@one][@two]", "[@one] [@two]"])
def test_two_sources_may_be_cited_at_once(text: str) -> None:
    assert cited(text) == ["one", "two"]
    assert re.findall(r"#ref-(\d)", inline(text)) == ["1", "2"]


pieces = ["[@a]", "[@b; @a]", "[@a;\n@b]", "[@", "[", "]", "(/x/)", "@a", ";", " ", "\n", "*", "text", "!"]


@given(st.lists(st.sampled_from(pieces), max_size=12).map("".join))
def test_what_is_rendered_as_cited_is_what_the_linter_counts(text: str) -> None:
    citations = Citations()
    render_inline(text, citations)
    assert sorted(name for name, uses in citations.uses() for _ in range(uses)) == sorted(cited(text))


@pytest.mark.parametrize("text", ["a@b.example", "[a@b]", "[@]", "[@-a]"])
def test_other_uses_of_the_sign_are_no_citations(text: str) -> None:
    assert cited(text) == []
    assert "#ref" not in inline(text)


# Care cards


@pytest.mark.parametrize("kind", CARE_CARDS)
def test_a_fence_makes_a_card_with_its_first_line_as_heading(kind: str) -> None:
    html = block(f":::{kind}\nThe heading:\n\n- one\n\nLast words.\n:::\n\nAfter.")
    assert f'<section class="care {kind}">\n<h4>The heading:</h4>' in html
    assert "<li>one</li>" in html
    assert "<p>Last words.</p>\n</section>\n<p>After.</p>" in html


def test_cards_of_the_body_fit_under_its_sections() -> None:
    tokens = parse(":::urgent\nHead\n:::")
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h3"]


def test_each_of_two_cards_has_its_own_heading() -> None:
    html = block(":::do\nDo\n\ntext\n:::\n\n:::dont\nDo\n\ntext\n:::")
    assert html.count("<h4>Do</h4>") == 2
    assert html.count("<p>text</p>") == 2


def test_an_unknown_fence_is_no_card() -> None:
    assert "<section" not in block(":::danger\nHead\n:::")


# Sections and includes


def test_a_body_is_split_at_its_headings() -> None:
    found = chunks("## One {#one}\n\ntext\n\n### Inner\n\nmore\n\n## Two  {#two}\n\nend\n", first_line=10)
    assert [(chunk.id, chunk.heading, chunk.line) for chunk in found] == [("one", "One", 10), ("two", "Two", 18)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("text\n\n## One {#one}\n", [(None, ""), ("one", "One")]),
        ("## No id\n", [(None, "No id")]),
        ("", []),
        ("    indented text is text\n", [(None, "")]),
        ("> ## Quoted {#quoted}\n", [(None, "")]),
    ],
)
def test_text_without_a_section_is_noticed(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert [(chunk.id, chunk.heading) for chunk in chunks(text)] == expected


@given(st.lists(st.sampled_from(["", "text", "- item", ":::do\nDo\n:::", "| a |\n|---|\n| b |"]), max_size=8))
def test_a_section_is_found_on_its_line_whatever_stands_before(before: list[str]) -> None:
    text = "## First {#first}\n\n" + "\n\n".join(before) + "\n\n## Wanted {#wanted}\n"
    chunk = chunks(text)[-1]
    assert chunk.id == "wanted"
    assert text.split("\n")[chunk.line - 1] == "## Wanted {#wanted}"


@pytest.mark.parametrize(
    ("text", "drug", "product"),
    [
        ("{{ side-effects ofatumumab }}", "ofatumumab", None),
        ("{{side-effects ofatumumab kesimpta}}", "ofatumumab", "kesimpta"),
        ("  {{  side-effects  plan-b  one-step  }}  ", "plan-b", "one-step"),
    ],
)
def test_a_table_is_put_in_by_name(text: str, drug: str, product: str | None) -> None:
    (chunk,) = chunks(f"## One {{#one}}\n\nbefore\n\n{text}\n\nafter\n")
    before, include, after = chunk.parts
    assert include == Include(drug, product, 5)
    assert isinstance(before, list)
    assert isinstance(after, list)
    assert (plain(before), plain(after)) == ("before", "after")


def test_a_table_alone_on_a_line_is_put_in_without_empty_lines_around_it() -> None:
    (chunk,) = chunks("## One {#one}\n\nThese are its side effects:\n{{ side-effects ofatumumab }}\n")
    assert [part.line for part in chunk.parts if isinstance(part, Include)] == [4]


def test_a_table_inside_a_sentence_is_not_put_in() -> None:
    (chunk,) = chunks("## One {#one}\n\nSee {{ side-effects ofatumumab }} here.\n")
    assert not any(isinstance(part, Include) for part in chunk.parts)


# What readers and the linter read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some *plain* **text** [@one].", "Some plain text."),
        ("See [the page](/a/) now", "See the page now"),
        ("two\nlines", "two lines"),
        ("- a\n- b [@one]", "a\nb"),
        ("`code` &amp; \\*", "code & *"),
        ("| a | b |\n|---|---|\n| c | d |", "a\nb\nc\nd"),
    ],
)
def test_plain_text_is_what_a_reader_reads(text: str, expected: str) -> None:
    assert plain(parse(text)) == expected


def test_blocks_are_paragraphs_items_and_rows_each_with_its_line() -> None:
    text = "One.\n\n- a\n- b [@x]\n\n| h | i |\n|---|---|\n| c | d [@x] |\n| e | f |\n\n:::do\nDo\n\nLast.\n:::\n"
    assert [(block.text, block.line, bool(block.cites)) for block in blocks(parse(text, first_line=5))] == [
        ("One.", 5, False),
        ("a", 7, False),
        ("b", 8, True),
        ("h i", 10, False),
        ("c d", 12, True),
        ("e f", 13, False),
        ("Do", 16, False),
        ("Last.", 18, False),
    ]


def test_links_are_listed_with_their_lines() -> None:
    text = "[a](/a/)\n\n- [b](/b/) and <https://c.example>\n\n[d]\n\n[d]: /d/\n"
    assert list(links(parse(text, first_line=3))) == [("/a/", 3), ("/b/", 5), ("https://c.example", 5), ("/d/", 7)]
