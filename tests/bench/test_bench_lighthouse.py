"""What script/lighthouse reads of a report, and that nothing it installs is checked in or fetched unpinned."""

import json
from typing import Any

import pytest

from bench.lighthouse.scores import CATEGORIES, failed, scores_of
from healthlib.config import ROOT

FOLDER = ROOT / "bench" / "lighthouse"


def report(score: float | None = 1) -> dict[str, Any]:
    refs = [{"id": "speed", "weight": 1}, {"id": "hint", "weight": 0}]
    return {
        "categories": {name: {"score": 1.0, "auditRefs": []} for name in CATEGORIES}
        | {"performance": {"score": score, "auditRefs": refs}},
        "audits": {"speed": {"score": 1}, "hint": {"score": 0}},
    }


def test_scores_are_out_of_a_hundred() -> None:
    assert scores_of(report(0.975)) == dict.fromkeys(CATEGORIES, 100) | {"performance": 98}


def test_a_missing_score_is_no_zero() -> None:
    with pytest.raises(ValueError, match="no score for performance"):
        scores_of(report(None))


def test_only_what_costs_points_is_listed() -> None:
    assert list(failed(report())) == []
    found = failed(report(0.9) | {"audits": {"speed": {"score": 0.5, "displayValue": "3 s"}, "hint": {"score": 0}}})
    assert list(found) == ["performance: speed 50 3 s"]


def test_what_is_installed_is_pinned_by_digest() -> None:
    wanted = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))["dependencies"]
    locked = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert locked[""]["dependencies"] == wanted == {"lighthouse": locked["node_modules/lighthouse"]["version"]}
    assert all(entry["integrity"] for name, entry in locked.items() if name)
    assert "node_modules/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
