"""S rules: a reader in danger is told what to do, and nobody finds a dose where it has no context."""

import re
from collections.abc import Iterator

from healthlib.content.authored import AuthoredPage
from healthlib.content.drug import Drug
from healthlib.content.faults import Fault
from healthlib.content.library import Library
from healthlib.content.lint.texts import Piece, pieces
from healthlib.content.markdown import emergency_cards, links
from healthlib.content.pagetypes import PageType

# Signs that must never be named without saying how to get help. From the emergency lists of product.md, in plain words.
RED_FLAGS = re.compile(
    r"chest pain|(?:trouble|difficulty|hard to) breath\w*|cannot breathe|coughing up blood|vomiting blood"
    r"|(?:face|lips|tongue|throat) (?:swell|drop)\w*|swelling of (?:the|your) (?:face|lips|tongue|throat)"
    r"|anaphyla\w+|seizures? (?:that|which) do(?:es)? not stop|unconscious|passing out|sudden weakness"
    r"|thoughts? of (?:suicide|harming)|suicid\w+|self-harm",
    re.IGNORECASE,
)
SELF_HARM = re.compile(r"suicid|self-harm|harming yourself|end(?:ing)? your life", re.IGNORECASE)
MENTAL_HEALTH_LINE = "14416"
FOREIGN_NUMBERS = re.compile(r"(?<![\d.,])(?:911|999)(?![.,]?\d)")
EMERGENCY_HEADING = "Call 112 if:"
_NO_LINK = "A reader in danger must not be sent to a page."
_CARD = re.compile(r"^ *:{3,} *(?:emergency|urgent)\b", re.MULTILINE)

DOSE = re.compile(
    r"\b\d[\d,.]*[\s-]?(?:mg|mcg|[µμ]g|micrograms?|milligrams?|g|grams?|IU)\b(?!\s?/\s?d?l)", re.IGNORECASE
)
DOSE_KINDS = ("label", "guideline")
DOSE_FIELDS = frozenset({"how_taken", "missed_dose", "overdose"})

# An order to stop, with what comes before it: "do not stop", "if you stop" and "before you stop" are none.
STOP_TAKING = re.compile(
    r"(?P<no_order>(?:\b(?:do not|don't|never|not to|not|cannot)(?: suddenly| just)?"
    r"|\b(?:if|when|once|after|before|why) (?:you|people|someone|they|to))\s+)?\bstop(?:ped)? (?:taking|using) \w+",
    re.IGNORECASE,
)
ASK_FIRST = re.compile(r"talk to (?:your|a) doctor first|unless your doctor|call 112", re.IGNORECASE)


def check_page(page: AuthoredPage, library: Library) -> Iterator[Fault]:
    """Yield every safety fault of one page."""
    yield from _red_flags(page)
    yield from _emergency_cards(page)
    yield from _self_harm(page)
    yield from _doses(page)
    yield from _dose_sources(page, library)
    yield from _stopping(page)


def _red_flags(page: AuthoredPage) -> Iterator[Fault]:
    if page.type is PageType.PERSON:
        return
    for piece in pieces(page):
        if (match := RED_FLAGS.search(piece.text)) and not _has_card(page, piece):
            yield page.on(piece.line).fault(
                "S201",
                f"`{match[0]}` is a warning sign, and the page has no urgent or emergency card.",
                "Add `red_flags`, `:::urgent` or `:::emergency`.",
            )
            return


def _has_card(page: AuthoredPage, piece: Piece) -> bool:
    """Whether a reader of the piece sees how to get help: on the page, or with the product that it is part of."""
    if getattr(page.meta, "red_flags", ()) or _CARD.search(page.body):
        return True
    if not isinstance(page.meta, Drug):
        return False
    products = page.meta.products
    if piece.loc[0] == "products" and isinstance(piece.loc[1], int):
        return bool(products[piece.loc[1]].red_flags)
    return any(product.red_flags for product in products)


def _emergency_cards(page: AuthoredPage) -> Iterator[Fault]:
    for loc, tokens in page.parsed:
        for line, heading, linked in emergency_cards(tokens):
            if heading != EMERGENCY_HEADING:
                yield page.on(line).fault(
                    "S202",
                    f"the card begins `{heading}`.",
                    f"Begin with a line `{EMERGENCY_HEADING}`, then an empty one.",
                )
            if linked:
                yield page.on(line).fault("S202", "an emergency card has a link.", _NO_LINK)
        if "red_flags" in loc:
            yield from (
                page.on(line).fault("S202", "a warning sign has a link.", _NO_LINK) for _, line in links(tokens)
            )
    for piece in pieces(page):
        if match := FOREIGN_NUMBERS.search(piece.text):
            yield page.on(piece.line).fault("S202", f"{match[0]} is not India's emergency number.", "Write 112.")


def _self_harm(page: AuthoredPage) -> Iterator[Fault]:
    found = list(pieces(page))
    flagged = next((piece for piece in found if SELF_HARM.search(piece.text)), None)
    if flagged and not any(MENTAL_HEALTH_LINE in piece.text for piece in found):
        yield page.on(flagged.line).fault(
            "S203", "a page that speaks of suicide or self-harm prints 14416 (Tele-MANAS)."
        )


def _doses(page: AuthoredPage) -> Iterator[Fault]:
    for piece in pieces(page):
        if piece.field not in DOSE_FIELDS and (match := DOSE.search(piece.text)):
            yield page.on(piece.line).fault(
                "S204",
                f"the {piece.field} has the dose `{match[0]}`.",
                "Move it to `how_taken`, `missed_dose` or `overdose` of the medicine.",
            )


def _dose_sources(page: AuthoredPage, library: Library) -> Iterator[Fault]:
    for piece in pieces(page):
        cited = [library.sources[source] for source, _ in piece.block.cites if source in library.sources]
        if piece.field not in DOSE_FIELDS or not cited or any(source.kind in DOSE_KINDS for source in cited):
            continue
        if match := DOSE.search(piece.text):
            yield page.on(piece.line).fault(
                "S206",
                f"the dose `{match[0]}` cites no label and no guideline.",
                "Cite the label that it stands in, or leave the dose out.",
            )


def _stopping(page: AuthoredPage) -> Iterator[Fault]:
    for piece in pieces(page):
        orders = [match for match in STOP_TAKING.finditer(piece.text) if not match["no_order"]]
        if orders and not ASK_FIRST.search(piece.text):
            yield page.on(piece.line).fault(
                "S205", "this tells a reader to stop a medicine.", 'Add "talk to your doctor first".'
            )
