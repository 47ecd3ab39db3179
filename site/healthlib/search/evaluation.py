"""Scores the product's own search on judged queries: collections in BEIR layout, or the library's golden set.

nDCG is that of Jarvelin and Kekalainen 2002 with the grade as gain, as trec_eval and BEIR count it.
"""

import gzip
import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import numpy as np

from healthlib.search.analysis import stem, words
from healthlib.search.documents import Document
from healthlib.search.index import Index, write_index
from healthlib.search.lexicon import Lexicon, Texts
from healthlib.search.meaning import Meaning
from healthlib.search.query import read_question
from healthlib.search.ranking import order, rank
from healthlib.search.results import Sort
from healthlib.search.trees import page_trees

Ranking = Callable[[str], Sequence[str]]
Judgements = Mapping[str, Mapping[str, int]]
DEPTH = 100
# Plain BM25 as search.md measured it: every word of the query, title and text as one field.
_K1, _B = 0.9, 0.4


@dataclass(frozen=True)
class Score:
    """Means over queries, each from 0 to 1."""

    queries: int
    ndcg10: float
    recall100: float
    mrr: float


@dataclass(frozen=True)
class JudgedQuery:
    """A query and the class it is counted in."""

    id: str
    text: str
    group: str = ""


def open_text(path: Path) -> TextIO:
    """Open a text file, plain or gzipped."""
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def read_jsonl(path: Path) -> Iterator[dict[str, object]]:
    """Yield the records of a file with one JSON object a line."""
    with open_text(path) as file:
        yield from (json.loads(line) for line in file if line.strip())


def read_queries(path: Path, field: str = "text") -> list[JudgedQuery]:
    """Return queries in the wording of `field`, which falls back to `text`."""
    return [
        JudgedQuery(str(row["_id"]), str(row.get(field) or row.get("text") or ""), str(row.get("class", "")))
        for row in read_jsonl(path)
    ]


def read_judgements(path: Path) -> Judgements:
    """Return grades by query and document from a file of three columns with a header."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    with open_text(path) as file:
        next(file)
        for line in file:
            query, document, grade = line.split("\t")
            found[query][document] = int(grade)
    return found


def by_group(queries: Iterable[JudgedQuery]) -> dict[str, list[JudgedQuery]]:
    """Return queries by their class, in the order of first mention."""
    groups: dict[str, list[JudgedQuery]] = {}
    for query in queries:
        groups.setdefault(query.group, []).append(query)
    return groups


def score(ranking: Ranking, queries: Iterable[JudgedQuery], judgements: Judgements) -> Score:
    """Return the mean scores of a ranking over the queries that have a judgement."""
    rows = [
        (_ndcg(found, grades), _recall(found, grades), _reciprocal_rank(found, grades))
        for query in queries
        if (grades := judgements.get(query.id)) and any(grades.values())
        for found in [ranking(query.text)[:DEPTH]]
    ]
    ndcg, recall, mrr = np.array(rows).mean(axis=0) if rows else (0.0, 0.0, 0.0)
    return Score(len(rows), float(ndcg), float(recall), float(mrr))


def _ndcg(found: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    def gain(values: Iterable[int]) -> float:
        return sum(grade / math.log2(place + 2) for place, grade in enumerate(values))

    best = gain(sorted(grades.values(), reverse=True)[:depth])
    return gain(grades.get(document, 0) for document in found[:depth]) / best


def _recall(found: Sequence[str], grades: Mapping[str, int]) -> float:
    relevant = {document for document, grade in grades.items() if grade > 0}
    return len(relevant & set(found)) / len(relevant)


def _reciprocal_rank(found: Sequence[str], grades: Mapping[str, int]) -> float:
    return next((1 / place for place, document in enumerate(found, 1) if grades.get(document, 0) > 0), 0.0)


class Collection:
    """A collection in BEIR layout, indexed as the product indexes pages."""

    def __init__(self, corpus: Path, directory: Path) -> None:
        """Index a corpus into an empty directory; records have `_id`, `title` and `text`."""
        rows = [
            (str(row["_id"]), str(row.get("title") or ""), str(row.get("text") or "")) for row in read_jsonl(corpus)
        ]
        self._ids = [document for document, _, _ in rows]
        self._texts = [[stem(word.text) for word in words(f"{title} {text}")] for _, title, text in rows]
        texts = Texts(Lexicon())
        for _, title, text in rows:
            texts.add([(title, text)])
        write_index(directory / "whoosh", (_document(*row) for row in rows), texts.lexicon)
        self._index = Index(directory / "whoosh")
        self._meaning = Meaning.learn(texts)
        self._baseline = PlainBM25(self._texts)

    def close(self) -> None:
        """Close the index."""
        self._index.close()

    def ours(self, text: str) -> list[str]:
        """Rank as the product does."""
        ranked = rank(self._index, self._meaning, page_trees(read_question(text)))
        best = order(self._index, ranked, Sort.BEST, first=DEPTH)[:DEPTH]
        return [self._ids[page] for page in ranked.pages[best].tolist()]

    def plain(self, text: str) -> list[str]:
        """Rank by plain BM25."""
        return [self._ids[place] for place in self._baseline.rank([stem(word.text) for word in words(text)])]


def _document(document: str, title: str, text: str) -> Document:
    values: dict[str, str | tuple[str, ...]] = {"page": document, "title": title, "body": text}
    return Document(values, {"page": document}, type=0, updated=0, review_due=0, title=title)


class PlainBM25:
    """BM25 over one field, to measure against: Robertson and Zaragoza 2009."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self._count = len(texts)
        lengths = np.array([len(text) for text in texts], dtype=float)
        self._damping = _K1 * (1 - _B + _B * lengths / lengths.mean())
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, text in enumerate(texts):
            for term, number in Counter(text).items():
                self._postings[term].append((place, number))

    def rank(self, terms: Iterable[str]) -> list[int]:
        """Return the places of the best documents, best first."""
        total = np.zeros(self._count)
        for term in set(terms):
            if postings := self._postings.get(term):
                places, numbers = np.array(postings).T
                idf = math.log1p((self._count - len(postings) + 0.5) / (len(postings) + 0.5))
                total[places] += idf * numbers * (_K1 + 1) / (numbers + self._damping[places])
        best = np.argsort(-total, kind="stable")[:DEPTH]
        return [int(place) for place in best if total[place] > 0]
