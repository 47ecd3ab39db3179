"""One authored file: its front matter as a typed value, its body as sections, and where every text stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from markdown_it.token import Token
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from healthlib.content.faults import ContentError, Fault, Place
from healthlib.content.frontmatter import Loc, LocatedYaml, TextAt
from healthlib.content.markdown import Block, Chunk, Include, blocks, chunks, parse
from healthlib.content.model import SLUG, Meta, Record
from healthlib.content.pagetypes import PageType, TypeSpec, url_of

R = TypeVar("R", bound=Record)

# Where the body stands among the texts of a page.
BODY: Loc = ("body",)

# Strings of the front matter that are names, codes or addresses and not text with citations.
_PLAIN_FIELDS = frozenset(
    """
    aliases atc author blocked_related body_system brand brands care checked classes codes comparator condition
    conditions country credential drugs effect form frequency icd10 kind label_terms lang last_reviewed look_alike
    made_with maker medical_name mesh name other_brands path population pronunciation published redirect_from region
    related review_due reviewed_by role route rxcui set_id side_effects source specialities status strengths summary
    summary_hi title topics unii updated url
    """.split()  # noqa: SIM905, a list of 45 quoted names would be harder to keep in order
)


@dataclass(frozen=True)
class AuthoredPage:
    """A page as its author wrote it."""

    type: PageType
    slug: str
    meta: Meta
    front: LocatedYaml
    chunks: tuple[Chunk, ...]
    body: str
    body_line: int

    @property
    def path(self) -> Path:
        """The file, relative to the content folder's parent."""
        return self.front.path

    @cached_property
    def url(self) -> str:
        """The page's permanent address."""
        own: str | None = getattr(self.meta, "path", None)
        return own or url_of(self.type, self.slug)

    @cached_property
    def ref(self) -> str:
        """The page's name in `related` lists: folder and slug."""
        return f"{self.type.spec.folder}/{self.slug}"

    def at(self, *loc: str | int) -> Place:
        """Return the place of a front-matter value."""
        return Place(self.path, self.front.line(loc))

    def on(self, line: int) -> Place:
        """Return the place of a line."""
        return Place(self.path, line)

    def texts(self) -> Iterator[TextAt]:
        """Yield every front-matter string that is Markdown text."""
        return (text for text in self.front.texts() if text.field not in _PLAIN_FIELDS)

    @cached_property
    def parsed(self) -> tuple[tuple[Loc, list[Token]], ...]:
        """Every Markdown text, parsed: those of the front matter, then the body; treat the tokens as read-only."""
        front = ((text.loc, parse(text.text, text.line)) for text in self.texts())
        return (*front, (BODY, parse(self.body, self.body_line)))

    @cached_property
    def blocks(self) -> tuple[tuple[Loc, Block], ...]:
        """The headings, paragraphs, list items and table rows of every Markdown text, which each rule looks at."""
        return tuple((loc, block) for loc, tokens in self.parsed for block in blocks(tokens))

    def includes(self) -> Iterator[Include]:
        """Yield every side-effect table put in by name."""
        for chunk in self.chunks:
            yield from (part for part in chunk.parts if isinstance(part, Include))


def read_page(path: Path, shown: Path, page_type: PageType) -> AuthoredPage:
    """Read one file.

    Args:
        path: where the file is.
        shown: how faults name it.
        page_type: what its folder says it is.

    Raises:
        ContentError: with every fault of the file that can be seen without other files.
    """
    text = _read_text(path, shown)
    front_text, body, body_line = _split(text, shown)
    front = LocatedYaml(front_text, shown, first_line=2)
    sections = tuple(chunks(body, body_line))
    faults = list(_section_faults(page_type.spec, sections, Place(shown, body_line)))
    try:
        meta = load_record(page_type.spec.model, front)
    except ContentError as error:
        raise ContentError([*error.faults, *faults]) from None
    if faults:
        raise ContentError(faults)
    return AuthoredPage(page_type, path.stem, meta, front, sections, body, body_line)


def load_record(model: type[R], front: LocatedYaml) -> R:
    """Return the YAML as a typed record.

    Raises:
        ContentError: R002 for every wrong field, each with its line.
    """
    try:
        return model.model_validate(front.data)
    except ValidationError as error:
        raise ContentError(_field_fault(fault, front) for fault in error.errors()) from None


def _field_fault(error: ErrorDetails, front: LocatedYaml) -> Fault:
    loc = error["loc"]
    name = ".".join(str(part) for part in loc) or "front matter"
    message = error["msg"].removeprefix("Value error, ")
    place = Place(front.path, front.line(loc))
    if error["type"] == "missing":
        return place.fault("R002", f"`{name}` is missing.", "docs/writing.md says what it holds.")
    if error["type"] == "extra_forbidden":
        return place.fault("R002", f"`{name}` is not a field of this kind of page.", "Mend its spelling.")
    return place.fault("R002", f"`{name}`: {message}.")


def _read_text(path: Path, shown: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([Place(shown, 1).fault("R001", f"the file cannot be read: {error}.")]) from None


def _split(text: str, shown: Path) -> tuple[str, str, int]:
    """Return front matter, body, and the line the body starts on."""
    lines = text.split("\n")
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if lines[0].rstrip() != "---" or end is None:
        raise ContentError(
            [
                Place(shown, 1).fault(
                    "R001", "there is no front matter.", "Start with a line `---`, end it with another."
                )
            ]
        )
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2


def _section_faults(spec: TypeSpec, sections: Iterable[Chunk], body: Place) -> Iterator[Fault]:
    found: list[str] = []
    for chunk in sections:
        if fault := _section_fault(spec, chunk, Place(body.path, chunk.line), found):
            yield fault
        found.append(chunk.id or "")
    for missing in sorted(spec.required - set(found)):
        yield body.fault("R005", f"the section `{missing}` is missing.")
    order = [spec.sections.index(section_id) for section_id in found if section_id in spec.sections]
    if order != sorted(order):
        yield body.fault("R005", "the sections are out of order.", f"The order is: {', '.join(spec.sections)}.")


def _section_fault(spec: TypeSpec, chunk: Chunk, place: Place, before: list[str]) -> Fault | None:
    if chunk.id is None:
        wanted = "section id" if chunk.heading else "heading above it"
        return place.fault("R005", f"the text here has no {wanted}.", "Write `## Heading {#id}`.")
    if not SLUG.fullmatch(chunk.id):
        return place.fault("R005", f"`{chunk.id}` is no id.", "Use lower-case letters, digits and hyphens.")
    if chunk.id in before:
        return place.fault("R005", f"the section id `{chunk.id}` is used twice.")
    if spec.sections and chunk.id not in spec.sections:
        return place.fault(
            "R005", f"`{chunk.id}` is not a section of this kind of page.", f"Use: {', '.join(spec.sections)}."
        )
    return None
