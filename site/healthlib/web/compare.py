"""Two medicines side by side: the build has laid out each column, a request puts two of them together."""

from collections.abc import Sequence
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from healthlib.content.compared import Compared, effect_pairs, pair_url
from healthlib.content.comparisons import FIELDS, articles_on, choices, pairs, products_of
from healthlib.content.published import Link
from healthlib.web.context import current_generation
from healthlib.web.frame import frame_for, mark

comparing = Blueprint("compare", __name__)

# Pairs that the chooser offers; more would be a listing.
OFFERED = 12
SUMMARY = "{} and {} side by side: uses, cautions, how each is taken, side effects in numbers, with sources."
UNKNOWN = "One of the medicines in the address is not in our library. Please choose again."
SAME = "That is the same medicine twice. Please choose two."


@comparing.get("/compare/")
def chooser() -> ResponseReturnValue:
    """Let readers choose two medicines, and send them on to their comparison."""
    store = current_generation().store
    offered = choices(store)
    a, b = request.args.get("a", ""), request.args.get("b", "")
    known = {"", *(choice.value for choice in offered)}
    problem = UNKNOWN if not {a, b} <= known else SAME if a and a == b else ""
    if a and b and not problem:
        return redirect(_address(a, b), 302)
    suggested = [link for link, _ in pairs(store, OFFERED)]
    page = render_template("pages/compare_chooser.html", choices=offered, a=a, b=b, problem=problem, pairs=suggested)
    return page, 400 if problem else 200


@comparing.get("/compare/<a>/<b>/")
def pair(a: str, b: str) -> ResponseReturnValue:
    """Show two medicines side by side."""
    if a > b:
        return redirect(_address(_value(b, "pb"), _value(a, "pa")), 301)
    store = current_generation().store
    one, other = products_of(store, a), products_of(store, b)
    if not one or not other or (a == b and len(one) == 1):
        abort(404)
    left = _chosen(one, "pa", one[0])
    right = _chosen(other, "pb", other[1 if a == b and left is one[0] else 0])
    if left == right:
        abort(400, SAME)
    main = render_template(
        "compare/pair.html",
        left=left,
        right=right,
        heads=[
            (left, _links(one, _values(other)[other.index(right)])),
            (right, _links(other, _values(one)[one.index(left)])),
        ],
        fields=FIELDS,
        rows=effect_pairs(left, right),
        articles=articles_on(store, a, b),
    )
    title, summary = f"{left.label} and {right.label}", SUMMARY.format(left.label, right.label)
    frame = frame_for("compare", _frame)
    response = Response(frame.fill(title=title, summary=summary, url=pair_url(a, b), main=main.encode()))
    if request.args:
        # The plain address stands for all choices of products.
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _frame() -> str:
    words = {name: mark(name) for name in ("title", "summary", "url", "main")}
    return render_template("pages/compare.html", **words)


def _chosen(products: Sequence[Compared], name: str, default: Compared) -> Compared:
    """Return the product that a parameter names; 400 when the medicine has none of that name."""
    wanted = request.args.get(name)
    found = [product for product in products if product.id == wanted]
    if wanted is not None and not found:
        abort(400, f"{products[0].medicine.text} has no product of that name.")
    return found[0] if found else default


def _value(slug: str, parameter: str) -> str:
    """Return a medicine as the chooser names it, with the product that a parameter of this request asks for."""
    product = request.args.get(parameter)
    return f"{slug}:{product}" if product else slug


def _address(a: str, b: str) -> str:
    """Return where two chosen products are compared."""
    (first, pa), (second, pb) = sorted(value.split(":", 1) if ":" in value else [value, ""] for value in (a, b))
    asked = {name: product for name, product in (("pa", pa), ("pb", pb)) if product}
    return pair_url(first, second) + (f"?{urlencode(asked)}" if asked else "")


def _values(products: Sequence[Compared]) -> list[str]:
    """Return products as the chooser names them: the first of a medicine needs no name."""
    return [f"{product.slug}:{product.id}" if place else product.slug for place, product in enumerate(products)]


def _links(products: Sequence[Compared], beside: str) -> list[Link]:
    """Return the products of one side, each with the address that puts it beside the other side's product."""
    named = zip(products, _values(products), strict=True)
    return [Link(text=product.name, url=_address(value, beside)) for product, value in named if value != beside]
