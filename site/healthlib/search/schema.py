"""The fields of the index, what each is worth, and why: one table.

There are two kinds of document. A page document holds a whole page and decides which pages answer a query and in which
order. A section document holds one section and decides where on the page the answer stands.
"""

from dataclasses import dataclass

from whoosh import fields

from healthlib.search.analysis import LineAnalyzer
from healthlib.search.positions import StemField


@dataclass(frozen=True)
class Weight:
    """A field that words are looked up in, and how much a match counts."""

    field: str
    boost: float
    reason: str


# Chosen on the development sets, whose pages have a title and a text. A title of 1, 2, 3 and 6 times the text gave an
# nDCG@10 of 0.325, 0.317, 0.314, 0.312 on NFCorpus and 0.610, 0.687, 0.692, 0.670 on LiveQA; exact names have a tier of
# their own and need no weight.
PAGE_FIELDS = (
    Weight("title", 2.0, "names the subject; measured above"),
    Weight("aliases", 2.0, "names the subject in other words, so it counts as a title does"),
    Weight("headings", 1.5, "names a question that the page answers: between a title and a mention"),
    Weight("summary", 1.5, "says in 60 words what the page is for: between a title and a mention"),
    Weight("body", 1.0, "mentions the word; the unit"),
    Weight("about_drug", 2.0, "is about the medicine: as a title; 0 to 3 gave 0.809 to 0.830 on the golden set"),
    Weight("about_condition", 2.0, "is about the condition, as above"),
    Weight("about_effect", 2.0, "lists the side effect, as above"),
)
SECTION_FIELDS = (
    Weight("section_heading", 2.0, "names the question that the section answers"),
    Weight("section_text", 1.0, "mentions the word"),
)

# What a document is, and the fields that words are looked up in there.
PAGE, SECTION = "page", "section"
FIELDS_OF = {PAGE: PAGE_FIELDS, SECTION: SECTION_FIELDS}

# `drug:`, `condition:` and `effect:` look in the names of the things that a page is about, and of the page itself.
ABOUT_FIELDS = {"drug": "about_drug", "condition": "about_condition", "effect": "about_effect"}


def make_schema() -> fields.Schema:
    """Return the schema of a new index."""
    lines = LineAnalyzer()
    schema = fields.Schema(
        page=fields.ID(stored=True),
        exact_name=fields.TEXT(analyzer=lines, phrase=False),
        exact_alias=fields.TEXT(analyzer=lines, phrase=False),
    )
    for weight in PAGE_FIELDS + SECTION_FIELDS:
        schema.add(weight.field, StemField())
    return schema
