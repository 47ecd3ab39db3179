"""The glossary: medical words in plain words, A to Z."""

from itertools import groupby

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from healthlib.content.glossary import PATH
from healthlib.content.names import fold
from healthlib.web.context import current_generation
from healthlib.web.library import LETTERS, Letter

glossary = Blueprint("glossary", __name__)


@glossary.get(PATH)
def words() -> ResponseReturnValue:
    """Show all words."""
    entries = current_generation().store.glossary()
    groups = {letter: list(some) for letter, some in groupby(entries, key=lambda entry: fold(entry.name)[0])}
    letters = [
        Letter(letter.upper(), f"#letter-{letter}", len(groups.get(letter, ())))
        for letter in LETTERS
        if letter.isalpha()
    ]
    return render_template("pages/glossary.html", path=PATH, groups=groups, letters=letters, total=len(entries))
