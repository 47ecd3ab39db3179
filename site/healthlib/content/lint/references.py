"""R003: whatever a page names or links to exists."""

from collections.abc import Iterator

from healthlib.content.authored import AuthoredPage
from healthlib.content.drug import Drug
from healthlib.content.faults import Fault
from healthlib.content.frontmatter import TextAt
from healthlib.content.library import Library
from healthlib.content.markdown import links
from healthlib.content.pagetypes import BY_FOLDER, PageType, url_of

# Addresses that the site serves without an authored page behind them.
SERVED = frozenset(
    ["/", "/search/", "/search", "/feed.atom", "/glossary/"]
    + [t.spec.prefix for t in PageType if t not in (PageType.PERSON, PageType.INFO)]
    + ["/medicines/a-to-z/", "/conditions/a-to-z/", "/side-effects/a-to-z/"]
)


# Front-matter fields whose strings are slugs, and the folder that each names.
_NAMING = {
    "topics": "topics",
    "drugs": "medicines",
    "conditions": "conditions",
    "condition": "conditions",
    "side_effects": "side-effects",
    "effect": "side-effects",
    "classes": "classes",
    "author": "people",
    "reviewed_by": "people",
}
_REFS = ("related", "blocked_related")


def check(library: Library, unread: frozenset[str] = frozenset()) -> Iterator[Fault]:
    """Yield a fault for each name and each internal link that leads nowhere.

    Args:
        library: the pages that could be read.
        unread: `folder/slug` of files that could not; names that point to them are not faults.
    """
    known = {page.url for page in library.live()} | SERVED | set(library.redirects) | _addresses(unread)
    for page in library.pages:
        yield from _names(page, library, unread)
        yield from _includes(page, library, unread)
        yield from _links(page, known)


def _addresses(unread: frozenset[str]) -> set[str]:
    """Return the addresses that unreadable files would have."""
    pairs = (ref.split("/", 1) for ref in unread)
    return {url_of(BY_FOLDER[folder], slug) for folder, slug in pairs if folder in BY_FOLDER}


def _named(page: AuthoredPage) -> Iterator[tuple[str, TextAt]]:
    """Yield (`folder/slug`, where it stands) of every page that front matter names."""
    for text in page.front.texts():
        if text.field in _REFS:
            yield text.text, text
        elif text.field in _NAMING:
            yield f"{_NAMING[text.field]}/{text.text}", text


def _names(page: AuthoredPage, library: Library, unread: frozenset[str]) -> Iterator[Fault]:
    for ref, text in _named(page):
        target = library.ref(ref)
        if ref in unread or (target and target.meta.status == "published"):
            continue
        state = "is retired" if target else "does not exist"
        yield page.on(text.line).fault("R003", f"content/{ref}.md {state}.")


def _includes(page: AuthoredPage, library: Library, unread: frozenset[str]) -> Iterator[Fault]:
    for include in page.includes():
        target = library.find("medicines", include.drug)
        if f"medicines/{include.drug}" in unread:
            continue
        if not target or not isinstance(target.meta, Drug) or target.meta.status != "published":
            yield page.on(include.line).fault("R003", f"there is no medicine {include.drug} to take the table from.")
        elif include.product and include.product not in {product.id for product in target.meta.products}:
            yield page.on(include.line).fault("R003", f"{include.drug} has no product `{include.product}`.")


def _links(page: AuthoredPage, known: set[str]) -> Iterator[Fault]:
    for _, tokens in page.parsed:
        for href, line in links(tokens):
            if href.startswith(("https://", "http://")):
                yield page.on(line).fault(
                    "R003",
                    f"{href} is a link to another site.",
                    "Make it a source and cite it: its date is shown then.",
                )
            elif not href.startswith(("#", "tel:")) and href.partition("#")[0].partition("?")[0] not in known:
                yield page.on(line).fault(
                    "R003", f"the link {href} leads nowhere.", "Write a path such as `/medicines/ofatumumab/`."
                )
