"""The fields of the index, what each is worth, and why: one table.

There are two kinds of document. A page document holds a whole page and decides which pages answer a query and in which
order. A section document holds one section and decides where on the page the answer stands.
"""

from dataclasses import dataclass

from whoosh import fields

from healthlib.search.analysis import LineAnalyzer, StemAnalyzer


@dataclass(frozen=True)
class Weight:
    """A field that words are looked up in, and how much a match counts."""

    field: str
    boost: float
    reason: str


# A page about a thing carries its name in the title; a page that only mentions it does so in the body. The steps are
# wide enough that a title outweighs a mention, and small enough that a page with all words beats one with a title.
PAGE_FIELDS = (
    Weight("title", 6.0, "names the subject"),
    Weight("aliases", 4.0, "names the subject in other words"),
    Weight("headings", 2.0, "names a question that the page answers"),
    Weight("summary", 2.0, "says what the page is for, in 60 words"),
    Weight("body", 1.0, "mentions the word"),
)
SECTION_FIELDS = (
    Weight("section_heading", 2.0, "names the question that the section answers"),
    Weight("section_text", 1.0, "mentions the word"),
)

# `drug:`, `condition:` and `effect:` look in the names of the things that a page is about, and of the page itself.
ABOUT_FIELDS = {"drug": "about_drug", "condition": "about_condition", "effect": "about_effect"}


def make_schema() -> fields.Schema:
    """Return the schema of a new index."""
    stems, lines = StemAnalyzer(), LineAnalyzer()

    def text(phrase: bool = True) -> fields.TEXT:
        return fields.TEXT(analyzer=stems, phrase=phrase)

    schema = fields.Schema(
        page=fields.ID(stored=True),
        section=fields.STORED,
        heading=fields.STORED,
        text=fields.STORED,
        card=fields.STORED,
        names=fields.STORED,
        exact_name=fields.TEXT(analyzer=lines, phrase=False),
        exact_alias=fields.TEXT(analyzer=lines, phrase=False),
    )
    for weight in PAGE_FIELDS + SECTION_FIELDS:
        schema.add(weight.field, text())
    for field in ABOUT_FIELDS.values():
        schema.add(field, text())
    return schema
