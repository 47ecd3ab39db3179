"""Names the passage of a hit so that a browser can find it: the words of a text fragment.

The syntax is that of the WICG's "URL Fragment Text Directives". A browser looks through the whole page, in any case of
letters, and goes to the first place. So only words that stand in the page once are given; the others would lead to
another section than the link says. Without words a link leads to its section.
"""

import re
from collections.abc import Sequence
from urllib.parse import quote

from markupsafe import escape

from healthlib.search.results import Hit, Span
from healthlib.web.context import current_generation

# Words on one line of the page, without a mark at which a reference, another item or another sentence may begin.
_BREAK = re.compile(r"[.?!:;,()।…]+(?=\s|$)|[()\n…]")
FEWEST, MOST = 4, 9


def fragment(hit: Hit) -> str:
    """Return words of a hit's snippet that its page has once, percent-encoded; "" where there are none."""
    words = unbroken(hit.snippet) if hit.heading else ""
    page = current_generation().store.reading(hit.card.url) if words else None
    if page is None or (page.html + page.rest).lower().count(str(escape(words)).lower().encode()) != 1:
        return ""
    return quote(words, safe="").replace("-", "%2D")


def unbroken(snippet: Sequence[Span]) -> str:
    """Return the first run of words without a break that has a word that was looked for; "" where all are short."""
    for piece in _pieces(snippet):
        words = "".join(span.text for span in piece).split()
        if any(span.mark for span in piece) and len(words) >= FEWEST:
            return " ".join(words[:MOST])
    return ""


def _pieces(snippet: Sequence[Span]) -> list[list[Span]]:
    """Return the snippet cut at every break."""
    pieces: list[list[Span]] = [[]]
    for span in snippet:
        first, *others = _BREAK.split(span.text)
        pieces[-1].append(Span(first, span.mark))
        pieces += [[Span(text, span.mark)] for text in others]
    return pieces
