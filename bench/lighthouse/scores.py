"""Reads Lighthouse's report."""

from collections.abc import Iterator
from typing import Any

Report = dict[str, Any]

FLOORS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
CATEGORIES = tuple(FLOORS)


def scores_of(report: Report) -> dict[str, int]:
    """Return the scores out of 100 by category.

    Raises:
        ValueError: when a category has none, because one of its audits could not be made.
    """
    found = {name: report["categories"][name]["score"] for name in CATEGORIES}
    if missing := [name for name, score in found.items() if score is None]:
        raise ValueError(f"Lighthouse gave no score for {', '.join(missing)}.")
    return {name: round(score * 100) for name, score in found.items()}


def failed(report: Report) -> Iterator[str]:
    """Yield a line for each audit that took something from a score: category, audit, score, what was measured."""
    for name in CATEGORIES:
        for part in report["categories"][name]["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                value = audit.get("displayValue", "")
                yield f"{name}: {part['id']} {round(audit['score'] * 100)} {value}".rstrip()
