from datetime import date

import pytest
from pydantic import ValidationError

from healthlib.content.model import Article, Condition, InfoPage, Meta, Person, Record, SideEffect, Source
from samples import OMIT, Fields, Sample, article, condition, hair_loss, info_page, label, person, side_effect, source

MODELS: dict[str, type[Record]] = {
    "articles": Article,
    "conditions": Condition,
    "side-effects": SideEffect,
    "people": Person,
    "pages": InfoPage,
    "sources": Source,
}


def read(sample: Sample) -> Record:
    return MODELS[sample.folder].model_validate(sample.front)


def wrong_fields(sample: Sample) -> set[str]:
    with pytest.raises(ValidationError) as caught:
        read(sample)
    return {".".join(map(str, error["loc"])) for error in caught.value.errors()}


@pytest.mark.parametrize(
    "sample",
    [article(), condition(), side_effect(), hair_loss(), person(), info_page(), source(), label("a")],
    ids=lambda sample: sample.ref,
)
def test_the_samples_are_valid(sample: Sample) -> None:
    assert isinstance(read(sample), MODELS[sample.folder])


@pytest.mark.parametrize("field", ["summary", "lang", "status", "published", "updated", "made_with", "name", "role"])
def test_a_person_needs_every_field_of_the_guide(field: str) -> None:
    assert wrong_fields(person(**{field: OMIT})) == {field}


@pytest.mark.parametrize("field", ["author", "review_due", "conflicts_of_interest", "title", "kind", "topics"])
def test_an_article_needs_every_field_of_the_guide(field: str) -> None:
    assert wrong_fields(article(**{field: OMIT})) == {field}


@pytest.mark.parametrize("field", ["title", "publisher", "url", "accessed", "kind"])
def test_a_source_needs_every_field_of_the_guide(field: str) -> None:
    assert wrong_fields(source(**{field: OMIT})) == {field}


@pytest.mark.parametrize("field", ["name", "topics", "red_flags"])
def test_a_condition_needs_every_field_of_the_guide(field: str) -> None:
    assert wrong_fields(condition(**{field: OMIT})) == {field}


@pytest.mark.parametrize("field", ["name", "care"])
def test_a_side_effect_needs_every_field_of_the_guide(field: str) -> None:
    assert wrong_fields(side_effect(**{field: OMIT})) == {field}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"summary": ""}, "summary"),
        ({"summary": "   "}, "summary"),
        ({"lang": "fr"}, "lang"),
        ({"status": "live"}, "status"),
        ({"kind": "essay"}, "kind"),
        ({"made_with": "robot"}, "made_with"),
        ({"topics": []}, "topics"),
        ({"topics": ["nerves", "Nerves"]}, "topics.1"),
        ({"topics": ["nerves", "a--b"]}, "topics.1"),
        ({"drugs": ["-alphamab"]}, "drugs.0"),
        ({"author": "The Editors"}, "author"),
        ({"related": ["alphamab"]}, "related.0"),
        ({"blocked_related": ["medicines/Alphamab"]}, "blocked_related.0"),
        ({"redirect_from": ["old/"]}, "redirect_from.0"),
        ({"redirect_from": ["/Old/"]}, "redirect_from.0"),
        ({"key_facts": [{"label": "No text"}]}, "key_facts.0.text"),
        ({"faq": [{"question": "Why?", "answer": ""}]}, "faq.0.answer"),
        ({"red_flags": [""]}, "red_flags.0"),
        ({"tags": ["x"]}, "tags"),
        ({"heading": "x"}, "heading"),
        ({"sensitive": "perhaps"}, "sensitive"),
        ({"review_due": "soon"}, "review_due"),
    ],
)
def test_a_wrong_field_is_refused_by_name(changes: Fields, field: str) -> None:
    assert wrong_fields(article(**changes)) == {field}


@pytest.mark.parametrize(
    "changes",
    [
        {"url": "ftp://agency.example"},
        {"url": "agency.example"},
        {"url": "https://agency.example/a b"},
        {"url": "javascript:alert(1)"},
        {"kind": "blog"},
        {"country": "India"},
        {"country": "in"},
    ],
)
def test_a_wrong_source_is_refused(changes: Fields) -> None:
    assert wrong_fields(source(**changes)) == set(changes)


@pytest.mark.parametrize("country", ["IN", "US", "EU", "GB"])
def test_a_source_may_belong_to_a_country(country: str) -> None:
    read_source = read(source(country=country))
    assert isinstance(read_source, Source)
    assert read_source.country == country


def test_a_summary_may_have_60_words_and_not_61() -> None:
    assert read(article(summary="word " * 60))
    assert wrong_fields(article(summary="word " * 61)) == {"summary"}


def test_all_wrong_fields_are_reported_at_once() -> None:
    bad = article(lang="fr", kind=OMIT, tags=[], topics=["nerves", "BAD"], key_facts=[{"label": "x"}])
    assert wrong_fields(bad) == {"lang", "kind", "tags", "topics.1", "key_facts.0.text"}


def test_one_wrong_name_is_one_fault() -> None:
    # Not a second one that says the list is empty, which it is not.
    assert wrong_fields(article(topics=["Nerves"])) == {"topics.0"}


def test_updated_cannot_be_before_published() -> None:
    with pytest.raises(ValidationError, match=r"updated \(2026-01-09\) is before published \(2026-01-10\)"):
        read(article(updated=date(2026, 1, 9)))
    assert read(article(updated=date(2026, 1, 10)))


def test_records_cannot_be_changed() -> None:
    record = read(source())
    with pytest.raises(ValidationError):
        record.title = "x"  # type: ignore[attr-defined]


def test_text_loses_the_space_around_it() -> None:
    record = read(source(title="  A title \n"))
    assert isinstance(record, Source)
    assert record.title == "A title"


@pytest.mark.parametrize(
    ("sample", "title", "names"),
    [
        (article(), "Living with migraine", ("Living with migraine",)),
        (condition(), "Migraine", ("Migraine",)),
        (condition(name="HIV infection"), "HIV infection", ("HIV infection",)),
        (condition(name="écart"), "Écart", ("Écart",)),
        (side_effect(), "Headache", ("headache", "cephalalgia")),
        (side_effect(medical_name=OMIT), "Headache", ("headache",)),
        (person(), "The editors", ("The editors",)),
        (info_page(), "Your privacy", ("Your privacy",)),
    ],
)
def test_titles_and_exact_names(sample: Sample, title: str, names: tuple[str, ...]) -> None:
    record = read(sample)
    assert isinstance(record, Meta)
    assert record.title == title
    assert record.names == names


def test_an_article_is_about_everything_it_names() -> None:
    record = read(article(topics=["nerves"], drugs=["a"], conditions=["b"], side_effects=["c"]))
    assert isinstance(record, Article)
    assert set(record.about()) == {("topics", "nerves"), ("medicines", "a"), ("conditions", "b"), ("side-effects", "c")}


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Kesimpta महीने में एक बार लगने वाला इंजेक्शन है।", True),
        ("शब्द " * 80, True),
        ("शब्द " * 81, False),
        ("Kesimpta is a monthly injection.", False),
        ("Kesimpta injection है", False),
        ("", False),
    ],
)
def test_a_summary_in_hindi_is_in_devanagari_and_short(text: str, right: bool) -> None:
    sample = article(summary_hi=text)
    if right:
        assert read(sample)
    else:
        assert wrong_fields(sample) == {"summary_hi"}
