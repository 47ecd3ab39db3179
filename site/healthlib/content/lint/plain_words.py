"""W4 rules: plain words. They warn and never stop a build, because truth sometimes needs a long word."""

import re
from collections.abc import Iterator

from healthlib.content.authored import BODY, AuthoredPage
from healthlib.content.faults import Fault
from healthlib.content.lint.prose import grade, sentences, words
from healthlib.content.lint.texts import Piece, pieces
from healthlib.content.pagetypes import PageType

GRADE = 8
SENTENCE_WORDS = 20
PARAGRAPH_SENTENCES = 3

# A doctor's word, and words of which one must stand before it on the page, or beside it.
JARGON = {
    r"adverse (?:events?|effects?|reactions?)": r"side effects?",
    r"alopecia": r"hair",
    r"analgesics?": r"pain",
    r"anticoagulants?": r"blood thinners?|clots?",
    r"antipyretics?": r"fever",
    r"arrhythmias?": r"heart ?beats?|heart rhythm|beat of the heart",
    r"bradycardia": r"slow",
    r"contraindicat\w+": r"not take|not be taken|not for",
    r"cutaneous|dermal": r"skin",
    r"dyspepsia": r"indigestion",
    r"dyspno?ea": r"breath\w*",
    r"(?:o)?edema": r"swell\w*|swollen|fluid",
    r"embolism|embolus": r"clots?",
    r"emesis": r"vomit\w*",
    r"epistaxis": r"nosebleeds?",
    r"haemorrhages?|hemorrhages?": r"bleed\w*",
    r"hepatic": r"liver",
    r"hyperglyca?emia": r"high blood sugar|blood sugar",
    r"hypertension": r"high blood pressure|high pressure",
    r"hypoglyca?emia": r"low blood sugar|blood sugar",
    r"hypotension": r"low blood pressure",
    r"intramuscular": r"muscle",
    r"intravenous(?:ly)?": r"veins?|drip",
    r"lymphopenia|leukopenia|neutropenia": r"white blood cells?",
    r"metastas[ei]s|metastatic": r"spread\w*",
    r"monotherapy": r"alone|on its own",
    r"myocardial infarction": r"heart attacks?",
    r"neuropathy": r"nerves?",
    r"prophyla\w+": r"prevent\w*",
    r"pruritus": r"itch\w*",
    r"pulmonary": r"lungs?",
    r"pyrexia": r"fever",
    r"renal": r"kidneys?",
    r"subcutaneous(?:ly)?": r"under the skin",
    r"syncope": r"faint\w*",
    r"tachycardia": r"fast",
    r"teratogen\w+": r"unborn|birth defects?|babies|baby",
    r"thrombocytopenia": r"platelets?",
    r"thrombo(?:sis|ses)|thrombus": r"clots?",
}
_JARGON = [
    (re.compile(rf"\b(?:{term})\b", re.IGNORECASE), re.compile(rf"\b(?:{plain})\b", re.IGNORECASE), plain)
    for term, plain in JARGON.items()
]

HOW_OFTEN = re.compile(
    r"\b(?:very )?(?:common|uncommon|rare)(?:ly)?\b(?! (?:cold|sense|name|ground))(?<!in common)|\b(?:in)?frequently\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|most) (?:in|of|out)\b|not known", re.IGNORECASE
)
# Names; and Hindi, whose words and sentences are counted in another way.
_NO_PROSE = (("title",), ("name",), ("medical_name",), ("summary_hi",))
# "Medication Guide" is the name of a US document.
MEDICATION = re.compile(r"\b(medication)(s?)\b(?! guide)", re.IGNORECASE)


def check_page(page: AuthoredPage) -> Iterator[Fault]:
    """Yield every warning about the words of one page."""
    found = list(pieces(page))
    yield from _grade(page, found)
    for piece in found:
        yield from _length(page, piece)
        yield from _medication(page, piece)
        yield from _how_often(page, piece)
    yield from _jargon(page, found)
    yield from _spaces(page)


def reading_grade(page: AuthoredPage) -> float | None:
    """Return the grade of a page's running text: paragraphs and list items, headings and table rows left out."""
    return grade(piece.text for piece in pieces(page) if _is_prose(piece))


def _is_prose(piece: Piece) -> bool:
    return piece.block.kind in ("paragraph", "item") and piece.loc not in _NO_PROSE


def _grade(page: AuthoredPage, found: list[Piece]) -> Iterator[Fault]:
    level = grade(piece.text for piece in found if _is_prose(piece))
    if level is not None and level > GRADE:
        yield page.on(page.body_line).fault(
            "W401",
            f"the reading grade is {level:.1f}.",
            f"Shorter sentences and shorter words bring it to {GRADE}.",
            "warning",
        )


def _length(page: AuthoredPage, piece: Piece) -> Iterator[Fault]:
    if not _is_prose(piece):
        return
    parts = sentences(piece.text)
    for part in parts:
        if (long := len(words(part))) > SENTENCE_WORDS:
            yield page.on(piece.line).fault(
                "W402",
                f"a sentence has {long} words: `{' '.join(part.split()[:6])} ...`.",
                f"Make two of it: {SENTENCE_WORDS} are enough.",
                "warning",
            )
    if len(parts) > PARAGRAPH_SENTENCES and piece.loc == BODY:
        yield page.on(piece.line).fault(
            "W403",
            f"a paragraph has {len(parts)} sentences.",
            f"Part it after the third: {PARAGRAPH_SENTENCES} are enough.",
            "warning",
        )


def _jargon(page: AuthoredPage, found: list[Piece]) -> Iterator[Fault]:
    own = " / ".join((*page.meta.names, *page.meta.aliases))
    for term, plain, said in _JARGON:
        at = next((number for number, piece in enumerate(found) if term.search(piece.text)), None)
        if at is None or term.search(own) or any(plain.search(piece.text) for piece in found[: at + 1]):
            continue
        match = term.search(found[at].text)
        yield page.on(found[at].line).fault(
            "W404",
            f"`{match[0] if match else ''}` stands before a plain word.",
            f"Say it plainly first, as in: {_example(said)}.",
            "warning",
        )


def _example(said: str) -> str:
    return re.sub(r"\\w\*|\?|\(|\)", "", said.partition("|")[0])


def _how_often(page: AuthoredPage, piece: Piece) -> Iterator[Fault]:
    if page.type is PageType.INFO:
        return
    for part in sentences(piece.text):
        if (match := HOW_OFTEN.search(part)) and not _FIGURE.search(part):
            yield page.on(piece.line).fault(
                "W405",
                f"`{match[0]}` tells no reader how often.",
                'Write "39 in 100 people", or say that it is not known.',
                "warning",
            )


def _medication(page: AuthoredPage, piece: Piece) -> Iterator[Fault]:
    if match := MEDICATION.search(piece.text):
        yield page.on(piece.line).fault(
            "W406", f"`{match[0]}` is a long word for medicine.", "Write medicine. --fix does it.", "warning"
        )


def _spaces(page: AuthoredPage) -> Iterator[Fault]:
    for below, line in enumerate(page.body.split("\n")):
        if line != line.rstrip():
            yield page.on(page.body_line + below).fault(
                "W407", "there are spaces at the end of the line.", "Take them out. --fix does it.", "warning"
            )
