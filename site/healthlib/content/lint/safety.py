"""S rules: a reader in danger is told what to do, and nobody finds a dose where it has no context."""

import re
from collections.abc import Iterator

from healthlib.content.authored import AuthoredPage
from healthlib.content.drug import Drug
from healthlib.content.faults import Fault
from healthlib.content.lint.texts import blocks_of, body_blocks, front_blocks
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
FOREIGN_NUMBERS = re.compile(r"\b(?:911|999)\b")
EMERGENCY_HEADING = "Call 112 if:"

DOSE = re.compile(r"\b\d[\d,.]*\s?(?:mg|mcg|µg|micrograms?|milligrams?|IU)\b(?!\s?/\s?d[lL])", re.IGNORECASE)
DOSE_FIELDS = frozenset({"how_taken", "missed_dose", "overdose", "strengths"})

STOP_TAKING = re.compile(r"\bstop (?:taking|using) (?:it|this|your|the)\b", re.IGNORECASE)
NOT_STOP = re.compile(r"(?:do not|don't|never|not to|should not)\s+(?:suddenly\s+)?stop", re.IGNORECASE)
ASK_FIRST = re.compile(r"talk to (?:your|a) doctor first|unless your doctor|call 112", re.IGNORECASE)

_CARD = re.compile(r"^:::\s*(\w+)\s*$")


def check_page(page: AuthoredPage) -> Iterator[Fault]:
    """Yield every safety fault of one page."""
    yield from _red_flags(page)
    yield from _emergency_cards(page)
    yield from _self_harm(page)
    yield from _doses(page)
    yield from _stopping(page)


def _has_card(page: AuthoredPage) -> bool:
    own = bool(getattr(page.meta, "red_flags", ()))
    product = isinstance(page.meta, Drug) and any(product.red_flags for product in page.meta.products)
    return own or product or re.search(r"^:::\s*(?:emergency|urgent)\b", page.body, re.MULTILINE) is not None


def _red_flags(page: AuthoredPage) -> Iterator[Fault]:
    if page.type is PageType.PERSON or _has_card(page):
        return
    for block in blocks_of(page):
        if match := RED_FLAGS.search(block.text):
            yield page.on(block.line).fault(
                "S201",
                f"`{match[0]}` is a warning sign, and the page has no urgent or emergency card.",
                "Add `red_flags`, `:::urgent` or `:::emergency`.",
            )
            return


def _emergency_cards(page: AuthoredPage) -> Iterator[Fault]:
    lines = page.body.split("\n")
    for number, line in enumerate(lines):
        match = _CARD.match(line)
        if not match or match[1] != "emergency":
            continue
        end = next((at for at in range(number + 1, len(lines)) if lines[at].strip() == ":::"), len(lines))
        yield from _emergency_card(page, number, lines[number + 1 : end])
    for block in blocks_of(page):
        if match := FOREIGN_NUMBERS.search(block.text):
            yield page.on(block.line).fault("S202", f"{match[0]} is not India's emergency number.", "Write 112.")


def _emergency_card(page: AuthoredPage, number: int, card: list[str]) -> Iterator[Fault]:
    place = page.on(page.body_line + number)
    first = next((line.strip() for line in card if line.strip()), "")
    if first != EMERGENCY_HEADING:
        yield place.fault("S202", f"the card begins `{first}`.", f"Begin with `{EMERGENCY_HEADING}`.")
    if any("](" in line for line in card):
        yield place.fault("S202", "an emergency card has a link.", "A reader in danger must not be sent to a page.")


def _self_harm(page: AuthoredPage) -> Iterator[Fault]:
    found = [block for block in blocks_of(page)]
    flagged = next((block for block in found if SELF_HARM.search(block.text)), None)
    if flagged and not any(MENTAL_HEALTH_LINE in block.text for block in found):
        yield page.on(flagged.line).fault(
            "S203", "a page that speaks of suicide or self-harm prints 14416 (Tele-MANAS)."
        )


def _doses(page: AuthoredPage) -> Iterator[Fault]:
    fix = "Move it to `how_taken`, `missed_dose` or `overdose` of the medicine."
    if match := DOSE.search(page.meta.summary):
        yield page.at("summary").fault("S204", f"the summary has the dose `{match[0]}`.", fix)
    for text, block in front_blocks(page):
        if text.field not in DOSE_FIELDS and (match := DOSE.search(block.text)):
            yield page.on(block.line).fault("S204", f"`{text.field}` has the dose `{match[0]}`.", fix)
    for block in body_blocks(page):
        if match := DOSE.search(block.text):
            yield page.on(block.line).fault("S204", f"the text has the dose `{match[0]}`.", fix)


def _stopping(page: AuthoredPage) -> Iterator[Fault]:
    for block in blocks_of(page):
        if not STOP_TAKING.search(block.text):
            continue
        if not NOT_STOP.search(block.text) and not ASK_FIRST.search(block.text):
            yield page.on(block.line).fault(
                "S205", "this tells a reader to stop a medicine.", 'Add "talk to your doctor first".'
            )
