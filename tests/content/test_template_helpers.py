from datetime import date

import pytest
from jinja2 import UndefinedError

from healthlib.content.templates import FOLDER, day, environment, search_url, thousands


def test_a_date_is_written_as_readers_write_it() -> None:
    assert day(date(2026, 11, 2)) == "2 November 2026"
    assert thousands(1234567) == "1,234,567"


def test_a_search_address_holds_only_what_was_asked() -> None:
    assert search_url(q="heart & blood", type="") == "/search?q=heart+%26+blood"
    assert search_url(q="") == "/search"


def test_templates_escape_what_they_print() -> None:
    template = environment().get_template("components/also_called.html")
    assert "&lt;b&gt;" in template.module.also_called(["<b>"])  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", sorted((FOLDER / "reading").glob("*.html")), ids=lambda path: path.stem)
def test_the_text_of_a_page_needs_no_request(path) -> None:  # type: ignore[no-untyped-def]
    # Nothing but the page is missing: a helper of the site alone would be named here.
    with pytest.raises(UndefinedError, match="'page' is undefined"):
        environment().get_template(f"reading/{path.name}").render()
