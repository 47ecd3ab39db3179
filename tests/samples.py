"""A tiny valid library for tests: a builder for each kind of page, every field of which a test may override.

All medicines and sources are invented. `write_library(tmp_path)` writes everything; samples passed to it replace the
default with the same folder and slug, or are added.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from healthlib.content.authored import AuthoredPage, load_record, read_page
from healthlib.content.faults import Fault
from healthlib.content.frontmatter import LocatedYaml
from healthlib.content.library import Library
from healthlib.content.lint.check import check
from healthlib.content.model import Source
from healthlib.content.pagetypes import BY_FOLDER
from healthlib.content.publish.pages import Publisher
from healthlib.content.published import Page

Fields = dict[str, Any]

TODAY = date(2026, 11, 22)
# As the value of a field: leave the field out.
OMIT: Any = object()


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as authors do, with `|`."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


@dataclass(frozen=True)
class Sample:
    """One authored file."""

    folder: str
    slug: str
    front: Fields
    body: str = ""

    @property
    def ref(self) -> str:
        return f"{self.folder}/{self.slug}"

    @property
    def file(self) -> str:
        """The name under which faults show the file."""
        return f"content/{self.ref}.{'yaml' if self.folder == 'sources' else 'md'}"

    def text(self) -> str:
        return self._text

    @cached_property
    def _text(self) -> str:
        front = yaml.dump(self.front, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100_000)
        return front if self.folder == "sources" else f"---\n{front}---\n{self.body}"

    def line(self, words: str, number: int = 1) -> int:
        """Return the line, counted from 1, of the `number`th line that has `words`."""
        lines = [at for at, line in enumerate(self.text().split("\n"), 1) if words in line]
        return lines[number - 1]

    def at(self, words: str, number: int = 1) -> tuple[str, int]:
        """Return the file, and the line of the `number`th line that has `words`, as `found` lists faults."""
        return self.file, self.line(words, number)

    def write(self, root: Path) -> Path:
        path = root.parent / self.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.text(), encoding="utf-8")
        return path

    def named(self, slug: str) -> "Sample":
        return replace(self, slug=slug)


def _fields(defaults: Fields, changes: Fields) -> Fields:
    return {name: value for name, value in (defaults | changes).items() if value is not OMIT}


def meta(**changes: Any) -> Fields:
    """Return the front matter that every page has."""
    return _fields(
        {
            "summary": "A page of the tiny library.",
            "lang": "en",
            "status": "published",
            "published": date(2026, 1, 10),
            "updated": date(2026, 2, 20),
            "made_with": "human",
        },
        changes,
    )


def signed(**changes: Any) -> Fields:
    """Return the front matter of a page with an author."""
    own: Fields = {"author": "editors", "review_due": date(2028, 2, 20), "conflicts_of_interest": "none"}
    return meta(**(own | changes))


def article(slug: str = "living-with-migraine", body: str | None = None, **changes: Any) -> Sample:
    own: Fields = {
        "title": "Living with migraine",
        "kind": "guide",
        "topics": ["nerves"],
        "drugs": ["alphamab"],
        "conditions": ["migraine"],
        "side_effects": ["headache"],
        "key_facts": [{"label": "How many", "text": "Migraine affects 14 in 100 people [@agency]"}],
        "questions": ["Which medicine suits me?"],
        "faq": [{"question": "Can I drink coffee?", "answer": "One cup is fine for most people. [@agency]"}],
        "red_flags": ["your face, lips or tongue swell"],
    }
    text = (
        "## What helps {#help}\n\nRest in a dark room helps some people. "
        "Read about [alphamab](/medicines/alphamab/).\n\n"
        "## Side effects of Alphaject {#effects}\n\n{{ side-effects alphamab alphaject }}\n"
    )
    return Sample("articles", slug, signed(**(own | changes)), text if body is None else body)


def effect_row(**changes: Any) -> Fields:
    return _fields(
        {
            "effect": "headache",
            "pct": 39,
            "comparator_pct": 38,
            "comparator": "placebo",
            "care": "self",
            "what_to_do": "Rest and drink water.",
            "population": "adults in one trial",
            "source": "alphaject-label",
        },
        changes,
    )


def product(**changes: Any) -> Fields:
    return _fields(
        {
            "brand": "Alphaject",
            "form": "pre-filled pen",
            "route": "injection under the skin",
            "strengths": ["20 mg in 0.4 ml"],
            "prescription": True,
            "indications": [{"condition": "migraine", "text": "Adults with migraine [@alphaject-label]"}],
            "how_taken": "Inject 20 mg once a month. [@alphaject-label]",
            "red_flags": ["you cannot breathe well"],
            "side_effects": [
                effect_row(),
                effect_row(effect="hair-loss", pct=2.6, comparator_pct=OMIT, comparator=OMIT),
            ],
        },
        changes,
    )


def second_product(**changes: Any) -> Fields:
    own: Fields = {
        "brand": "Bigdrip",
        "form": "concentrate",
        "route": "drip into a vein",
        "strengths": ["1,000 mg in 50 ml"],
        "indications": [{"text": "Adults with a stubborn headache [@bigdrip-label]"}],
        "how_taken": "A nurse gives it in hospital.",
        "red_flags": [],
        "side_effects": [
            effect_row(
                effect="hair-loss",
                pct=OMIT,
                comparator_pct=OMIT,
                comparator=OMIT,
                frequency="not_known",
                serious=True,
                care="urgent",
                source="bigdrip-label",
            )
        ],
    }
    return product(**(own | changes))


def medicine(slug: str = "alphamab", body: str | None = None, **changes: Any) -> Sample:
    """Return a medicine with two products."""
    own: Fields = {
        "name": "alphamab",
        "aliases": ["HuMax-A"],
        "look_alike": [{"name": "alfamide", "purpose": "another medicine, for pain"}],
        "classes": ["antibodies"],
        "codes": {"atc": ["L04AG99"], "rxcui": "712"},
        "topics": ["nerves"],
        "products": [product(other_brands=["Écofén"]), second_product()],
    }
    text = (
        "## What it is {#what-it-is}\n\nAlphamab is an antibody. [@alphaject-label]\n\n"
        "## How it works {#how-it-works}\n\nIt blocks a messenger.\n"
    )
    return Sample("medicines", slug, signed(**(own | changes)), text if body is None else body)


def small_medicine(slug: str = "betanol", body: str | None = None, **changes: Any) -> Sample:
    """Return a medicine with one product, sold by its generic name."""
    own: Fields = {
        "name": "betanol",
        "aliases": [],
        "look_alike": [],
        "codes": {},
        "classes": ["blockers"],
        "products": [
            product(
                brand=OMIT,
                form="tablet",
                route="by mouth",
                strengths=["40 mg"],
                how_taken="Take one tablet a day.",
                indications=[{"condition": "migraine", "text": "To prevent migraine [@betanol-label]"}],
                side_effects=[effect_row(pct=0.5, source="betanol-label", comparator_pct=OMIT, comparator=OMIT)],
            )
        ],
    }
    text = (
        "## What it is {#what-it-is}\n\nBetanol is a tablet.\n\n"
        "## How it works {#how-it-works}\n\nIt slows the heart.\n\n"
        "## Good to know {#good-to-know}\n\nKeep your tablets dry.\n"
    )
    return medicine(slug, text if body is None else body, **(own | changes))


def condition(slug: str = "migraine", body: str | None = None, **changes: Any) -> Sample:
    own: Fields = {
        "name": "migraine",
        "aliases": ["sick headache"],
        "codes": {"icd10": ["G43"]},
        "body_system": "brain and nerves",
        "specialities": ["neurology"],
        "topics": ["nerves"],
        "red_flags": ["you have the worst headache of your life"],
    }
    text = (
        "## What it is {#what-it-is}\n\nMigraine is a kind of headache. [@agency]\n\n"
        "## Symptoms {#symptoms}\n\nLight hurts your eyes.\n\n"
        "## Treatments {#treatments}\n\nThere are medicines that help.\n"
    )
    return Sample("conditions", slug, signed(**(own | changes)), text if body is None else body)


def side_effect(slug: str = "headache", body: str | None = None, **changes: Any) -> Sample:
    own: Fields = {"name": "headache", "medical_name": "cephalalgia", "care": "self", "aliases": ["sar dard"]}
    text = (
        "## What it is {#what-it-is}\n\nPain in the head.\n\n"
        "## What you can do {#self-care}\n\nDrink water.\n\n"
        "## When to get help {#when-to-get-help}\n\n"
        ":::urgent\nSee a doctor today if:\n\n- it is the worst headache of your life\n:::\n"
    )
    return Sample("side-effects", slug, signed(**(own | changes)), text if body is None else body)


def hair_loss(body: str | None = None, **changes: Any) -> Sample:
    own: Fields = {"name": "hair loss", "medical_name": "alopecia", "care": "doctor", "aliases": ["thin hair"]}
    text = (
        "## What it is {#what-it-is}\n\nHair falls out.\n\n## What you can do {#self-care}\n\nUse a soft brush.\n\n"
        "## When to get help {#when-to-get-help}\n\nAsk your doctor when you next meet.\n"
    )
    return side_effect("hair-loss", text if body is None else body, **(own | changes))


def drug_class(slug: str = "antibodies", body: str = "", **changes: Any) -> Sample:
    return Sample("classes", slug, signed(**({"name": "antibodies"} | changes)), body)


def topic(slug: str = "nerves", body: str = "", **changes: Any) -> Sample:
    return Sample("topics", slug, signed(**({"name": "brain and nerves"} | changes)), body)


def person(slug: str = "editors", body: str | None = None, **changes: Any) -> Sample:
    own: Fields = {"name": "The editors", "role": "Writers"}
    text = "## Who we are {#who}\n\nWe write the pages.\n"
    return Sample("people", slug, meta(**(own | changes)), text if body is None else body)


def reviewer(**changes: Any) -> Sample:
    own: Fields = {"name": "Dr Asha Rao", "role": "Reviewer", "credential": "MD (Neurology)"}
    return person("asha-rao", "", **(own | changes))


def info_page(slug: str = "privacy", body: str | None = None, **changes: Any) -> Sample:
    own: Fields = {"title": "Your privacy", "path": "/privacy/"}
    text = "## What we keep {#keep}\n\nNothing.\n\n## What we are not {#not}\n\nOur pages do not replace a doctor.\n"
    return Sample("pages", slug, signed(**(own | changes)), text if body is None else body)


def source(slug: str = "agency", **changes: Any) -> Sample:
    own: Fields = {
        "title": "Migraine in numbers",
        "publisher": "Health Agency",
        "url": "https://agency.example/migraine",
        "date": date(2024, 5, 1),
        "accessed": date(2026, 11, 1),
        "kind": "agency",
    }
    return Sample("sources", slug, _fields(own, changes))


def label(slug: str, **changes: Any) -> Sample:
    own: Fields = {"title": f"Information on {slug}", "kind": "label", "country": "US", "date": OMIT}
    return source(slug, **(own | {"url": f"https://labels.example/{slug}"} | changes))


@cache
def samples() -> tuple[Sample, ...]:
    """Return every file of the tiny library."""
    return (
        article(),
        medicine(),
        small_medicine(),
        condition(),
        side_effect(),
        hair_loss(),
        drug_class(),
        drug_class("blockers", name="blockers"),
        topic(),
        person(),
        reviewer(),
        info_page(),
        source(),
        label("alphaject-label"),
        label("bigdrip-label"),
        label("betanol-label"),
    )


def write_library(tmp_path: Path, *changed: Sample, without: Iterable[str] = ()) -> Path:
    """Write the tiny library and return its content folder.

    Args:
        tmp_path: where the folder `content` is made.
        changed: samples that replace the one with the same folder and slug, or are added.
        without: `folder/slug` of files that are left out.
    """
    root = tmp_path / "content"
    files = {sample.ref: sample for sample in (*samples(), *changed)}
    for ref in set(files) - set(without):
        files[ref].write(root)
    return root


def faults(root: Path, today: date = TODAY) -> list[Fault]:
    return check(root, today)[1]


def places(some: Iterable[Fault], rule: str) -> list[tuple[str, int]]:
    """Return (file, line) of the faults of one rule, sorted."""
    return sorted((fault.path, fault.line) for fault in some if fault.rule == rule)


def read_sample(tmp_path: Path, sample: Sample) -> AuthoredPage:
    path = sample.write(tmp_path / "content")
    return read_page(path, path.relative_to(tmp_path), BY_FOLDER[sample.folder])


@cache
def _page(file: str, text: str) -> AuthoredPage:
    with TemporaryDirectory() as folder:
        path = Path(folder) / Path(file).name
        path.write_text(text, encoding="utf-8")
        return read_page(path, Path(file), BY_FOLDER[Path(file).parent.name])


def authored(sample: Sample) -> AuthoredPage:
    """Return the sample as if read from its file; each text is parsed once in a test run."""
    return _page(sample.file, sample.text())


@cache
def _source(file: str, text: str) -> Source:
    return load_record(Source, LocatedYaml(text, Path(file)))


def library(*changed: Sample, without: Iterable[str] = ()) -> Library:
    """Return the tiny library as if read from files; each file is parsed once in a test run."""
    files = {sample.ref: sample for sample in (*samples(), *changed)}
    wanted = sorted((files[ref] for ref in set(files) - set(without)), key=lambda sample: sample.file)
    pages = [authored(sample) for sample in wanted if sample.folder != "sources"]
    sources = {sample.slug: _source(sample.file, sample.text()) for sample in wanted if sample.folder == "sources"}
    return Library(pages, sources, Path("content"))


def publish(ref: str, *changed: Sample) -> Page:
    """Return the published page named like `medicines/alphamab`."""
    read = library(*changed)
    page = read.ref(ref)
    assert page is not None, ref
    return Publisher(read).publish(page)
