"""`script/bench MODE`: measures and prints; nothing here is part of the product."""

import click

from bench.search.command import search


@click.group()
def main() -> None:
    """Measure the product beside other engines, in one run."""


main.add_command(search)

if __name__ == "__main__":
    main(prog_name="script/bench")
