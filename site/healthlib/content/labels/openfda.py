"""Labels as openFDA answers them: each section a list of one long text, its tables apart in SPL markup."""

from collections.abc import Iterator

from healthlib.content.labels.label import Label, Statement, sentences
from healthlib.content.labels.markup import read_tables

# Their figures say what a medicine does and how it is given, not what it does wrong.
_OTHER_SECTIONS = ("clinical_studies", "dosage", "indications", "how_supplied", "package_label", "spl_product_data")


def records(answer: object) -> Iterator[dict[str, object]]:
    """Yield the label records of an answer: `{"results": [...]}`, a list of records, or one record."""
    found = answer.get("results", answer) if isinstance(answer, dict) else answer
    for record in found if isinstance(found, list) else [found]:
        if isinstance(record, dict) and any(key in record for key in ("openfda", "set_id", "adverse_reactions")):
            yield record


def read_record(record: dict[str, object], file: str) -> Label | None:
    """Return the label of a record, or None where it has neither a set id nor a brand name."""
    about = record.get("openfda")
    names = about.get("brand_name", []) if isinstance(about, dict) else []
    set_id = record.get("set_id") or _first(about, "spl_set_id")
    if not names and not set_id:
        return None
    version = str(record.get("version", ""))
    return Label(
        file,
        frozenset(str(name).casefold() for name in names),
        tuple(dict.fromkeys(_statements(record))),
        str(set_id).lower() if set_id else None,
        (str(record.get("effective_time", "")), int(version) if version.isdigit() else 0),
    )


def _first(about: object, key: str) -> object:
    values = about.get(key) if isinstance(about, dict) else None
    return values[0] if isinstance(values, list) and values else None


def _statements(record: dict[str, object]) -> Iterator[Statement]:
    for key, texts in record.items():
        if not isinstance(texts, list) or key.startswith(_OTHER_SECTIONS):
            continue
        for text in (text for text in texts if isinstance(text, str)):
            yield from read_tables(text) if key.endswith("_table") else sentences(text)
