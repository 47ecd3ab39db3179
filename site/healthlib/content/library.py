"""The whole library as authored: every page and source, and look-ups between them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from healthlib.content.authored import AuthoredPage, load_record, read_page
from healthlib.content.drug import Drug
from healthlib.content.faults import ContentError, Fault, Place
from healthlib.content.frontmatter import LocatedYaml
from healthlib.content.model import SLUG, Source
from healthlib.content.names import slugify
from healthlib.content.pagetypes import BY_FOLDER, PageType, url_of

SOURCES = "sources"


class Library:
    """Authored pages and sources with look-ups; drafts are held apart."""

    def __init__(self, pages: Iterable[AuthoredPage], sources: dict[str, Source], root: Path) -> None:
        authored = tuple(pages)
        self.pages = tuple(page for page in authored if page.meta.status != "draft")
        self.drafts = tuple(page for page in authored if page.meta.status == "draft")
        self.sources = sources
        self.root = root
        self._by_ref = {page.ref: page for page in self.pages}

    def find(self, folder: str, slug: str) -> AuthoredPage | None:
        """Return the page, retired ones included, or None."""
        return self._by_ref.get(f"{folder}/{slug}")

    def ref(self, ref: str) -> AuthoredPage | None:
        """Return the page named like `articles/cbd-and-thc`, or None."""
        return self._by_ref.get(ref)

    def live(self, *types: PageType) -> Iterator[AuthoredPage]:
        """Yield published pages, of some types or of all."""
        return (page for page in self.pages if page.meta.status == "published" and (not types or page.type in types))

    def about(self, ref: str) -> tuple[AuthoredPage, ...]:
        """Return the published pages that are about the page named like `conditions/stroke`."""
        return tuple(self._about.get(ref, ()))

    @cached_property
    def _about(self) -> dict[str, list[AuthoredPage]]:
        found: dict[str, list[AuthoredPage]] = defaultdict(list)
        for page in self.live():
            for folder, slug in dict.fromkeys(page.meta.about()):
                found[f"{folder}/{slug}"].append(page)
        return found

    @cached_property
    def drugs(self) -> tuple[tuple[AuthoredPage, Drug], ...]:
        """Every published medicine: its page and its record."""
        return tuple((page, page.meta) for page in self.live(PageType.MEDICINE) if isinstance(page.meta, Drug))

    @cached_property
    def redirects(self) -> dict[str, str]:
        """Old paths and brand addresses, each with the address that readers are sent to."""
        found = {old: page.url for page in self.live() for old in page.meta.redirect_from}
        for page, drug in self.drugs:
            for product in drug.products:
                for brand in product.brands:
                    address = url_of(PageType.MEDICINE, slugify(brand))
                    if address != page.url:
                        found[address] = f"{page.url}#{product.id}"
        return found


def read_library(root: Path) -> tuple[Library, list[Fault]]:
    """Read every file under `root`.

    Returns:
        What could be read, and the faults of files that could not: one bad file does not hide another's faults.
    """
    faults: list[Fault] = []
    pages = []
    for path in sorted(root.glob("*/*.md")):
        shown = path.relative_to(root.parent)
        try:
            pages.append(read_page(path, shown, _type_of(path, shown)))
        except ContentError as error:
            faults.extend(error.faults)
    sources = {}
    for path in sorted((root / SOURCES).glob("*.yaml")):
        try:
            sources[path.stem] = _read_source(path, path.relative_to(root.parent))
        except ContentError as error:
            faults.extend(error.faults)
    return Library(pages, sources, root), faults


def _type_of(path: Path, shown: Path) -> PageType:
    page_type = BY_FOLDER.get(path.parent.name)
    if page_type is None:
        folders = ", ".join(BY_FOLDER)
        raise ContentError(
            [Place(shown, 1).fault("R001", f"no kind of page lives in `{path.parent.name}`.", f"Use: {folders}.")]
        )
    if not SLUG.fullmatch(path.stem):
        raise ContentError(
            [Place(shown, 1).fault("R001", "the file name is no slug.", "Use lower-case letters, digits and hyphens.")]
        )
    return page_type


def _read_source(path: Path, shown: Path) -> Source:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([Place(shown, 1).fault("R001", f"the file cannot be read: {error}.")]) from None
    return load_record(Source, LocatedYaml(text, shown))
