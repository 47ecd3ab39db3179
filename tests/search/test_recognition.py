import pytest

from healthlib.content.vocabulary import Pair, Vocabulary
from healthlib.search.query import read_query
from healthlib.search.recognition import recognise, recognise_names
from healthlib.search.thesaurus import Thesaurus
from healthlib.search.things import Things

THESAURUS = Thesaurus.build(
    Vocabulary(
        brands=(Pair("Lipitor", "atorvastatin"),),
        lay=(Pair("losing hair", "hair loss"), Pair("may", "maywort")),
        hindi=(Pair("मिर्गी", "epilepsy"),),
        question_words=("may", "which", "medicine"),
    ),
    (),
)
THINGS = Things.build(
    [("epilepsy", 0), ("hair loss", 1), ("loss", 2), ("clobazam", 3), ("atorvastatin", 4), ("maywort", 5)]
)


@pytest.mark.parametrize(
    ("raw", "named"),
    [
        ("clobazam", ((3,),)),
        ("which epilepsy medicine gives hair loss", ((1,), (0,))),
        ("hair loss", ((1,),)),
        ("a great loss", ((2,),)),
        ("losing hair on clobazam", ((1,), (3,))),
        ("मिर्गी", ((0,),)),
        ("lipitor", ((4,),)),
        ("may", ()),
        ("drug:clobazam effect:loss", ((3,), (2,))),
        ("effect:loss", ((2,),)),
        ("epilepsy -clobazam", ((0,),)),
        ('"hair loss"', ((1,),)),
        ("nothing we know", ()),
        ("", ()),
    ],
)
def test_the_longest_names_are_recognised_each_once(raw: str, named: tuple[tuple[int, ...], ...]) -> None:
    assert recognise(read_query(raw), THESAURUS, THINGS) == named


def test_names_that_may_be_meant_make_one_thing() -> None:
    assert recognise_names(["clobazam", "epilepsy", "nothing"], THESAURUS, THINGS) == (3, 0)
