"""Which coding a browser gets, and when a copy that it has is good enough."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.http import is_resource_modified
from werkzeug.test import EnvironBuilder

from healthlib.web.pagecache.encodings import ENCODERS, IDENTITY, LONGEST, encoding_for
from healthlib.web.pagecache.ready import WORTH_COMPRESSING, Ready

BODY = b"<p>multiple sclerosis</p>" * 100
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("ETag", 'W/"abc"'), ("Content-Length", "2500")]


def asked(ready: Ready, **headers: str) -> tuple[str, dict[str, str], bytes]:
    started: list[tuple[str, list[tuple[str, str]]]] = []
    environ = EnvironBuilder(headers={name.replace("_", "-"): value for name, value in headers.items()}).get_environ()
    body = ready.answer(environ, lambda status, found, _error=None: started.append((status, found)))
    return started[0][0], dict(started[0][1]), b"".join(body)


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("", IDENTITY),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("gzip;q=0", IDENTITY),
        ("gzip;q=0.0, *;q=0", IDENTITY),
        ("gzip;q=0.001", "gzip"),
        ("gzip;q=0.5, identity;q=0.8", IDENTITY),
        ("gzip;q=0.5, identity;q=0.5", "gzip"),
        ("identity", IDENTITY),
        ("identity;q=0", IDENTITY),
        ("deflate, compress", IDENTITY),
        ("gzip;q=nonsense", IDENTITY),
        (",,;=", IDENTITY),
        ("*;q=0, gzip", "gzip"),
        ("gzip, " * LONGEST, IDENTITY),
    ],
)
def test_a_browser_gets_what_it_accepts(header: str, coding: str) -> None:
    assert encoding_for(header) == coding


def test_of_several_the_smallest_is_sent() -> None:
    first = next(iter(ENCODERS))
    assert encoding_for("gzip, deflate, br, zstd") == encoding_for("*") == first
    assert encoding_for(f"*, {first};q=0") == next((name for name in ENCODERS if name != first), IDENTITY)


QUALITIES = st.sampled_from([None, "0", "0.000", "0.2", "0.5", "1", "1.000"])
CODINGS = st.sampled_from(["gzip", "br", "zstd", "identity", "*", "deflate"])


@given(st.lists(st.tuples(CODINGS, QUALITIES), max_size=5, unique_by=lambda one: one[0]))
def test_the_choice_is_that_of_the_standard(accepted: list[tuple[str, str | None]]) -> None:
    """RFC 9110, section 12.5.3, read without werkzeug."""
    said = {name: 1.0 if quality is None else float(quality) for name, quality in accepted}
    header = ", ".join(name if quality is None else f"{name};q={quality}" for name, quality in accepted)
    able = {name: said.get(name, said.get("*", 0.0)) for name in ENCODERS}
    best = max(able.values())
    plain = said.get(IDENTITY, said.get("*", 0.0))
    expected = next(name for name in able if able[name] == best) if best > 0 and best >= plain else IDENTITY
    assert encoding_for(header) == expected


@pytest.mark.parametrize("coding", ENCODERS)
def test_every_coding_can_be_read_again(coding: str) -> None:
    readers = {"gzip": gzip.decompress}
    if coding == "br":
        readers["br"] = pytest.importorskip("brotli").decompress
    if coding == "zstd":
        readers["zstd"] = pytest.importorskip("zstandard").ZstdDecompressor().decompress
    for thorough in (False, True):
        status, headers, body = asked(Ready(HEADERS, BODY, thorough), Accept_Encoding=coding)
        assert (status, headers["Content-Encoding"], headers["Vary"]) == ("200 OK", coding, "Accept-Encoding")
        assert headers["Content-Length"] == str(len(body))
        assert len(body) < len(BODY) / 2
        assert readers[coding](body) == BODY


def test_it_is_compressed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bytes] = []
    monkeypatch.setattr(
        "healthlib.web.pagecache.ready.ENCODERS", {"gzip": lambda body, _thorough: made.append(body) or b"small"}
    )
    ready = Ready(HEADERS, BODY, thorough=True)
    weight = ready.weight
    assert [asked(ready, Accept_Encoding="gzip")[2] for _ in range(3)] == [b"small"] * 3
    assert asked(ready)[2] == BODY
    assert len(made) == 1
    assert ready.weight == weight + len(b"small")


@pytest.mark.parametrize(
    ("kind", "body"),
    [("text/html", b"x" * (WORTH_COMPRESSING - 1)), ("image/png", BODY), ("application/octet-stream", BODY)],
)
def test_what_does_not_shrink_is_sent_as_it_is(kind: str, body: bytes) -> None:
    _, headers, sent = asked(Ready([("Content-Type", kind)], body, thorough=True), Accept_Encoding="gzip")
    assert sent == body
    assert "Vary" not in headers
    assert "Content-Encoding" not in headers


def test_the_date_is_the_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    ready = Ready([*HEADERS, ("Date", "Sun, 22 Nov 2026 23:39:44 GMT")], BODY, thorough=True)
    assert "Date" not in asked(ready)[1]


@pytest.mark.parametrize("known", [{}, {"HTTP_IF_NONE_MATCH": "*"}])
def test_a_server_that_changes_headers_changes_none_of_ours(known: dict[str, str]) -> None:
    ready = Ready(HEADERS, BODY, thorough=True)
    found: list[list[tuple[str, str]]] = []
    for _ in range(2):
        ready.answer({"REQUEST_METHOD": "GET"} | known, lambda _status, headers: found.append(headers))
        assert ("Connection", "close") not in found[-1]
        found[-1].append(("Connection", "close"))


TAGS = st.sampled_from(['"abc"', 'W/"abc"', '"abd"', "*", "abc", '"a', "", '"abc', ",", 'w/"abc"', '""', "\\"])


@given(st.lists(TAGS, max_size=4), st.sampled_from([", ", ",", " , ", " "]))
def test_a_copy_is_good_where_werkzeug_says_so(tags: list[str], between: str) -> None:
    known = between.join(tags)
    status, headers, body = asked(Ready(HEADERS, BODY, thorough=True), If_None_Match=known)
    environ = EnvironBuilder(headers={"If-None-Match": known}).get_environ()
    modified = is_resource_modified(environ, etag='W/"abc"')
    assert status == ("200 OK" if modified else "304 NOT MODIFIED")
    assert body == (BODY if modified else b"")
    assert ("Content-Type" in headers) == modified


def test_without_a_tag_nothing_is_304() -> None:
    assert asked(Ready([("Content-Type", "text/html")], BODY, thorough=True), If_None_Match="*")[0] == "200 OK"
