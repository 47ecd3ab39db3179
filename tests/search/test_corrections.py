from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from healthlib.search.corrections import SOUND_DISTANCE, Candidate, KnownName, Replacement, Speller
from healthlib.search.phonetics import EASY, KEYBOARD, USUAL, slip_cost, sound_key

MS = "a medicine for multiple sclerosis"
NAMES = [
    KnownName("Kesimpta", MS, 1.0),
    KnownName("prednisone", "a medicine for inflammation", 1.0),
    KnownName("prednisolone", "a medicine for inflammation", 1.0),
    KnownName("hydroxyzine", "a medicine for itching", 1.0),
    KnownName("hydralazine", "a medicine for high blood pressure", 1.0),
    KnownName("levothyroxine", "a medicine for an underactive thyroid", 1.0),
    KnownName("Zestril", "a medicine for high blood pressure", 1.0),
    KnownName("Adderall XR", "a medicine for ADHD", 1.0),
    KnownName("multiple sclerosis", "a condition", 1.0),
    KnownName("blood thinners", "a group of medicines", 1.0),
    KnownName("high blood pressure", "a condition", 1.0),
    KnownName("pneumonia", "a condition", 1.0),
    KnownName("varicocele", "a condition", 1.0),
    KnownName("haemorrhoids", "a condition", 1.0),
    KnownName("मधुमेह", "a condition", 1.0),
    KnownName("vitamin B", "a vitamin", 1.0),
    KnownName("vitamin D", "a vitamin", 1.0),
]
WORDS = {
    "pain": 900,
    "back": 400,
    "multi": 3,
    "physician": 120,
    "physical": 300,
    "kidney": 300,
    "kidneys": 100,
    "walking": 200,
    "wakling": 1,
    "walting": 1,
    "xenomania": 1,
    "therapy": 500,
    "the": 9000,
    "b12": 5,
    "sclerosis": 60,
}


RARE = {"wakling", "walting", "xenomania"}
NAME_PARTS = {"kesimpta", "prednisone", "hydralazine", "multiple", "sclerosis", "मधुमेह", "adderall", "xr"}
KNOWN = sorted((NAME_PARTS | set(WORDS)) - RARE)
SPELLER = Speller.build(NAMES, WORDS)


def only(words: str) -> Replacement:
    correction = SPELLER.correct(words.split())
    assert correction is not None
    assert len(correction.replacements) == 1
    return correction.replacements[0]


def corrected(words: str) -> str:
    correction = SPELLER.correct(words.split())
    assert correction is not None
    assert not correction.ambiguous
    return " ".join(correction.words)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kesympta", "kesimpta"),
        ("kesimta", "kesimpta"),
        ("ksimpta", "kesimpta"),
        ("hemorrhoids", "haemorrhoids"),
        ("hydroxizine", "hydroxyzine"),
        ("levothyroxene", "levothyroxine"),
        ("therpy", "therapy"),
        ("kidnye", "kidney"),
        ("मधूमेह", "मधुमेह"),
    ],
)
def test_slips_are_put_right(typed: str, meant: str) -> None:
    assert corrected(typed) == meant
    assert SPELLER.candidates(typed)[0].text.casefold() == meant


def test_a_candidate_is_shown_as_its_name_is_written_with_its_purpose() -> None:
    first, *_ = SPELLER.candidates("kesympta")
    assert first == Candidate("Kesimpta", MS, 1, first.score)
    assert 0 < first.score < 1


def test_a_word_of_names_has_the_purpose_that_they_share() -> None:
    assert SPELLER.candidates("vitamn")[0].purpose == "a vitamin"
    shared = Speller.build([KnownName("acute pain", "a condition", 1), KnownName("acute X", "a medicine", 1)], {})
    assert shared.candidates("acutte")[0].purpose == ""


def test_the_frequent_word_comes_first_and_the_rest_follow() -> None:
    speller = Speller.build([], {"failure": 500, "failures": 3, "failer": 2, "failed": 40})
    assert [c.text for c in speller.candidates("failur")] == ["failure", "failed", "failer"]
    assert len(speller.candidates("failur", limit=1)) == 1


@pytest.mark.parametrize("word", KNOWN)
def test_known_words_are_never_rewritten(word: str) -> None:
    assert SPELLER.knows(word)
    assert SPELLER.candidates(word) == ()
    assert SPELLER.correct([word]) is None


@pytest.mark.parametrize("word", ["", "xq", "zes", "b13", "prednisone5", "zzzz", "which"])
def test_short_words_numbers_and_strange_words_are_left_alone(word: str) -> None:
    assert SPELLER.candidates(word) == ()
    assert SPELLER.correct([word]) is None


def test_joined_words_of_a_name_are_no_word() -> None:
    assert not SPELLER.knows("bloodthinners")
    assert SPELLER.knows("thinners")


def test_a_shorter_word_must_be_nearer() -> None:
    assert [c.text for c in SPELLER.candidates("pian")] == ["pain"]
    assert SPELLER.candidates("piann") == ()


def test_words_that_sound_the_same_may_be_three_edits_away_and_are_then_only_offered() -> None:
    replacement = only("fisician")
    assert replacement.candidates[0].text == "physician"
    assert replacement.candidates[0].distance == 3
    assert replacement.ambiguous
    assert replacement.words == ("fisician",)


@pytest.mark.parametrize(("typed", "meant"), [("newmonia", "pneumonia"), ("vericoceal", "varicocele")])
def test_names_that_sound_the_same_are_found_and_offered(typed: str, meant: str) -> None:
    replacement = only(typed)
    assert [c.text for c in replacement.candidates] == [meant]
    assert replacement.ambiguous


def test_another_first_letter_needs_the_same_sound() -> None:
    assert "walking" not in [c.text for c in SPELLER.candidates("talking")]


def test_between_two_names_the_reader_chooses() -> None:
    replacement = only("prednisolne")
    assert replacement.ambiguous
    assert replacement.words == replacement.typed == ("prednisolne",)
    assert {c.text for c in replacement.candidates} == {"prednisone", "prednisolone"}


def test_frequency_does_not_choose_between_two_names() -> None:
    speller = Speller.build(NAMES, {"prednisone": 100_000})
    correction = speller.correct(["prednisolne"])
    assert correction is not None
    assert correction.ambiguous


def test_two_forms_of_a_name_are_no_rivals() -> None:
    speller = Speller.build([KnownName("blister", "", 1), KnownName("blisters", "", 1)], {})
    correction = speller.correct(["blisterr"])
    assert correction is not None
    assert not correction.ambiguous


def test_a_medicine_that_we_do_not_list_is_not_made_another_one() -> None:
    replacement = only("zestrox")
    assert replacement.candidates[0].text == "Zestril"
    assert replacement.words == ("zestrox",)


def test_a_plain_word_that_took_many_slips_is_only_offered() -> None:
    correction = Speller.build([], {"crisis": 500}).correct(["crosin"])
    assert correction is not None
    assert correction.ambiguous
    assert correction.words == ("crosin",)


def test_a_word_that_is_in_the_texts_once_gives_way_to_a_frequent_neighbour_only() -> None:
    assert corrected("wakling") == "walking"
    assert corrected("walting") == "walking"
    assert SPELLER.candidates("xenomania") == ()
    assert not SPELLER.knows("wakling")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("multi ple sclerosis", "multiple sclerosis"),
        ("kes impta", "kesimpta"),
        ("bloodthinners", "blood thinners"),
        ("bloodthiners", "blood thinners"),
        ("high bloodpresure", "high blood pressure"),
        ("multipel sclerosys", "multiple sclerosis"),
        ("backpain", "back pain"),
        ("kesympta therpy", "kesimpta therapy"),
    ],
)
def test_blanks_too_many_or_missing_and_whole_names(typed: str, meant: str) -> None:
    assert corrected(typed) == meant


def test_replacements_say_which_words_they_stand_for() -> None:
    correction = SPELLER.correct(["pain", "multi", "ple", "sclerosis", "therpy"])
    assert correction is not None
    assert correction.words == ("pain", "multiple", "sclerosis", "therapy")
    assert [r.typed for r in correction.replacements] == [("multi", "ple", "sclerosis"), ("therpy",)]


@pytest.mark.parametrize(
    "typed", ["vitamin xx", "adderall xl", "back pain", "multiple pain", "pain b13", "blood kidney"]
)
def test_known_and_short_words_do_not_become_other_names(typed: str) -> None:
    assert SPELLER.correct(typed.split()) is None


def test_a_name_of_several_words_is_not_reached_by_changing_a_known_word() -> None:
    assert corrected("back sclerosys") == "back sclerosis"


def test_nothing_known_nothing_corrected() -> None:
    empty = Speller.build([], {})
    assert empty.correct(["kesympta"]) is None
    assert not empty.knows("kesimpta")


def test_ordinary_words_are_neither_rewritten_nor_offered() -> None:
    speller = Speller.build([], {"calming": 500}, ["calling"])
    assert speller.correct(["calling"]) is None
    assert speller.knows("calling")
    assert [one.text for one in speller.candidates("callming")] == ["calming"]


def test_the_heavier_of_two_equal_names_wins() -> None:
    speller = Speller.build(
        [KnownName("actos", "light", 0.1), KnownName("Actos", "heavy", 1), KnownName("", "", 1)], {}
    )
    assert speller.candidates("actoss")[0].purpose == "heavy"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "speller"
    SPELLER.save(path)
    return path


@pytest.mark.parametrize("typed", ["kesympta", "prednisolne", "bloodthiners", "मधूमेह", "wakling", "fisician", "zzzz"])
def test_what_is_saved_is_what_is_loaded(saved: Path, typed: str) -> None:
    loaded = Speller.load(saved)
    assert loaded.candidates(typed) == SPELLER.candidates(typed)
    assert loaded.correct([typed]) == SPELLER.correct([typed])


def test_the_files_are_the_same_every_time(saved: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    Speller.load(saved).save(again)
    assert {path.name for path in again.iterdir()} == {path.name for path in saved.iterdir()}
    assert all(path.read_bytes() == (saved / path.name).read_bytes() for path in again.iterdir())


def test_an_empty_one_can_be_saved(tmp_path: Path) -> None:
    Speller.build([], {}).save(tmp_path / "empty")
    assert Speller.load(tmp_path / "empty").candidates("anything") == ()


LETTERS = st.text(alphabet="aeiouyhcksnmpt", max_size=12)
SLIPS = st.sampled_from(KNOWN).flatmap(
    lambda word: st.tuples(st.just(word), st.integers(0, len(word)), st.sampled_from("aeyhsk"))
)


@given(st.lists(st.one_of(st.text(max_size=20), st.sampled_from(KNOWN), LETTERS), max_size=16))
def test_correcting_never_raises_and_loses_no_known_word(words: list[str]) -> None:
    correction = SPELLER.correct(words)
    for replacement in correction.replacements if correction else ():
        assert not all(map(SPELLER.knows, replacement.typed))
        assert replacement.words
    typed = [word for r in correction.replacements for word in r.typed] if correction else []
    assert len(typed) <= len(words)


@given(SLIPS)
def test_candidates_are_within_the_distance_and_in_order(slip: tuple[str, int, str]) -> None:
    word, place, letter = slip
    typed = word[:place] + letter + word[place:]
    found = SPELLER.candidates(typed, limit=40)
    assert found == tuple(sorted(found, key=lambda c: -c.score))
    for candidate in found:
        letters = candidate.text.casefold().replace(" ", "")
        blanks = candidate.text.count(" ")
        assert candidate.distance - blanks <= OSA.distance(typed, letters) <= candidate.distance <= SOUND_DISTANCE
        assert 0 <= candidate.score <= 1


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=8), st.integers(1, 50), max_size=8), st.lists(st.text(max_size=12), max_size=4))
def test_any_words_and_names_can_be_built_from_and_saved(
    tmp_path_factory: pytest.TempPathFactory, words: dict[str, int], names: list[str]
) -> None:
    built = Speller.build([KnownName(name, name, 1.0) for name in names], words)
    path = tmp_path_factory.mktemp("words") / "speller"
    built.save(path)
    loaded = Speller.load(path)
    for word in (*words, *names):
        assert loaded.candidates(word + "x") == built.candidates(word + "x")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("newmonia", "pneumonia"),
        ("fisician", "physician"),
        ("kesympta", "kesimpta"),
        ("symtom", "symptom"),
        ("opthalmic", "ophthalmic"),
        ("soriasis", "psoriasis"),
        ("zanax", "xanax"),
        ("emorrage", "haemorrhage"),
        ("diarrea", "diarrhoea"),
        ("eczema", "exema"),
        ("kolesterol", "cholesterol"),
        ("skizofrenia", "schizophrenia"),
        ("oestrogen", "estrogen"),
        ("alerjy", "allergy"),
    ],
)
def test_words_that_sound_the_same(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other) != ""


@pytest.mark.parametrize("word", ["", "मधुमेह", "b12", "crohn's"])
def test_words_without_a_sound_key(word: str) -> None:
    assert sound_key(word) == ""


@pytest.mark.parametrize(
    ("typed", "meant", "cost"),
    [
        ("same", "same", 0),
        ("", "ab", KEYBOARD + USUAL),
        ("kesympta", "kesimpta", EASY),
        ("mellitus", "melitus", EASY),
        ("tyroid", "thyroid", EASY),
        ("pian", "pain", KEYBOARD),
        ("kidnwy", "kidney", KEYBOARD),
        ("kidnpy", "kidney", USUAL),
        ("hert", "heart", KEYBOARD),
        ("lipoderm", "lidoderm", USUAL),
    ],
)
def test_easy_slips_cost_less(typed: str, meant: str, cost: float) -> None:
    assert slip_cost(typed, meant) == cost
    assert slip_cost(meant, typed) == cost


@given(LETTERS, LETTERS)
def test_a_slip_costs_between_half_an_edit_and_one(typed: str, meant: str) -> None:
    distance = OSA.distance(typed, meant)
    assert EASY * distance <= slip_cost(typed, meant) <= USUAL * distance
