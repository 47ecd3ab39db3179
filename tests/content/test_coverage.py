"""The report on the whole library: orphans, names without a page, few related pages, reviews due, grades."""

from datetime import date, timedelta

from healthlib.content.coverage import coverage, due, few_related, orphans, without_page
from healthlib.content.library import Library
from healthlib.content.published import Card
from healthlib.content.vocabulary import Pair, Vocabulary
from samples import OMIT, TODAY, article, authored, condition, drug_class, library, medicine, topic

MONTH = timedelta(days=30)


def refs(read: Library) -> list[str]:
    return [page.ref for page in orphans(read)]


def test_the_tiny_library_has_no_orphan() -> None:
    assert refs(library()) == []


def test_a_page_that_shares_only_a_topic_is_an_orphan() -> None:
    assert refs(library(condition("lonely", name="lonely"))) == ["conditions/lonely"]
    assert refs(library(drug_class("empty", name="empty"), topic("bare", name="bare"))) == [
        "classes/empty",
        "topics/bare",
    ]


def test_links_names_pins_and_tables_tie_pages() -> None:
    lonely = condition("lonely", name="lonely")
    linking = article(body="## A {#a}\n\nRead about [lonely](/conditions/lonely/#symptoms).\n")
    for other in (linking, article(conditions=["lonely"]), article(related=["conditions/lonely"])):
        assert refs(library(lonely, other)) == []
    alone = article("alone", drugs=[], conditions=[], side_effects=[], body="## A {#a}\n\nFine.\n")
    assert refs(library(alone)) == ["articles/alone"]
    table = article("alone", drugs=[], conditions=["migraine"], side_effects=[], body="## A {#a}\n\nFine.\n")
    assert refs(library(table)) == []


def test_a_link_to_itself_ties_nothing() -> None:
    own = condition("lonely", name="lonely", body=condition().body + "\nSee [lonely](/conditions/lonely/).\n")
    assert refs(library(own)) == ["conditions/lonely"]


def test_names_without_a_page() -> None:
    words = Vocabulary(
        brands=(Pair("Gammatab", "gammanol"), Pair("Alphaject", "alphamab")),
        conditions=(Pair("sick headache", "migraine"), Pair("kidney stone", "nephrolithiasis"), Pair("ants", "ant")),
        english_words=("weather",),
    )
    read = library(
        article(body="## A {#a}\n\nGammatab and gammanol help a kidney stone. Ants! Alphaject for a sick headache.\n"),
        condition(body=condition().body + "\nGammatab is another.\n"),
    )
    assert without_page(read, words) == [("gammanol", 2), ("nephrolithiasis", 1)]


def test_few_related_counts_true_reasons_only() -> None:
    read = library(condition("lonely", name="lonely", topics=["bare"]), topic("bare", name="bare"))
    found = dict(few_related(read))
    assert found["content/conditions/lonely.md"] < 3
    page = authored(condition())
    card = Card(type=page.type, url="/x/", title="X", summary="", updated=date(2026, 1, 1), why="Also about migraine")
    built = {"/conditions/lonely/": (card, card, card)}
    assert "content/conditions/lonely.md" not in dict(few_related(read, built))
    new = card.model_copy(update={"why": "New on the site"})
    assert dict(few_related(read, {"/conditions/lonely/": (card, card, new)}))["content/conditions/lonely.md"] == 2


def test_reviews_due_are_sorted_and_count_days() -> None:
    read = library(
        article(review_due=TODAY - timedelta(days=3)),
        condition(review_due=TODAY + timedelta(days=30)),
        medicine(review_due=TODAY + timedelta(days=31)),
    )
    assert [(one.path, one.days) for one in due(read, TODAY, MONTH)] == [
        ("content/articles/living-with-migraine.md", -3),
        ("content/conditions/migraine.md", 30),
    ]


def test_the_report() -> None:
    report = coverage(library(), Vocabulary(), TODAY, MONTH)
    assert report.pages["medicine"] == 2
    assert report.orphans == ()
    assert report.due == ()
    assert 0 < report.grades["condition"].median <= report.grades["condition"].highest
    hard = "Pharmacological individualisation necessitates consideration of comorbidities. "
    heavy = coverage(library(article(body=f"## A {{#a}}\n\n{hard * 9}\n", faq=OMIT)), Vocabulary(), TODAY, MONTH)
    assert heavy.grades["article"].above == 1
