"""A library of any size for the benchmarks of building and searching: MedQuAD's answers as published pages.

The first answer about a disease is the page of that condition, and every other one is an article about it. Kinds of
question and of disease are topics. What a collection from outside would bring is written straight into the store, as
there are no files to read; everything after that is the product's own path.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from bench.corpus import Record
from healthlib.content.authored import AuthoredPage
from healthlib.content.frontmatter import LocatedYaml
from healthlib.content.library import Library
from healthlib.content.model import SUMMARY_WORDS, Article, Condition, Meta, Topic
from healthlib.content.names import slugify
from healthlib.content.pagetypes import PageType, url_of
from healthlib.content.published import ArticlePage, Byline, ConditionPage, GroupPage, Html, Link, Page, Section
from healthlib.content.store import StoreWriter

_LONGEST_SLUG = 80
_FIRST_DAY = date(2024, 1, 1)
# Nothing of it is read: there is no file.
_FRONT = LocatedYaml("from: MedQuAD", Path("bench"))
_MODELS: dict[PageType, Callable[..., Page]] = {
    PageType.CONDITION: partial(ConditionPage, body_system=None, specialities=(), treatments=(), articles=()),
    PageType.ARTICLE: partial(ArticlePage, kind="explainer", key_facts=(), questions=(), faq=()),
    PageType.TOPIC: GroupPage,
}


@dataclass(frozen=True)
class Entry:
    """A page as the library knows it, and its text."""

    authored: AuthoredPage
    heading: str
    body: str


def entries(records: Iterable[Record]) -> Iterator[Entry]:
    """Yield a page for each record, then one for each topic."""
    conditions: set[str] = set()
    topics: dict[str, str] = {}
    for number, record in enumerate(records):
        names = [f"{record.facets[0]} questions", f"{record.facets[2]} group"]
        own = [topics.setdefault(name, slugify(name)) for name in names]
        condition = slugify(record.name or record.title)[:_LONGEST_SLUG].strip("-")
        if condition not in conditions:
            conditions.add(condition)
            authored = _authored(PageType.CONDITION, condition, _condition(record, own, number))
        else:
            authored = _authored(PageType.ARTICLE, f"answer-{number}", _article(record, own, condition, number))
        yield Entry(authored, record.title, record.body)
    for name, slug in topics.items():
        meta = Topic.model_validate({"name": name, **_shared(f"Everything on {name}.", 0)})
        yield Entry(_authored(PageType.TOPIC, slug, meta), "About", meta.summary)


def write_pages(found: Iterable[Entry], path: Path) -> Library:
    """Publish pages into a new store; return the library of them, without their texts."""
    authored = []
    with StoreWriter(path) as store:
        for entry in found:
            store.add(published(entry))
            authored.append(entry.authored)
    return Library(authored, {}, path.parent)


def published(entry: Entry) -> Page:
    """Return what a view would show of a page."""
    page, meta = entry.authored, entry.authored.meta
    section = Section(
        id="answer", heading=entry.heading, parts=(Html(html=f"<p>{entry.body}</p>"),), text=entry.body.strip()
    )
    return _MODELS[page.type](
        type=page.type,
        slug=page.slug,
        url=page.url,
        lang=meta.lang,
        title=meta.title,
        names=meta.names,
        aliases=meta.aliases,
        summary=meta.summary,
        published=meta.published,
        updated=meta.updated,
        sensitive=meta.sensitive,
        about=tuple(f"{folder}/{slug}" for folder, slug in meta.about()),
        topics=tuple(Link(text=slug, url=url_of(PageType.TOPIC, slug)) for slug in meta.topics),
        byline=_byline(meta),
        red_flags=(),
        sections=(section,),
        references=(),
    )


def _byline(meta: Meta) -> Byline:
    return Byline(
        author=Link(text="MedQuAD", url="/about/people/medquad/"),
        reviewer=None,
        credential=None,
        last_reviewed=meta.updated,
        review_due=meta.updated + timedelta(days=1095),
        made_with="human",
        conflicts_of_interest="None.",
    )


def _authored(page_type: PageType, slug: str, meta: Meta) -> AuthoredPage:
    return AuthoredPage(page_type, slug, meta, _FRONT, (), "", 1)


def _condition(record: Record, topics: Sequence[str], number: int) -> Condition:
    return Condition.model_validate(
        {"name": record.name or record.title, "topics": topics, "red_flags": [], **_shared(record.body, number)}
    )


def _article(record: Record, topics: Sequence[str], condition: str, number: int) -> Article:
    fields = {"title": record.title, "kind": "explainer", "topics": topics, "conditions": [condition]}
    return Article.model_validate(fields | _shared(record.body, number))


def _shared(body: str, number: int) -> dict[str, object]:
    """Return the fields that every page has; days go round so that there is something to sort and to count."""
    day = _FIRST_DAY + timedelta(days=number % 1000)
    return {
        "summary": " ".join(body.split()[: SUMMARY_WORDS // 2]) or "No answer.",
        "lang": "en",
        "status": "published",
        "published": day,
        "updated": day,
        "made_with": "human",
        "author": "medquad",
        "review_due": day + timedelta(days=1095),
        "conflicts_of_interest": "None.",
    }
