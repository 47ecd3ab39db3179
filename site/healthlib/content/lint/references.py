"""R003: whatever a page names or links to exists."""

from collections.abc import Iterator

from healthlib.content.authored import AuthoredPage
from healthlib.content.drug import Drug
from healthlib.content.faults import Fault, Place
from healthlib.content.frontmatter import Loc
from healthlib.content.library import Library
from healthlib.content.markdown import links, parse
from healthlib.content.model import Meta, Signed
from healthlib.content.pagetypes import PageType

# Addresses that the site serves without an authored page behind them.
SERVED = frozenset(
    ["/", "/search/", "/search", "/feed.atom"]
    + [t.spec.prefix for t in PageType if t not in (PageType.PERSON, PageType.INFO)]
    + ["/medicines/a-to-z/", "/conditions/a-to-z/", "/side-effects/a-to-z/"]
)


def check(library: Library, unread: frozenset[str] = frozenset()) -> Iterator[Fault]:
    """Yield a fault for each name and each internal link that leads nowhere.

    Args:
        library: the pages that could be read.
        unread: `folder/slug` of files that could not; names that point to them are not faults.
    """
    known = {page.url for page in library.live()} | SERVED | set(library.redirects)
    for page in library.pages:
        yield from _names(page, library, unread)
        yield from _includes(page, library, unread)
        if not unread:
            yield from _links(page, known)


def _named(meta: Meta) -> Iterator[tuple[str, str, str]]:
    """Yield (field, folder, slug) of every page that front matter names."""
    for folder, slug in meta.about():
        yield folder.replace("-", "_"), folder, slug
    if isinstance(meta, Signed):
        yield "author", "people", meta.author
        if meta.reviewed_by:
            yield "reviewed_by", "people", meta.reviewed_by
    for field in ("related", "blocked_related"):
        for ref in getattr(meta, field):
            folder, _, slug = ref.partition("/")
            yield field, folder, slug


def _names(page: AuthoredPage, library: Library, unread: frozenset[str]) -> Iterator[Fault]:
    for field, folder, slug in _named(page.meta):
        target = library.find(folder, slug)
        if f"{folder}/{slug}" in unread or (target and target.meta.status == "published"):
            continue
        state = "is retired" if target else "does not exist"
        yield _place(page, field, slug).fault("R003", f"content/{folder}/{slug}.md {state}.")


def _place(page: AuthoredPage, field: str, slug: str) -> Place:
    """Return where front matter names `slug`: a name may stand deep inside, as a side effect of a product does."""
    loc: Loc = next((text.loc for text in page.front.texts() if text.text.endswith(slug)), (field,))
    return page.at(*loc)


def _includes(page: AuthoredPage, library: Library, unread: frozenset[str]) -> Iterator[Fault]:
    for include in page.includes():
        target = library.find("medicines", include.drug)
        if f"medicines/{include.drug}" in unread:
            continue
        if not target or not isinstance(target.meta, Drug):
            yield page.on(include.line).fault("R003", f"content/medicines/{include.drug}.md does not exist.")
        elif include.product and include.product not in {product.id for product in target.meta.products}:
            yield page.on(include.line).fault("R003", f"{include.drug} has no product `{include.product}`.")


def _links(page: AuthoredPage, known: set[str]) -> Iterator[Fault]:
    found = [pair for chunk in page.chunks for part in chunk.parts if isinstance(part, list) for pair in links(part)]
    found += [(href, text.line) for text in page.texts() for href, _ in links(parse(text.text))]
    for href, line in found:
        if href.startswith(("https://", "http://")):
            yield page.on(line).fault(
                "R003",
                f"{href} is a link to another site.",
                "Make it a source and cite it, so that it is listed with its date.",
            )
        elif not href.startswith(("#", "tel:")) and href.partition("#")[0].partition("?")[0] not in known:
            yield page.on(line).fault(
                "R003", f"the link {href} leads nowhere.", "Write a path such as `/medicines/ofatumumab/`."
            )
