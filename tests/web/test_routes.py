"""A checked-in list of addresses: one that vanishes fails here, one that is new is added with thought."""

from flask import Flask

from healthlib.config import ROOT


def test_routes_are_those_listed(app: Flask) -> None:
    found = sorted(f"{rule.rule}" for rule in app.url_map.iter_rules())
    listed = (ROOT / "tests" / "routes.txt").read_text(encoding="utf-8").splitlines()
    assert found == listed
