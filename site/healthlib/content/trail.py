"""The way from the front page to a page of each type."""

from healthlib.content.pagetypes import PageType
from healthlib.content.published import Link


def trail(page_type: PageType) -> list[Link]:
    """Return the pages between the front page and a page of a type."""
    spec = page_type.spec
    if page_type is PageType.INFO:
        return []
    if page_type is PageType.PERSON:
        return [Link(text="About", url="/about/")]
    parents = [Link(text="Medicines", url="/medicines/")] if page_type is PageType.CLASS else []
    return [*parents, Link(text=spec.plural, url=spec.prefix)]
