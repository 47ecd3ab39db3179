"""Passages that a browser can find: what is asked of it, and that the real pages have it where the link leads."""

import re
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from contract import check_page, elements, text_of
from healthlib.search.results import Span
from healthlib.web.fragments import unbroken


def spans(text: str) -> list[Span]:
    """Return a text with the words in square brackets marked."""
    return [Span(part, mark=bool(place % 2)) for place, part in enumerate(re.split(r"\[(.*?)\]", text))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("You may [bleed] more easily than before.", "You may bleed more easily than before"),
        ("… Take it at night. It may cause [headache] in some people; rest", "It may cause headache in some people"),
        ("About 2.5 in 100 people had [rash] with it", "About 2.5 in 100 people had rash with it"),
        ("[rash], and then in the end a long [fever] comes", "and then in the end a long fever comes"),
        ("one two three four five six seven eight nine [ten] eleven", "one two three four five six seven eight nine"),
        ("A [rash] (red skin)", ""),
        ("nothing at all that was looked for", ""),
        ("", ""),
    ],
)
def test_words_between_breaks(text: str, words: str) -> None:
    assert unbroken(spans(text)) == words


def test_fragments_of_real_hits_are_found_in_their_section(client: FlaskClient) -> None:
    checked = elsewhere = 0
    for query in (
        "bleeding",
        "kesimpta vaccine",
        "side effects of xarelto",
        "stroke signs",
        "missed dose",
        "dizziness",
    ):
        results = check_page(client.get("/search", query_string={"q": query}))
        for link in [a for a in elements(results, "a") if a.get("data-fragment")]:
            path, _, anchor = link.get("href", "").partition("#")
            fragment = link.get("data-fragment", "")
            assert re.fullmatch(r"[\w.~%]+", fragment)
            words = unquote(fragment).lower()
            page = check_page(client.get(path))
            heading = next(element for element in page.iter() if element.get("id") == anchor)
            section = next(element for element in page.iter() if heading in list(element))
            assert words in text_of(section).lower(), (link.get("href"), words)
            # Where a warning is said twice, at the top too, a browser shows the first.
            elsewhere += text_of(elements(page, "main")[0]).lower().count(words) > 1
            checked += 1
    assert checked >= 15
    assert elsewhere * 10 <= checked
