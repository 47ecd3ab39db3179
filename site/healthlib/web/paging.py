"""Numbered pages of a listing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import abort, request

# Numbers shown around the current page.
AROUND = 2


@dataclass(frozen=True)
class Paging:
    """Where a reader is in a listing, and the addresses of the other pages.

    Attributes:
        page: this page's number, from 1.
        per_page: entries on a page.
        total: entries in all.
        path: the listing's address.
        values: query parameters that every page keeps.
    """

    page: int
    per_page: int
    total: int
    path: str
    values: Mapping[str, str | Sequence[str]]

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def offset(self) -> int:
        """How many entries come before this page."""
        return (self.page - 1) * self.per_page

    def url(self, page: int) -> str:
        """Return the address of a page; the first has no number in it, so that it has one address only."""
        values: dict[str, str | Sequence[str]] = {name: value for name, value in self.values.items() if value}
        if page > 1:
            values["page"] = str(page)
        return f"{self.path}?{urlencode(values, doseq=True)}" if values else self.path

    def numbers(self) -> list[int | None]:
        """Return the page numbers to show, None for a gap."""
        near = range(max(2, self.page - AROUND), min(self.pages, self.page + AROUND + 1))
        shown = [1, *near, *([self.pages] if self.pages > 1 else [])]
        found: list[int | None] = []
        for number in shown:
            last = found[-1] if found else 0
            if last is not None and number > last + 1:
                found.append(None)
            found.append(number)
        return found


def requested_page() -> int:
    """Return the page number of this request; 400 when it is no number from 1 to 100,000."""
    raw = request.args.get("page", "1")
    if not (raw.isascii() and raw.isdigit() and 1 <= int(raw[:7]) <= 100_000):
        abort(400, "The page number in the address is not a number from 1 on.")
    return int(raw)


def paging_for(total: int, per_page: int, values: Mapping[str, str | Sequence[str]] | None = None) -> Paging:
    """Return this request's place in a listing whose pages keep some parameters; 404 past its end."""
    paging = Paging(requested_page(), per_page, total, request.path, values or {})
    if paging.page > paging.pages:
        abort(404)
    return paging
