"""States of the components of the search page; each is a search, which another library may answer otherwise."""

from collections.abc import Callable

from healthlib.search.results import Danger, LookAlike
from healthlib.web.gallery.shelf import Search, Shelf, State, States, same
from healthlib.web.library import WITH_AZ, letters_of

FILTERED = "q=bleeding&type=side-effect&topic=heart-and-blood"
NOTHING_PASSES = "q=bleeding&type=article&topic=infections-and-immunity&condition=stroke"


def _of(query: str, pick: Callable[[Search], tuple[object, ...]]) -> State:
    return lambda shelf: pick(shelf.search(query))


def _understood(search: Search) -> tuple[object, ...]:
    return search.found, search.links


def _confused(shelf: Shelf) -> tuple[object, ...]:
    other = shelf.medicine(lambda page: page.look_alike).look_alike[0]
    return ([LookAlike(other.label, other.label, other.html)],)


def _starting(shelf: Shelf) -> tuple[object, ...]:
    found, _, links = shelf.search("q=zzzz")
    starting = [(kind, letters_of(shelf.store, kind)[0]) for kind in WITH_AZ]
    return found, links, starting


FINDING: States = {
    "answer": {
        "medicine": _of("q=kesimpta", lambda search: (search.found.answer,)),
        "condition": _of("q=stroke", lambda search: (search.found.answer,)),
        "side effect": _of("q=headache", lambda search: (search.found.answer,)),
        "none": same(None),
    },
    "chips": {
        "two": _of(FILTERED, _understood),
        "one": _of("q=bleeding&type=side-effect", _understood),
        "none": _of("q=bleeding", _understood),
    },
    "confused": {"one name": _confused},
    "danger": {kind.value: same(kind) for kind in Danger} | {"none": same(None)},
    "facet": {
        "nothing chosen": _of("q=bleeding", lambda search: (search.found.facets[0], search.links)),
        "one chosen": _of(FILTERED, lambda search: (search.found.facets[0], search.links)),
        "folded": _of("q=bleeding", lambda search: (search.found.facets[0], search.links, 1)),
    },
    "facet_values": {
        "some": _of("q=bleeding", lambda search: (search.found.facets[0], search.found.facets[0].values, search.links))
    },
    "facets": {"all": _of("q=bleeding", _understood)},
    "hit": {
        "section": _of("q=kesimpta+vaccine", lambda search: (search.found.hits[0],)),
        "words missing": _of("q=kesimpta+elephant", lambda search: (search.found.hits[0],)),
        "figures": _of("q=effect:headache", lambda search: (search.found.hits[0],)),
    },
    "no_hits": {
        "nothing matches": _starting,
        "nothing passes the filters": _of(NOTHING_PASSES, lambda search: (search.found, search.links, [])),
    },
    "related_searches": {"some": _of("q=kesimpta", lambda search: (search.found.related,)), "none": same(())},
    "sorts": {"by name": _of("q=bleeding&sort=title", lambda search: (search.found, search.form, search.links))},
    "understood": {
        "corrected": _of("q=kesympta", _understood),
        "also searched": _of("q=heart+attack", _understood),
        "only the words typed": _of("q=heart+attack&exact=1", _understood),
        "a name without a page": _of("q=lipitor", _understood),
    },
    "wider": {"few results": _of(NOTHING_PASSES, _understood), "many": _of("q=bleeding", _understood)},
}
