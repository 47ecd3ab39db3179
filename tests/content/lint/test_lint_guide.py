"""The table "before and after" of docs/writing.md: each "before" breaks its rule, each "after" keeps it."""

import re

import pytest

from healthlib.config import ROOT
from healthlib.content.faults import Fault
from healthlib.content.lint import access, claims, plain_words, provenance, safety
from samples import TODAY, Sample, article, library, small_medicine

GUIDE = (ROOT / "docs" / "writing.md").read_text(encoding="utf-8")
PAIRS = re.findall(r"^\| ([A-Z]\d{3}) \| (.+) \| (.+) \|$", GUIDE, re.MULTILINE)


def page_with(rule: str, text: str) -> Sample:
    """Return a page of the kind that the rule is about with the text in its body."""
    if rule == "L302":
        return small_medicine(body=f"{small_medicine().body}\n{text}\n")
    body = f"## One {{#one}}\n\n{text}\n"
    if rule == "W401":
        # The grade is that of the whole page: nothing else may stand on it.
        return article(body=body, faq=[], key_facts=[], questions=[], red_flags=[], summary="It is.")
    return article(body=body, sensitive=rule == "L303")


def rules_of(sample: Sample) -> set[str]:
    read = library(sample)
    page = read.ref(sample.ref)
    assert page is not None
    found: list[Fault] = [
        *provenance.check_page(page, read, TODAY),
        *safety.check_page(page, read),
        *claims.check_page(page, read),
        *access.check_page(page),
        *plain_words.check_page(page),
    ]
    return {fault.rule for fault in found}


@pytest.mark.parametrize(("rule", "before", "after"), PAIRS, ids=[rule for rule, _, _ in PAIRS])
def test_before_breaks_its_rule_and_after_keeps_all(rule: str, before: str, after: str) -> None:
    assert rule in rules_of(page_with(rule, before))
    assert rules_of(page_with(rule, after)) == set()


def test_every_rule_of_words_has_an_example() -> None:
    assert {f"W40{n}" for n in range(1, 7)} | {f"L30{n}" for n in range(1, 5)} <= {rule for rule, _, _ in PAIRS}
