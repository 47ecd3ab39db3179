"""`script/screenshots`: pictures of every type of page, on a phone and a desktop, light and dark, to be looked at."""

from itertools import product
from pathlib import Path

import click
from playwright.sync_api import sync_playwright

from bench.browser import FLAGS, browser
from bench.web.servers import served_library
from healthlib.config import ROOT

PAGES = {
    "home": "/",
    "article": "/articles/kesimpta-multiple-sclerosis/",
    "medicine": "/medicines/ofatumumab/",
    "condition": "/conditions/stroke/",
    "side-effect": "/side-effects/headache/",
    "my-medicines": "/side-effects/headache/?m=kesimpta&m=warfarin",
    "class": "/medicines/classes/anti-cd20-antibodies/",
    "topic": "/topics/blood-thinners/",
    "hub": "/medicines/",
    "articles": "/articles/",
    "a-to-z": "/side-effects/a-to-z/h/",
    "compare": "/compare/cannabidiol/dronabinol/",
    "choose": "/compare/",
    "glossary": "/glossary/",
    "search": "/search?q=kesimpta",
    "search-lay": "/search?q=heart+attack",
    "search-misspelt": "/search?q=kesympta",
    "search-danger": "/search?q=chest+pain",
    "search-facets": "/search?q=bleeding&type=side-effect",
    "search-none": "/search?q=zzzz",
    "emergency": "/emergency/",
    "about": "/about/",
    "person": "/about/people/editorial-team/",
    "privacy": "/privacy/",
    "saved": "/saved/",
    "not-found": "/nowhere/",
}
WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
# As much of a long page as says how it looks.
TALLEST = 2600


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=ROOT / "instance" / "screenshots")
@click.option("--only", "names", multiple=True, type=click.Choice(list(PAGES)), help="Some pages; all when left out.")
@click.option("--scheme", "schemes", multiple=True, type=click.Choice(SCHEMES), default=SCHEMES)
def main(folder: Path, names: tuple[str, ...], schemes: tuple[str, ...]) -> None:
    """Take pictures into FOLDER: NAME-WIDTH.png, and NAME-WIDTH-dark.png."""
    folder.mkdir(parents=True, exist_ok=True)
    with served_library() as address, sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser(), args=list(FLAGS))
        for width, scheme in product(WIDTHS, schemes):
            context = opened.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,  # type: ignore[arg-type]  # one of SCHEMES
                reduced_motion="reduce",
            )
            page = context.new_page()
            for name in names or PAGES:
                page.goto(address + PAGES[name])
                height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
                end = "" if scheme == "light" else "-dark"
                area = {"x": 0, "y": 0, "width": width, "height": height}
                page.screenshot(path=folder / f"{name}-{width}{end}.png", clip=area, full_page=True)  # type: ignore[arg-type]
            context.close()
        opened.close()
    click.echo(f"{len(names or PAGES) * len(WIDTHS) * len(schemes)} pictures are in {folder}.")


if __name__ == "__main__":
    main(prog_name="script/screenshots")
