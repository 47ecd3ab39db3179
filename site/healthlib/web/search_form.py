"""Reads the parameters of a search request and reports all that is wrong with them together."""

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, IntegerField, SelectChoice, SelectField, StringField
from wtforms.validators import Optional, ValidationError

from healthlib.search.facets import Facets
from healthlib.search.filters import Facet, Filters
from healthlib.search.query import Query, printable, read_query
from healthlib.search.results import Options, Sort

SEARCH = "/search"
LAST_PAGE = 10_000
_FACETS = frozenset(facet.value for facet in Facet)


def same_search(args: MultiDict[str, str]) -> tuple[str, ...]:
    """Return what the form reads of an address: where this is equal, so are the answers of one generation on one day.

    Parameters may stand in any order; unknown ones, a second value, empty filters and more spaces change nothing.
    """
    filters = (args.get(facet.value, "") for facet in Facet)
    order, page = args.get("sort", Sort.BEST.value), args.get("page", "1")
    return tidy(args.get("q", "")), *filters, order, page, args.get("exact", "")


def tidy(typed: str | None) -> str:
    """Return what was typed without unprintable signs and with single spaces between words."""
    return " ".join(printable(typed or "").split())


def _page_number(_form: FlaskForm, field: IntegerField) -> None:
    """Refuse what is no page; the library's own check fails on numbers too large for a float."""
    if field.data is not None and not 1 <= field.data <= LAST_PAGE:
        raise ValidationError(f"Number must be between 1 and {LAST_PAGE}.")


class SearchForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """The search form: a plain GET, so without a token, and with it without a cookie."""

    class Meta:
        """No token: nothing is changed by a search."""

        csrf = False

    q = StringField("Search", filters=[tidy])
    type = StringField(Facet.TYPE.label)
    topic = StringField(Facet.TOPIC.label)
    condition = StringField(Facet.CONDITION.label)
    drug_class = StringField(Facet.CLASS.label, name=Facet.CLASS.value)
    reviewed = StringField(Facet.REVIEWED.label)
    sort = SelectField(
        "Order",
        choices=[
            SelectChoice(Sort.BEST.value, "Best match"),
            SelectChoice(Sort.NEWEST.value, "Newest first"),
            SelectChoice(Sort.TITLE.value, "A to Z"),
        ],
        default=Sort.BEST.value,
    )
    exact = BooleanField("Only the words typed")
    page = IntegerField("Page", default=1, validators=[Optional(), _page_number])

    def problems(self, facets: Facets) -> str:
        """Return every problem in one text, or "" when there is none; a filter must be a value that a page may have."""
        self.validate()
        found = [(field.label.text, error) for field in self for error in field.errors]
        found += [
            (facet.label, "Not a valid choice.")
            for facet, value in self.filters().items()
            if facets.label(facet, value) is None
        ]
        return " ".join(f"{label}: {error}" for label, error in found)

    def query(self) -> Query:
        """Return what was asked."""
        return read_query(self.q.data or "")

    def filters(self) -> Filters:
        """Return the filters that were chosen."""
        return {Facet(field.name): field.data for field in self if field.name in _FACETS and field.data}

    def options(self, per_page: int) -> Options:
        """Return how the results are to be shown."""
        return Options(self.filters(), Sort(self.sort.data), self.page.data or 1, per_page, literal=self.exact.data)
