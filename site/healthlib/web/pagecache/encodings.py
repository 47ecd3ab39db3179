"""Ways to compress an answer, and which one a browser gets.

gzip is always there; Brotli and Zstandard where their packages are installed.
"""

import gzip
from collections.abc import Callable, Mapping
from functools import lru_cache, partial

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

try:
    import brotli
except ImportError:
    brotli = None
try:
    import zstandard
except ImportError:
    zstandard = None

IDENTITY = "identity"
# Browsers send some 30 characters; what is far longer is not worth remembering.
LONGEST = 200

Encoder = Callable[[bytes, bool], bytes]


def _gzip(body: bytes, thorough: bool) -> bytes:
    # No time in it: the same page has the same bytes in every worker.
    return gzip.compress(body, 9 if thorough else 1, mtime=0)


def _brotli(module: object, body: bytes, thorough: bool) -> bytes:
    found: bytes = module.compress(body, quality=6 if thorough else 1)  # type: ignore[attr-defined]
    return found


def _zstandard(module: object, body: bytes, thorough: bool) -> bytes:
    found: bytes = module.ZstdCompressor(level=12 if thorough else 1).compress(body)  # type: ignore[attr-defined]
    return found


def _encoders() -> dict[str, Encoder]:
    found: dict[str, Encoder] = {}
    if brotli is not None:
        found["br"] = partial(_brotli, brotli)
    if zstandard is not None:
        found["zstd"] = partial(_zstandard, zstandard)
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
