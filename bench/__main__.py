"""`script/bench MODE`: measures and prints; nothing here is part of the product."""

import click

from bench.golden import golden
from bench.scaling import build, scale
from bench.search.command import search
from bench.web.command import web


@click.group()
def main() -> None:
    """Measure the product, beside other engines or as a library grows."""


for mode in (search, golden, web, build, scale):
    main.add_command(mode)

if __name__ == "__main__":
    main(prog_name="script/bench")
