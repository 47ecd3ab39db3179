"""Ways to compress an answer, and which one a browser gets.

gzip is always there; Brotli and Zstandard where their packages are installed.
"""

import gzip
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

IDENTITY = "identity"
# Browsers send some 30 characters; what is far longer is not worth remembering.
LONGEST = 200

Encoder = Callable[[bytes, bool], bytes]


def _gzip(body: bytes, thorough: bool) -> bytes:
    # No time in it: the same page has the same bytes in every worker.
    return gzip.compress(body, 9 if thorough else 1, mtime=0)


def _brotli(module: Any, body: bytes, thorough: bool) -> bytes:
    return bytes(module.compress(body, quality=6 if thorough else 1))


def _zstandard(module: Any, body: bytes, thorough: bool) -> bytes:
    return bytes(module.ZstdCompressor(level=12 if thorough else 1).compress(body))


def _encoders() -> dict[str, Encoder]:
    extra = {"br": ("brotli", _brotli), "zstd": ("zstandard", _zstandard)}
    found: dict[str, Encoder] = {
        coding: partial(encode, import_module(package))
        for coding, (package, encode) in extra.items()
        if find_spec(package) is not None
    }
    return found | {"gzip": _gzip}


# The smallest answers first: who accepts several equally gets the first of them.
ENCODERS: Mapping[str, Encoder] = _encoders()


def encoding_for(header: str) -> str:
    """Return the content coding for an `Accept-Encoding` header: a key of ENCODERS, or IDENTITY.

    A header that refuses every coding gets IDENTITY too: RFC 9110, section 12.5.3, has that rather than no answer.
    """
    return _chosen(header) if len(header) <= LONGEST else IDENTITY


@lru_cache(maxsize=256)
def _chosen(header: str) -> str:
    accept = parse_accept_header(header, Accept)
    best = max(ENCODERS, key=accept.quality)
    quality = accept.quality(best)
    return best if quality > 0 and quality >= accept.quality(IDENTITY) else IDENTITY
