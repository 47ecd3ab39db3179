"""The page contract: what must hold for every page that the site sends to a reader."""

from collections import Counter
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.test import TestResponse

_XHTML = "{http://www.w3.org/1999/xhtml}"
# Attributes with which a browser loads something by itself.
_LOADING = {"src", "srcset", "poster", "data", "action", "formaction"}


def parse(html: str) -> Element:
    """Return the page as a tree; a page that is not valid HTML5 fails."""
    parser = html5lib.HTMLParser(strict=True)
    return parser.parse(html)


def elements(root: Element, *tags: str) -> list[Element]:
    return [element for element in root.iter() if _tag(element) in tags]


def _tag(element: Element) -> str:
    return str(element.tag).removeprefix(_XHTML)


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def check_page(response: TestResponse) -> Element:
    """Hold a page against the contract and return its tree."""
    assert response.mimetype == "text/html"
    assert "Set-Cookie" not in response.headers
    _check_headers(response)
    root = parse(response.get_data(as_text=True))
    _check_head(root)
    _check_headings(root)
    _check_ids(root)
    _check_forms(root)
    _check_inline(root)
    _check_resources(root)
    return root


def _check_headers(response: TestResponse) -> None:
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    for part in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"):
        assert part in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cache-Control"]


def _check_head(root: Element) -> None:
    assert root.get("lang") in ("en", "hi")
    titles = [text_of(element) for element in elements(root, "title") if element.get("data-icon") is None]
    assert titles
    assert titles[0].endswith("Health Library")
    assert any(meta.get("name") == "viewport" for meta in elements(root, "meta"))


def _check_headings(root: Element) -> None:
    headings = elements(root, "h1", "h2", "h3", "h4", "h5", "h6")
    levels = [int(_tag(heading)[1]) for heading in headings]
    assert levels.count(1) == 1, levels
    assert levels[0] == 1, "something is headed before the page's own heading"
    for heading, before, level in zip(headings[1:], levels, levels[1:], strict=False):
        assert level <= before + 1, f"{text_of(heading)!r} skips a level"
    assert all(text_of(heading) for heading in headings)
    assert len(elements(root, "main")) == 1


def _check_ids(root: Element) -> None:
    ids = Counter(str(element.get("id")) for element in root.iter() if element.get("id"))
    assert not [name for name, number in ids.items() if number > 1]
    for element in root.iter():
        for attribute in ("aria-labelledby", "aria-describedby", "for"):
            for name in (element.get(attribute) or "").split():
                assert name in ids, f"{attribute} names {name}, which does not exist"
    for link in elements(root, "a"):
        href = link.get("href", "")
        if href.startswith("#"):
            assert href[1:] in ids, f"{href} leads nowhere"


def _check_forms(root: Element) -> None:
    labels = {label.get("for") for label in elements(root, "label")}
    for field in elements(root, "input", "select", "textarea"):
        if field.get("type") not in ("hidden", "submit"):
            assert field.get("id") in labels or field.get("aria-label"), f"{field.attrib} has no label"
    for form in elements(root, "form"):
        assert form.get("method", "get").lower() == "get", "a reading page has a form that posts"


def _check_inline(root: Element) -> None:
    assert not elements(root, "style")
    for element in root.iter():
        assert not element.get("style"), f"{element.attrib} has a style attribute"
        assert not [name for name in element.attrib if name.lower().startswith("on")], element.attrib
    for script in elements(root, "script"):
        assert script.get("src") or script.get("type") == "application/ld+json"


def _check_resources(root: Element) -> None:
    """Nothing is loaded from elsewhere; a link to a source is followed only by a reader."""
    for element in root.iter():
        loads = [value for name, value in element.attrib.items() if name in _LOADING]
        if _tag(element) == "link" and element.get("rel") not in ("canonical", "alternate"):
            loads.append(element.get("href", ""))
        assert all(value.startswith("/") and not value.startswith("//") for value in loads), element.attrib
    for link in elements(root, "a"):
        href = link.get("href", "")
        assert href.startswith(("/", "#", "tel:", "https://", "http://")), href
        if href.startswith("http"):
            assert "noreferrer" in (link.get("rel") or ""), href
