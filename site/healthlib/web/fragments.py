"""Names the passage of a hit so that a browser can find it: the words of a text fragment.

The syntax is that of the WICG's "URL Fragment Text Directives". A browser looks through the whole page, in any case of
letters, and goes to the first place. A few words may stand in several places, so only runs of some length are given.
What a browser does not find, or a hit without such words, leads to its section.
"""

import re
from collections.abc import Sequence
from urllib.parse import quote

from healthlib.search.results import Hit, Span

# Words on one line of the page, without a mark at which a reference, another item or another sentence may begin.
_BREAK = re.compile(r"[.?!:;,()।…]+(?=\s|$)|[()\n…]")
FEWEST, MOST = 5, 9
_MARK = "\x02"


def fragment(hit: Hit) -> str:
    """Return words of a hit's snippet, percent-encoded; "" where no run is long enough."""
    return quote(unbroken(hit.snippet), safe="").replace("-", "%2D") if hit.heading else ""


def unbroken(snippet: Sequence[Span]) -> str:
    """Return the first run of words without a break that has a word that was looked for; "" where all are short."""
    text = "".join(_MARK + span.text if span.mark else span.text for span in snippet)
    for piece in _BREAK.split(text):
        words = piece.replace(_MARK, "").split() if _MARK in piece else ()
        if len(words) >= FEWEST:
            return " ".join(words[:MOST])
    return ""
