"""`script/relevance`: scores the product's own search on judged queries, beside plain BM25 of the same run."""

import tempfile
from pathlib import Path

import click

from healthlib.config import ROOT
from healthlib.search.evaluation import (
    Collection,
    JudgedQuery,
    Judgements,
    Score,
    by_group,
    read_judgements,
    read_queries,
    score,
)
from healthlib.search.generation.generation import Generation
from healthlib.search.generation.layout import Layout
from healthlib.search.query import read_query

GOLDEN = ROOT / "tests" / "relevance"
DEPTH = 100
# The development sets, where they are: name, corpus file, field of the queries.
_SHARED = ROOT.parent / "shared" / "data" / "relevance"
_DEVELOPMENT = (
    ("nfcorpus", "nfcorpus.corpus.jsonl", "text"),
    ("med", "med.corpus.jsonl", "text"),
    ("liveqa", "liveqa.corpus.jsonl.gz", "summary"),
)


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--field", default="text", help="The wording of the queries, such as text or summary.")
@click.option(
    "--index", "index_dir", default=ROOT / "index", type=click.Path(path_type=Path), help="Built generations."
)
def main(files: tuple[Path, ...], field: str, index_dir: Path) -> None:
    """Score search on CORPUS.jsonl QUERIES.jsonl QRELS.tsv; without files on the golden and the development sets."""
    if files:
        if len(files) != 3:
            raise click.UsageError("give three files: CORPUS.jsonl QUERIES.jsonl QRELS.tsv")
        corpus, queries, judgements = files
        _collection(corpus.name.split(".")[0], corpus, read_queries(queries, field), read_judgements(judgements))
        return
    _golden(index_dir)
    for name, corpus_name, wording in _DEVELOPMENT:
        if not (_SHARED / corpus_name).exists():
            click.echo(f"{name}: not on this machine, so not measured.")
            continue
        queries_of = read_queries(_SHARED / f"{name}.dev.queries.jsonl", wording)
        _collection(name, _SHARED / corpus_name, queries_of, read_judgements(_SHARED / f"{name}.dev.qrels.tsv"))


def _collection(name: str, corpus: Path, queries: list[JudgedQuery], judgements: Judgements) -> None:
    with tempfile.TemporaryDirectory() as directory:
        collection = Collection(corpus, Path(directory))
        plain, ours = (score(rank, queries, judgements) for rank in (collection.plain, collection.ours))
        collection.close()
    click.echo(f"{name}: {ours.queries} judged queries")
    click.echo(_line("plain BM25", plain))
    click.echo(f"{_line('ours', ours)}  = {ours.ndcg10 / max(plain.ndcg10, 1e-9):.3f} x")


def _golden(index_dir: Path) -> None:
    layout = Layout(index_dir)
    live = layout.live()
    if live is None:
        raise click.ClickException(f"{index_dir} holds no generation. Run `flask index build`.")
    queries = read_queries(GOLDEN / "queries.jsonl")
    judgements = read_judgements(GOLDEN / "qrels.tsv")
    with Generation.open(layout.path(live)) as generation:
        searcher = generation.searcher

        def ranking(text: str) -> list[str]:
            return searcher.ranking(read_query(text), DEPTH)

        click.echo(f"golden set: {len(queries)} judged queries over {generation.manifest.pages} pages")
        for group, members in by_group(queries).items():
            click.echo(_line(group, score(ranking, members, judgements)))
        click.echo(_line("all", score(ranking, queries, judgements)))


def _line(name: str, found: Score) -> str:
    return f"  {name:12} nDCG@10 {found.ndcg10:.4f}  recall@100 {found.recall100:.4f}  MRR {found.mrr:.4f}"


if __name__ == "__main__":
    main()
