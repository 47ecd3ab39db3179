"""A new page of each kind, with every required field and section, for an author to fill in.

A skeleton can be read as it is and is a draft, so it disturbs nobody's build. What its author must choose (a topic, a
source) is named `fill-in`: once `status` is `published`, the linter points at each one that is left.
"""

from datetime import date
from types import MappingProxyType

from healthlib.content.pagetypes import PageType

FILL_IN = "fill-in"
REVIEW_YEARS = 2

_OWN = MappingProxyType(
    {
        PageType.ARTICLE: """\
title: {title}
kind: guide                  # explainer, comparison, guide, news
drugs: []
conditions: []
side_effects: []
key_facts: []                # - {{label: How often, text: "Once a month [@a-source]"}}
questions: []                # questions for your doctor
faq: []                      # - {{question: ..., answer: ...}}
red_flags: []
""",
        PageType.MEDICINE: """\
name: {name}
aliases: []
classes: [fill-in]
products:
  - form: tablet
    route: by mouth
    prescription: true
    indications:
      - text: "Fill in what it is used for [@fill-in]"
    how_taken: "Fill in how it is taken. [@fill-in]"
    red_flags: []
    side_effects:
      - effect: fill-in      # a file in content/side-effects/
        frequency: not_known # or pct, as the label prints it
        serious: false
        care: doctor         # self, doctor, urgent, emergency
        what_to_do: Fill in what to do.
        source: fill-in
""",
        PageType.CONDITION: "name: {name}\naliases: []\nred_flags: []\n",
        PageType.SIDE_EFFECT: "name: {name}\naliases: []\ncare: doctor   # self, doctor, urgent, emergency\n",
        PageType.CLASS: "name: {name}\naliases: []\n",
        PageType.TOPIC: "name: {name}\naliases: []\n",
        PageType.PERSON: "name: {title}\nrole: Fill in the role\n",
        PageType.INFO: "title: {title}\npath: /{slug}/\n",
    }
)
_COMMON = """\
summary: Fill in one paragraph of 60 words or fewer.
lang: en
status: draft                # published when it is ready
published: {today}
updated: {today}
made_with: human             # or ai-assisted
"""
_SIGNED = """\
author: {author}
review_due: {due}
conflicts_of_interest: none
topics: {topics}
"""


def skeleton(page_type: PageType, slug: str, today: date, author: str = FILL_IN) -> str:
    """Return the text of a new file.

    Args:
        page_type: its kind.
        slug: its file name.
        today: the day it is begun.
        author: a file in `content/people/`.
    """
    name = slug.replace("-", " ")
    fields = _OWN[page_type].format(name=name, title=name.capitalize(), slug=slug) + _COMMON.format(today=today)
    if page_type is not PageType.PERSON:
        topics = f"[{FILL_IN}]" if page_type not in (PageType.TOPIC, PageType.CLASS, PageType.INFO) else "[]"
        fields += _SIGNED.format(author=author, due=_years_later(today, REVIEW_YEARS), topics=topics)
    return f"---\n{fields}---\n{_body(page_type)}"


def _body(page_type: PageType) -> str:
    wanted = page_type.spec.sections or ("what-it-is",)
    return "\n".join(f"## {section.replace('-', ' ').capitalize()} {{#{section}}}\n\nFill in.\n" for section in wanted)


def _years_later(day: date, years: int) -> date:
    # 29 February comes back every fourth year only.
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)
