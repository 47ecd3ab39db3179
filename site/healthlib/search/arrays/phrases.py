"""Words that stand one after the other."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from healthlib.search.arrays.matches import Matches, look_up, no_matches
from healthlib.search.arrays.postings import Postings


def phrase(postings: Postings, terms: Sequence[int], boost: float) -> Matches:
    """Return the documents in which some terms stand one after the other, with the sum of the terms' scores.

    Args:
        postings: the posting lists.
        terms: the terms in the order of the phrase.
        boost: a factor above 0.
    """
    docs = postings.docs_at(_places(postings, terms))
    if not len(docs):
        return no_matches()
    # Each word counts, also one that the phrase has twice.
    return Matches(docs, look_up([postings.part(term, boost) for term in terms], docs, postings.documents))


def _places(postings: Postings, terms: Sequence[int]) -> npt.NDArray[np.int64]:
    """Return the places in the library at which the rarest word of a phrase stands with all others around it."""
    words = [postings.words(term) for term in terms]
    order = sorted(range(len(terms)), key=lambda place: len(words[place]))
    lead = order[0]
    found = words[lead].astype(np.int64)
    for place in order[1:]:
        found = found[found >= lead - place]
        # In the type of the list: another type would have all of the list converted.
        wanted = (found + (place - lead)).astype(words[place].dtype)
        found = found[words[place].take(np.searchsorted(words[place], wanted), mode="clip") == wanted]
    return found
