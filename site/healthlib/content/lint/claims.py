"""L rules: nothing is promised, nothing is sold, and a fact of law names its country.

India's Drugs and Magic Remedies (Objectionable Advertisements) Act 1954, section 3, forbids advertising medicines for
miscarriage, contraception, sexual pleasure, menstrual disorders and the diseases of its schedule; pages on such matters
are marked `sensitive`.
"""

import re
from collections.abc import Iterator

from healthlib.content.authored import BODY, AuthoredPage
from healthlib.content.faults import Fault
from healthlib.content.frontmatter import Loc
from healthlib.content.library import Library
from healthlib.content.lint.prose import sentences
from healthlib.content.lint.texts import Piece, pieces
from healthlib.content.markdown import links
from healthlib.content.model import InfoPage
from healthlib.content.pagetypes import PageType

CLAIM = re.compile(
    r"\b[Cc]ure[sd]?\b|\b[Gg]uarante\w+|\b[Mm]irac\w+|\b[Ww]onder (?:drug|medicine)\b|\b[Pp]ermanent relief\b"
    r"|\b(?:[Nn]o|[Ww]ithout(?: any)?) side[- ]effects\b|\bside[- ]effect[- ]free\b"
    r"|\b100 ?% (?:safe|effective)|\b(?:[Cc]ompletely|[Tt]otally|[Pp]erfectly) safe\b"
)
SELLING = re.compile(
    r"\b(?:[Bb]uy(?:ing)?|[Pp]rice[ds]?|[Cc]heap\w*|[Dd]iscounts?|[Cc]oupons?|[Ss]pecial offers?)\b"
    r"|\b[Oo]rder (?:now|online)\b|\bfor sale\b|\b[Ff]ree samples?\b|\bMRP\b|₹"
)
PROMOTION = re.compile(
    rf"{SELLING.pattern}|\b(?:[Bb]est|[Ll]eading|[Tt]rusted|[Pp]opular|[Tt]op)[- ](?:brand|pill|product|choice)s?\b"
    r"|\b[Cc]all us\b|\b[Ss]ign up\b|\b[Nn]ewsletters?\b"
)
PROMOTING_PATHS = ("/join/", "/hospitals/")

# "It does not cure", "there is no cure", "nobody can promise a cure".
_DENIED = re.compile(
    r"\b(?:no|not|never|cannot|can't|don't|doesn't|nor|neither|nobody|nothing|none|without|before|avoid)\b[^.;:]{0,40}$",
    re.IGNORECASE,
)
LAW = re.compile(
    r"\bapprov(?:ed|al)\b(?! by your)|\blicensed\b|\bauthori[sz]ed\b|\bbanned\b|\b(?:il)?legal(?:ly)?\b(?! aid)"
    r"|\bover the counter\b|\bwithout a prescription\b|\bSchedule [A-Z]\d?\b",
    re.IGNORECASE,
)
COUNTRY = re.compile(
    r"\b(?:U\.?S\.?A?|UK|EU|EMA|FDA|MHRA|CDSCO|DCGI)\b"
    r"|\b(?:United (?:States|Kingdom)|Brit(?:ain|ish)|America|Europe|India|Canad|Australia|Japan|Malaysia|New Zealand"
    r"|Singapore|China|countr(?:y|ies))(?:n|an|ns)?\b|\bwhere (?:you|I) live\b|\babroad\b",
)
DISCLAIMER = re.compile(
    r"\b(?:not|never|no)\b[^.]{0,60}\b(?:replace|substitute|instead of|stand in for)\b[^.]*\b(?:doctor|medical|advice)",
    re.IGNORECASE,
)


def check_library(library: Library, unread: frozenset[str] = frozenset()) -> Iterator[Fault]:
    """Yield L305 where no page about the site says that it does not replace a doctor; not while one is unread."""
    if any(ref.startswith(f"{PageType.INFO.spec.folder}/") for ref in unread):
        return
    about = [page for page in library.live(PageType.INFO) if isinstance(page.meta, InfoPage)]
    if about and not any(DISCLAIMER.search(piece.text) for page in about for piece in pieces(page)):
        yield (
            about[0]
            .at()
            .fault(
                "L305",
                "no page about the site says that it does not replace a doctor.",
                "Write it in the terms: our pages do not replace the advice of a doctor.",
            )
        )


def check_page(page: AuthoredPage, library: Library) -> Iterator[Fault]:
    """Yield every fault of claims and law of one page."""
    for piece in pieces(page):
        yield from _claims(page, piece)
        yield from _selling(page, piece)
    yield from _law(page)
    if page.meta.sensitive:
        yield from _promoting_links(page)
    else:
        yield from _promoted(page, library)


def _asserted(pattern: re.Pattern[str], text: str) -> str | None:
    """Return what a text says in a pattern's words without denying it."""
    for sentence in sentences(text):
        for match in pattern.finditer(sentence):
            if not _DENIED.search(sentence[: match.start()]):
                return match[0]
    return None


def _claims(page: AuthoredPage, piece: Piece) -> Iterator[Fault]:
    if page.type is not PageType.INFO and (said := _asserted(CLAIM, piece.text)):
        yield page.on(piece.line).fault(
            "L301", f"`{said}` is a promise that no medicine keeps.", "Say what was measured, with its source."
        )


def _selling(page: AuthoredPage, piece: Piece) -> Iterator[Fault]:
    if page.meta.sensitive and (said := _asserted(PROMOTION, piece.text)):
        yield page.on(piece.line).fault(
            "L303", f"`{said}` promotes, and the page is marked sensitive.", "Inform and do not advertise."
        )
    elif page.type is PageType.MEDICINE and (said := _asserted(SELLING, piece.text)):
        yield page.on(piece.line).fault("L302", f"`{said}` sells.", "Leave prices and buying out of a medicine's page.")


def _promoting_links(page: AuthoredPage) -> Iterator[Fault]:
    for _, tokens in page.parsed:
        for href, line in links(tokens):
            if href.startswith(PROMOTING_PATHS):
                yield page.on(line).fault("L303", f"a sensitive page leads to {href}.", "Take the link out.")


def _promoted(page: AuthoredPage, library: Library) -> Iterator[Fault]:
    for number, ref in enumerate(page.meta.related):
        target = library.ref(ref)
        if target and target.meta.sensitive:
            yield page.at("related", number).fault(
                "L303", f"{ref} is sensitive and would be promoted here.", "Link to it in a sentence that needs it."
            )


def _law(page: AuthoredPage) -> Iterator[Fault]:
    if page.type is PageType.INFO:
        return
    for piece, above in _in_context(page):
        match = LAW.search(piece.text)
        if match and "legal" not in piece.loc and not COUNTRY.search(f"{above}\n{piece.text}"):
            yield page.on(piece.line).fault(
                "L304",
                f"`{match[0]}` holds in one country, and none is named.",
                "Name the country in the paragraph or the heading; an approval in the US is not one in India.",
            )


def _in_context(page: AuthoredPage) -> Iterator[tuple[Piece, str]]:
    """Yield each piece with what it stands under: the heading, or the label or question of the same record."""
    record: Loc = ()
    above = ""
    for piece in pieces(page):
        own = piece.loc if piece.loc == BODY else piece.loc[:-1]
        if own != record:
            record, above = own, "" if own in (BODY, ()) else piece.text
        if piece.block.kind == "heading":
            above = piece.text
        yield piece, above
