"""Hostile requests to a real server, and what its log keeps of them: nothing that a reader typed."""

import pytest

from healthlib.cli.attacks import attacks, random_attacks
from healthlib.cli.hostile import STATUSES, sender
from served import Site

pytestmark = pytest.mark.slow

PLANTED = "plantedword"
# A server refuses each of these before the site sees it.
BROKEN = [
    "GET /search?q={} two HTTP/1.1\r\nHost: x\r\n\r\n",
    "GET /search?q={} HTTP/9.9\r\nHost: x\r\n\r\n",
    "{} /search HTTP/1.1\r\nHost: x\r\n\r\n",
    "GET /search?q={} HTTP/1.1\r\n{}\r\n\r\n",
    "GET /search HTTP/1.1\r\nHost: x\r\nReferer : {}\r\n\r\n",
    "GET /search?q={}",
]


def test_hostile_requests_over_http(site: Site) -> None:
    send = sender(f"http://127.0.0.1:{site.port}")
    answers = [send(attack) for attack in (*attacks(), *random_attacks(30, 1))]
    assert [answer for answer in answers if answer.status not in STATUSES] == []


def test_no_log_of_a_server_holds_what_was_asked(site: Site) -> None:
    for path in ("/search?q={}", "/search/suggest?q={}", "/search?q={}&type=nonsense", "/search?q=" + "{}" * 900):
        site.get(path.replace("{}", PLANTED))
    for request in BROKEN:
        site.send(request.replace("{}", PLANTED).encode())
    log = site.log.read_text(encoding="utf-8")
    assert "Invalid request" in log, "the server refused nothing"
    assert PLANTED not in log
