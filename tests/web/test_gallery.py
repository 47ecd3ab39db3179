"""Every component is shown in development, with its signature and at least one state; never in production."""

import re
from collections import Counter
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from flask.testing import FlaskClient

from contract import elements, parse, text_of
from healthlib.app import create_app
from healthlib.config import Settings
from healthlib.content.templates import FOLDER
from healthlib.web.context import live_of
from healthlib.web.gallery.views import STATES, apart

COMPONENTS = {path.stem for path in (FOLDER / "components").glob("*.html")} - {"places"}


@pytest.fixture(scope="module")
def shown(built_index: object) -> Element:
    app = create_app(Settings(environment="development", index_dir=built_index, base_url="https://health.example"))  # type: ignore[arg-type]
    page = app.test_client().get("/_components/")
    live_of(app).close()
    assert page.status_code == 200
    return parse(page.get_data(as_text=True))


def test_every_component_has_states() -> None:
    assert set(STATES) == COMPONENTS
    assert all(STATES.values())


def test_every_state_is_shown_with_the_signature(shown: Element) -> None:
    sections = {element.get("id"): element for element in elements(shown, "section")}
    for name, states in STATES.items():
        section = sections[f"component-{name}"]
        signature = text_of(elements(section, "code")[0])
        assert re.match(rf"{name}(_part)?\(", signature)
        specimens = [div for div in elements(section, "div") if div.get("class") == "specimen"]
        assert len(specimens) == len(states)
        assert not [text_of(div) for div in specimens if text_of(div).startswith("The library has no ")]
        # A component that shows nothing in every state has been given the wrong values.
        assert any(len(list(div.iter())) > 1 for div in specimens), name


def test_states_do_not_share_anchors_and_links_lead_somewhere(shown: Element) -> None:
    ids = Counter(str(element.get("id")) for element in shown.iter() if element.get("id"))
    assert not [name for name, number in ids.items() if number > 1]
    for element in shown.iter():
        for attribute in ("aria-labelledby", "aria-describedby", "for", "list"):
            assert set((element.get(attribute) or "").split()) <= set(ids)
    for link in elements(shown, "a"):
        href = link.get("href", "")
        assert not href.startswith("#") or href[1:] in ids, href


def test_anchors_are_told_apart() -> None:
    html = '<h2 id="a">A</h2><p aria-labelledby="a b"><a href="#a">x</a><a href="#elsewhere">y</a></p>'
    assert apart(html, "s-1") == (
        '<h2 id="a--s-1">A</h2><p aria-labelledby="a--s-1 b"><a href="#a--s-1">x</a><a href="#s-1">y</a></p>'
    )


def test_there_is_none_in_production(built_index: object) -> None:
    settings = Settings(environment="production", index_dir=built_index, secret_key="s" * 32)  # type: ignore[arg-type]
    app = create_app(settings)
    assert app.test_client().get("/_components/").status_code == 404
    assert not [rule for rule in app.url_map.iter_rules() if "_components" in rule.rule]
    live_of(app).close()


def test_nothing_leads_to_it(client: FlaskClient, app: Flask) -> None:
    for url in ("/", "/sitemap.xml", "/about/"):
        assert "_components" not in client.get(url).get_data(as_text=True)
