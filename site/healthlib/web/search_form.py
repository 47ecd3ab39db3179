"""Reads the parameters of a search request and reports all that is wrong with them together."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectChoice, SelectField, StringField
from wtforms.validators import Optional, ValidationError

from healthlib.content.pagetypes import PageType
from healthlib.search.query import Query, printable, read_query
from healthlib.search.results import Options, Sort

_ALL = SelectChoice("", "All")
LAST_PAGE = 10_000


def _page_number(_form: FlaskForm, field: IntegerField) -> None:
    """Refuse what is no page; the library's own check fails on numbers too large for a float."""
    if field.data is not None and not 1 <= field.data <= LAST_PAGE:
        raise ValidationError(f"Number must be between 1 and {LAST_PAGE}.")


class SearchForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """The search form: a plain GET, so without a token, and with it without a cookie."""

    class Meta:
        """No token: nothing is changed by a search."""

        csrf = False

    q = StringField("Search", filters=[lambda value: printable(value or "")])
    type = SelectField(
        "Kind of page",
        choices=[_ALL, *(SelectChoice(page_type.value, page_type.spec.plural) for page_type in PageType)],
        default="",
    )
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

    def problems(self) -> str:
        """Return every problem in one text, or "" when there is none."""
        self.validate()
        return " ".join(
            f"{getattr(self, name).label.text}: {error}" for name, errors in self.errors.items() for error in errors
        )

    def query(self) -> Query:
        """Return what was asked."""
        return read_query(self.q.data or "")

    def options(self, per_page: int) -> Options:
        """Return how the results are to be shown."""
        chosen = PageType(self.type.data) if self.type.data else None
        return Options(chosen, Sort(self.sort.data), self.page.data or 1, per_page, literal=self.exact.data)
