import re

from flask.testing import FlaskClient

from contract import check_page, elements, text_of
from healthlib.search.generation.generation import Generation


def test_the_glossary_explains_every_word_with_its_source(client: FlaskClient, generation: Generation) -> None:
    root = check_page(client.get("/glossary/"))
    entries = generation.store.glossary()
    assert len(entries) >= 60
    by_id = {one.get("id"): one for one in root.iter() if one.get("id")}
    shown = text_of(root)
    for entry in entries:
        assert text_of(by_id[entry.slug]) == entry.name
        assert entry.text in shown
    assert [one.name.casefold() for one in entries] == sorted(one.name.casefold() for one in entries)
    sources = {link.get("href") for link in elements(root, "a") if (link.get("href") or "").startswith("https:")}
    assert {entry.source.url for entry in entries} == sources


def test_pages_lead_to_words_once_and_only_from_their_texts(client: FlaskClient, generation: Generation) -> None:
    slugs = {entry.slug for entry in generation.store.glossary()}
    seen = 0
    for url, _ in generation.store.addresses():
        root = check_page(client.get(url))
        terms = [link.get("href", "") for link in elements(root, "a") if link.get("class") == "term"]
        assert len(terms) == len(set(terms)), url
        assert {term.removeprefix("/glossary/#") for term in terms} <= slugs
        seen += len(terms)
        for place in elements(root, "h1", "h2", "h3", "h4", "table", "nav"):
            assert not [link for link in elements(place, "a") if link.get("class") == "term"], url
        for card in (one for one in root.iter() if re.search(r"\b(emergency|urgent)\b", one.get("class") or "")):
            assert not [link for link in elements(card, "a") if link.get("class") == "term"], url
    assert seen > 200
