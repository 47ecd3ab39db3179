"""The page at `/_components/`, which there is in development only."""

import re
from dataclasses import dataclass

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from healthlib.content.templates import FOLDER
from healthlib.web.context import current_generation
from healthlib.web.gallery.finding import FINDING
from healthlib.web.gallery.places import PLACES
from healthlib.web.gallery.reading import READING
from healthlib.web.gallery.shelf import Shelf, State
from healthlib.web.gallery.weighing import WEIGHING

gallery = Blueprint("gallery", __name__)

STATES = {**READING, **PLACES, **FINDING, **WEIGHING}
# What a component must stand in to be valid; a tag of `meta` belongs into a head, so it is shown as it is written.
_AROUND = {
    "card": '<ul class="cards">{}</ul>',
    "contents_product": '<nav class="contents" aria-label="Contents"><ol>{}</ol></nav>',
    "code_facts": '<dl class="facts">{}</dl>',
    "effect_row": '<table class="effects" role="table"><tbody role="rowgroup">{}</tbody></table>',
    "facet_values": '<div class="facets"><ul>{}</ul></div>',
    "hit": '<ol class="hits">{}</ol>',
    "hundred": '<div class="hero">{}</div>',
    "compared_cell": '<div class="side">{}</div>',
}
_NAMES = re.compile(r'\b(id|for|list|aria-labelledby|aria-describedby)="([^"]+)"')
_LINK = re.compile(r'href="#([^"]*)"')


@dataclass(frozen=True)
class Specimen:
    """A component in one state, or why this library has none."""

    state: str
    html: Markup
    missing: str


@dataclass(frozen=True)
class Shown:
    """A component with its signature, as the first line of its file gives it."""

    name: str
    signature: str
    specimens: list[Specimen]


@gallery.get("/_components/")
def components() -> ResponseReturnValue:
    """Show every component in every state."""
    shelf = Shelf(current_generation())
    return render_template("pages/components.html", components=[_shown(name, shelf) for name in sorted(STATES)])


def _shown(name: str, shelf: Shelf) -> Shown:
    first = (FOLDER / "components" / f"{name}.html").read_text(encoding="utf-8").splitlines()[0]
    specimens = [
        _specimen(name, state, shelf, make, f"{name}-{number}")
        for number, (state, make) in enumerate(STATES[name].items(), 1)
    ]
    return Shown(name, first.removeprefix("{# ").removesuffix(" #}"), specimens)


def _specimen(name: str, state: str, shelf: Shelf, make: State, anchor: str) -> Specimen:
    try:
        values = make(shelf)
    except LookupError as error:
        return Specimen(state, Markup(), str(error))
    module = current_app.jinja_env.get_template(f"components/{name}.html").module
    # One macro a file: its name is the file's, or begins with it.
    macro = getattr(module, name, None) or getattr(module, f"{name}_part")
    html = Markup("<pre>{}</pre>").format(str(macro(*values)).strip()) if name == "meta" else macro(*values)
    around = _AROUND.get(name, "{}").format(html)
    return Specimen(state, Markup(apart(around, anchor)), "")  # noqa: S704, finished HTML


def apart(html: str, anchor: str) -> str:
    """Return HTML with anchors of its own, so that states can share a page; its other links lead to `anchor`."""
    own = {name for attribute, name in _NAMES.findall(html) if attribute == "id"}

    def renamed(match: re.Match[str]) -> str:
        names = " ".join(f"{name}--{anchor}" if name in own else name for name in match[2].split())
        return f'{match[1]}="{names}"'

    def linked(match: re.Match[str]) -> str:
        return f'href="#{match[1]}--{anchor}"' if match[1] in own else f'href="#{anchor}"'

    html = _LINK.sub(linked, _NAMES.sub(renamed, html))
    return re.sub(r"url\(#([^)]*)\)", rf"url(#\1--{anchor})", html)
