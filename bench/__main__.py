"""`script/bench MODE`: measures and prints; nothing here is part of the product."""

import click

from bench.search.command import search
from bench.web.command import web


@click.group()
def main() -> None:
    """Measure the product beside other engines, in one run."""


main.add_command(search)
main.add_command(web)

if __name__ == "__main__":
    main(prog_name="script/bench")
