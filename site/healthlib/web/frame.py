"""What stands around the words of a page: rendered once for each kind of page, then only filled.

A template takes longer to run than all else that a page needs, and most of what it prints is the same for every page of
a kind. So it is run for a page whose words are marks, and cut at the marks.
"""

import re
from collections.abc import Callable, Hashable, Sequence
from hashlib import blake2b

from flask import Flask, current_app
from markupsafe import Markup, escape

from healthlib.web.context import current_settings

_FRAMES = "healthlib_frames"
# Signs that no page has: YAML, Markdown and the reader's query all lose them, and escaping leaves them alone.
_MARK = re.compile("\x02([a-z]+)\x03")


def mark(name: str) -> Markup:
    """Return what a template is given in place of some words."""
    return Markup("\x02{}\x03").format(name)


class Frame:
    """The HTML around the words of one kind of page.

    Attributes:
        digest: changes whenever the HTML does.
    """

    def __init__(self, html: str) -> None:
        """Cut the HTML of a page whose words are marks."""
        # Every other part is the name of what goes there.
        parts = _MARK.split(html)
        self._parts: Sequence[bytes] = [part.encode() for part in parts[::2]]
        self._names: Sequence[str] = parts[1::2]
        self.digest = blake2b(html.encode(), digest_size=8).hexdigest()

    def fill(self, **words: str | bytes) -> bytes:
        """Return the whole document: text is escaped, unless it is Markup; bytes are finished HTML."""
        ready = {name: word if isinstance(word, bytes) else str(escape(word)).encode() for name, word in words.items()}
        filled = [self._parts[0]]
        for name, part in zip(self._names, self._parts[1:], strict=True):
            filled += (ready[name], part)
        return b"".join(filled)


def init_frames(app: Flask) -> None:
    """Make room for the frames of an application."""
    app.extensions[_FRAMES] = {}


def frame_for(kind: Hashable, render: Callable[[], str]) -> Frame:
    """Return the frame of a kind of page; `render` gives the HTML with marks when it is asked for first.

    In development it is rendered each time: a changed template must be seen at once.
    """
    frames: dict[Hashable, Frame] = current_app.extensions[_FRAMES]
    found = frames.get(kind)
    if found is None:
        found = Frame(render())
        if current_settings().environment == "production":
            frames[kind] = found
    return found
