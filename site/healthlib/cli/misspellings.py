"""`script/misspellings`: measures corrections on real misspellings, and on names that must stay as they are."""

import csv
import gzip
import json
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import click

from healthlib.config import ROOT
from healthlib.content.library import read_library
from healthlib.content.pagetypes import PageType
from healthlib.content.vocabulary import load_vocabulary
from healthlib.search.analysis import name_key, words
from healthlib.search.corrections import KnownName, Speller
from healthlib.search.generation.language import ordinary_words

T = TypeVar("T")

# Where the lists and texts are, inside the data folder.
MISSPELLINGS = Path("queries/misspellings.tsv")
LOOK_ALIKES = Path("queries/look_alike_pairs.csv")
TEXTS = Path("originals/medquad_answered.jsonl.gz")
BRANDS = Path("vocabulary/us_brand_ingredient.tsv")
NAMED = {PageType.MEDICINE: "a medicine", PageType.CONDITION: "a condition", PageType.SIDE_EFFECT: "a side effect"}


@click.command()
@click.option("--wrong", is_flag=True, help="Also list what is not put right.")
@click.option(
    "--data",
    default=ROOT.parent / "shared" / "data",
    type=click.Path(path_type=Path),
    help="The folder of misspellings, look-alike names, texts and brands.",
)
def main(wrong: bool, data: Path) -> None:
    """Measure how many misspellings are put right, how many look-alike names are rewritten, and the time it takes."""
    missing = [path for path in (MISSPELLINGS, LOOK_ALIKES, TEXTS, BRANDS) if not (data / path).exists()]
    if missing:
        click.echo(f"{missing[0]}: not on this machine, so nothing is measured.")
        return
    speller = _speller(data)
    _misspellings(speller, [(row["misspelling"], row["correct"]) for row in _rows(data / MISSPELLINGS, "\t")], wrong)
    names = {name_key(name) for row in _rows(data / LOOK_ALIKES, ",") for name in row.values()}
    _look_alikes(speller, sorted(names - {""}), wrong)
    _speed(speller, [row["misspelling"] for row in _rows(data / MISSPELLINGS, "\t")])


def outcome(speller: Speller, typed: str, right: str) -> str:
    """Return what becomes of a misspelling."""
    if speller.knows(typed):
        return "typed word is in the texts"
    correction = speller.correct([typed])
    if correction is None:
        return "nothing found"
    change = correction.replacements[0]
    first = name_key(change.candidates[0].text) == right
    if change.ambiguous:
        return "asked, right first" if first else "asked, another first"
    return "applied right" if first else "applied wrong"


def _rows(path: Path, delimiter: str) -> list[dict[str, str]]:
    """Return the lines of a table by the names of its columns."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def _speller(data: Path) -> Speller:
    """Return a speller of our own library, the texts and the brands."""
    counts, names = _texts(data / TEXTS)
    counts.update(_library_words())
    names = [*_library_names(), *_us_names(data / BRANDS), *names]
    started = time.perf_counter()
    speller = Speller.build(names, counts, ordinary_words(load_vocabulary(ROOT / "content" / "vocabulary")))
    click.echo(
        f"words {counts.total():,}, different {len(counts):,}, more than once {sum(n > 1 for n in counts.values()):,}"
    )
    click.echo(f"names {len(names):,}; built in {time.perf_counter() - started:.1f} s")
    return speller


def _texts(path: Path) -> tuple[Counter[str], list[KnownName]]:
    """Return the words of MedQuAD, counted, and the names of what its pages are about."""
    counts: Counter[str] = Counter()
    names = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for page in map(json.loads, file):
            names.append(KnownName(page["focus"], "a condition", 0.5))
            texts = [page["focus"], *(text for qa in page["qa"] for text in (qa["question"], qa["answer"]))]
            counts.update(word.text for text in texts for word in words(text))
    return counts, names


def _library_names() -> Iterator[KnownName]:
    for page in read_library(ROOT / "content")[0].live(*NAMED):
        for name in dict.fromkeys((*page.meta.names, *page.meta.aliases)):
            yield KnownName(name, NAMED[page.type], 1.0)


def _library_words() -> Counter[str]:
    library = read_library(ROOT / "content")[0]
    texts = [text for page in library.live() for text in (page.body, *(value.text for value in page.texts()))]
    return Counter(word.text for text in texts for word in words(text))


def _us_names(path: Path) -> Iterator[KnownName]:
    """Yield brands and ingredients of the United States."""
    for row in _rows(path, "\t"):
        yield KnownName(row["drug_name"].title(), "a medicine", 0.5)
        for ingredient in row["active_ingredients"].split(";"):
            yield KnownName(ingredient.strip().lower(), "a medicine", 0.5)


def _misspellings(speller: Speller, pairs: list[tuple[str, str]], wrong: bool) -> None:
    """Print how many misspellings are put right."""
    known = [(typed, right) for typed, right in pairs if speller.knows(right)]
    outcomes = {typed: outcome(speller, typed, right) for typed, right in known}
    counts = Counter(outcomes.values())
    right_ones = counts["applied right"] + counts["asked, right first"]
    click.echo(f"misspellings {len(pairs)}, right word in the vocabulary {len(known)}")
    click.echo(f"  applied or offered first: {right_ones} ({right_ones / max(len(known), 1):.1%})")
    for name, number in sorted(counts.items()):
        click.echo(f"  {name}: {number}")
    for typed, meant in known if wrong else ():
        if not outcomes[typed].endswith(("right", "right first")):
            offered = ", ".join(f"{c.text} {c.distance} {c.score:.2f}" for c in speller.candidates(typed))
            click.echo(f"    {typed} -> {meant}: {outcomes[typed]} ({offered})")


def _look_alikes(speller: Speller, names: list[str], wrong: bool) -> None:
    """Print how many names that are mistaken for others would be rewritten."""
    real = [name for name in names if all(map(speller.knows, name.split()))]
    rewritten = [name for name in real if speller.correct(name.split()) is not None]
    click.echo(f"look-alike names {len(names)}, all words in the vocabulary {len(real)}, rewritten {len(rewritten)}")
    for name in rewritten:
        click.echo(f"    {name}")
    unknown = {name: speller.correct(name.split()) for name in names if name not in real}
    silent = {name: change.words for name, change in unknown.items() if change and change.words != tuple(name.split())}
    click.echo(f"  of the other {len(unknown)}, which no rule can protect, rewritten without asking: {len(silent)}")
    for name, found in silent.items() if wrong else ():
        click.echo(f"    {name} -> {' '.join(found)}")


def _speed(speller: Speller, typed: list[str]) -> None:
    """Print how long loading and one word take."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "speller"
        speller.save(path)
        loads = [_milliseconds(Speller.load, path) for _ in range(5)]
        size = sum(file.stat().st_size for file in path.iterdir()) / 1e6
        click.echo(f"files {size:.1f} MB, opened in {statistics.median(loads):.0f} ms")
    taken = [_milliseconds(speller.candidates, word) for word in typed]
    click.echo(f"one word: median {statistics.median(taken):.2f} ms, slowest {max(taken):.2f} ms")


def _milliseconds(run: Callable[[T], object], value: T) -> float:
    started = time.perf_counter()
    run(value)
    return (time.perf_counter() - started) * 1e3


if __name__ == "__main__":
    main()
