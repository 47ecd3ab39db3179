"""Pages to measure on: questions with answers from MedQuAD, as many as wanted, and what readers type to find them.

Larger collections are grown: the frame of a real page (title and facets), a random 60 % of its sentences, and 35 % of
the sentences of one to three other pages that answer the same kind of question, shuffled.
"""

import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

FACETS = ("kind", "source", "about")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_KEPT, _BORROWED, _LENDERS = 0.6, 0.35, 3
# What stands in every other page; readers type it alone too.
_COMMON = ("treatment", "symptoms", "the disease", "what causes", "signs and symptoms", "side effects of the treatment")


@dataclass(frozen=True)
class Record:
    """One page.

    Attributes:
        name: what it is about.
        title: the question.
        body: the answer.
        facets: the values of FACETS, in that order.
    """

    name: str
    title: str
    body: str
    facets: tuple[str, str, str]


def read_medquad(path: Path) -> list[Record]:
    """Return every answered question as a page.

    Raises:
        OSError: when the file is missing.
    """
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [record for page in map(json.loads, file) for record in _records(page)]


def _records(page: dict[str, object]) -> Iterator[Record]:
    kinds = page["semantic_types"]
    about = str(kinds[0]) if isinstance(kinds, list) and kinds else "other"
    answered = page["qa"] if isinstance(page["qa"], list) else []
    for one in answered:
        facets = (str(one["qtype"]), str(page["source"]), about)
        yield Record(str(page["focus"]), str(one["question"]), str(one["answer"]), facets)


def grown(records: Sequence[Record], count: int, seed: int = 0) -> Iterator[Record]:
    """Yield as many records as wanted: the real ones, then grown ones."""
    yield from records[:count]
    chance = random.Random(seed)
    of_kind: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        of_kind[record.facets[0]].append(record)
    for _ in range(count - len(records)):
        frame = chance.choice(records)
        sentences = _some(frame, _KEPT, chance)
        for lender in chance.choices(of_kind[frame.facets[0]], k=chance.randint(1, _LENDERS)):
            sentences += _some(lender, _BORROWED, chance)
        chance.shuffle(sentences)
        yield replace(frame, body=" ".join(sentences))


def _some(record: Record, share: float, chance: random.Random) -> list[str]:
    return [sentence for sentence in _SENTENCE.split(record.body) if chance.random() < share]


def queries(records: Sequence[Record], count: int, seed: int = 1) -> list[str]:
    """Return what readers would type: whole questions, names, parts of questions, very common words."""
    chance = random.Random(seed)
    found = list(dict.fromkeys(islice(_typed(records, chance), count * 2)))
    return [*_COMMON, *found][:count]


def _typed(records: Sequence[Record], chance: random.Random) -> Iterator[str]:
    while True:
        record = chance.choice(records)
        words = re.findall(r"\w+", record.title)
        start = chance.randrange(max(1, len(words) - 2))
        part = words[start : start + chance.randint(2, 5)]
        yield chance.choice((record.title, record.name, " ".join(part)))
