from whoosh import query as engine

from healthlib.search.query import read_query
from healthlib.search.schema import PAGE, PAGE_FIELDS
from healthlib.search.trees import page_trees, section_tree
from healthlib.search.words import anywhere, word_tree


def test_a_word_is_looked_up_in_every_field_with_its_boost() -> None:
    tree = word_tree("bleeding", PAGE)
    assert (tree.kind, tree.stem) == (PAGE, "bleed")
    assert engine.Or(list(tree)) == engine.Or(
        [engine.Term(weight.field, "bleed", boost=weight.boost) for weight in PAGE_FIELDS]
    )


def test_boosts_fall_from_name_to_mention() -> None:
    boosts = [weight.boost for weight in PAGE_FIELDS if not weight.field.startswith("about_")]
    assert boosts == sorted(boosts, reverse=True)
    assert all(weight.reason for weight in PAGE_FIELDS)


def test_words_are_optional_phrases_and_fields_required_minus_excluded() -> None:
    trees = page_trees(read_query('a1 b2 "c d" drug:e -f'))
    assert len(trees.words) == 2
    assert len(trees.required) == 2
    assert trees.required[1] == engine.Term("about_drug", "e")
    assert len(trees.excluded) == 1


def test_the_whole_query_is_looked_up_as_a_name() -> None:
    assert page_trees(read_query('"Blood Thinners"')).exact_name == engine.Term("exact_name", "blood thinners")


def test_sections_are_looked_up_by_any_word_in_their_own_fields() -> None:
    tree = section_tree(["pain", "aching"])
    assert isinstance(tree, engine.Or)
    assert [word.subqueries[0].text for word in tree.subqueries] == ["ach", "pain"]
    assert {field for field, _ in tree.iter_all_terms()} == {"section_heading", "section_text"}


def test_a_phrase_is_looked_up_in_every_field_of_a_page() -> None:
    tree = anywhere(("blood", "thinners"))
    assert [phrase.words for phrase in tree] == [["blood", "thinner"]] * len(PAGE_FIELDS)
    assert [phrase.boost for phrase in tree] == [weight.boost for weight in PAGE_FIELDS]
    assert anywhere(("thinners",)) is word_tree("thinners", PAGE)
