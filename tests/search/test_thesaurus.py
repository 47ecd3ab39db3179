from pathlib import Path

import pytest

from healthlib.content.vocabulary import Danger as DangerRow
from healthlib.content.vocabulary import Intent, Pair, Vocabulary
from healthlib.content.vocabulary import LookAlike as Confused
from healthlib.search.query import Synonym, read_query
from healthlib.search.results import AlsoSearched, Danger, LookAlike
from healthlib.search.thesaurus import Thesaurus, spans
from healthlib.search.things import Things
from healthlib.search.understanding import Understood, understand

VOCABULARY = Vocabulary(
    brands=(Pair("Lipitor", "atorvastatin"), Pair("Kesimpta", "ofatumumab")),
    conditions=(Pair("disseminated sclerosis", "multiple sclerosis"),),
    lay=(Pair("heart attack", "myocardial infarction"), Pair("attack", "assault")),
    hindi=(Pair("मधुमेह", "diabetes"),),
    spellings=(Pair("oedema", "edema"),),
    look_alikes=(Confused("Paxil (paroxetine)", "for depression", "Plavix (clopidogrel)", "to prevent stroke"),),
    dangers=(DangerRow("want to die", "mental-health"), DangerRow("chest pain", "emergency")),
    intents=(Intent("side effects", "side-effects"), Intent("pregnant", "pregnancy")),
    question_words=("please", "medicines"),
)
OWN = (Pair("ofatumumab", "ofatumumab"), Pair("Kesimpta", "ofatumumab"))
THESAURUS = Thesaurus.build(VOCABULARY, OWN)


def read(raw: str) -> Understood:
    return understand(read_query(raw), THESAURUS, Things.build(()))


def test_saved_and_loaded_it_is_the_same(tmp_path: Path) -> None:
    THESAURUS.save(tmp_path / "thesaurus")
    assert Thesaurus.load(tmp_path / "thesaurus") == THESAURUS


@pytest.mark.parametrize(
    ("raw", "added"),
    [
        ("heart attack", ["myocardial infarction"]),
        ("myocardial infarction", ["heart attack"]),
        ("oedema", ["edema"]),
        ("मधुमेह", ["diabetes"]),
        ("disseminated sclerosis", ["multiple sclerosis"]),
        ("kesimpta", ["ofatumumab"]),
        ("lipitor", ["atorvastatin"]),
        ("something else", []),
    ],
)
def test_words_that_mean_the_same_are_added(raw: str, added: list[str]) -> None:
    assert [one.added for one in read(raw).also] == added


def test_the_longest_phrase_is_explained_and_no_word_twice() -> None:
    understood = read("signs of heart attack")
    assert understood.also == (AlsoSearched("heart attack", "myocardial infarction"),)
    assert understood.synonyms == (Synonym(("heart", "attack"), ("myocardial", "infarction")),)


def test_the_words_typed_are_all_kept() -> None:
    assert read("heart attack").query.words == ("heart", "attack")


def test_another_name_of_the_whole_query_is_a_name() -> None:
    assert read("heart attack").names == ("myocardial infarction",)
    assert read("heart attack signs").names == ()


def test_a_name_from_a_public_list_is_no_exact_name() -> None:
    assert read("disseminated sclerosis").names == ()


def test_a_brand_without_a_page_is_explained() -> None:
    (name,) = read("lipitor dose").outside
    assert name.text == "Lipitor is a brand of atorvastatin; we have no page on it yet."


def test_a_brand_with_a_page_is_not_called_unknown() -> None:
    assert read("kesimpta").outside == ()


@pytest.mark.parametrize(
    ("raw", "danger"),
    [("i want to die", Danger.MENTAL_HEALTH), ("sudden CHEST pain", Danger.EMERGENCY), ("die want to", None)],
)
def test_danger_is_seen_in_the_words_as_typed(raw: str, danger: Danger | None) -> None:
    assert read(raw).danger is danger


def test_the_intent_of_a_question() -> None:
    assert read("what are the side effects of kesimpta").intent == "side-effects"
    assert read("kesimpta").intent == ""


def test_question_words_are_dropped_unless_nothing_else_is_left() -> None:
    assert read("please which medicines hair loss").query.words == ("hair", "loss")
    assert read("medicines").query.words == ("medicines",)


def test_spans_come_longest_first_and_end() -> None:
    found = list(spans("abc"))
    assert found == [(0, 3), (0, 2), (1, 3), (0, 1), (1, 2), (2, 3)]
    assert max(end - start for start, end in spans(["x"] * 20)) == 6


@pytest.mark.parametrize("raw", ["plavix", "Plavix", '"plavix"'])
def test_a_look_alike_of_the_whole_query_is_named(raw: str) -> None:
    assert read(raw).look_alikes == (LookAlike("Paxil (paroxetine)", "Paxil", "a medicine for depression"),)


@pytest.mark.parametrize("raw", ["plavix side effects", "clopidogrel", "plavi"])
def test_nothing_else_has_look_alikes(raw: str) -> None:
    assert read(raw).look_alikes == ()


def test_a_synonym_holds_for_every_spelling() -> None:
    vocabulary = Vocabulary(lay=(Pair("piles", "haemorrhoids"),), spellings=(Pair("haemorrhoids", "hemorrhoids"),))
    synonyms = Thesaurus.build(vocabulary, ()).synonyms
    names = {"piles", "haemorrhoids", "hemorrhoids"}
    assert {term: {term, *meanings} for term, meanings in synonyms.items()} == dict.fromkeys(names, names)
