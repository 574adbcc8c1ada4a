"""Takes pictures of the pages built into site/: of each, or of those named, into a folder."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, get_args

import click
from playwright.sync_api import Browser, FloatRect, Page, ViewportSize, sync_playwright

from tools.project import errors
from tools.project.errors import UserError
from tools.sources import languages
from tools.theme import browser

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
WIDTHS = {"laptop": 1280, "phone": 390}


@contextmanager
def chromium(root: Path) -> Iterator[tuple[Browser, str]]:
    """Start a browser, and serve the built site at an address meanwhile."""
    if not (root / "site" / "index.html").is_file():
        raise UserError("there is no built site here; run make build in the project's folder first")
    path = browser.find()
    with browser.served(root / "site") as address, sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=browser.flags())
        yield running, address
        running.close()


def opened(running: Browser, address: str, code: str, scheme: Scheme, width: int) -> Page:
    """Open a page as a reader of a language sees it."""
    viewport: ViewportSize = {"width": width, "height": 900}
    page = running.new_page(viewport=viewport, color_scheme=scheme, locale=code)
    page.goto(address)
    browser.lay_out(page)
    page.wait_for_load_state("networkidle")
    return page


def every(root: Path, folder: Path, wanted: Sequence[str]) -> None:
    """Write FOLDER/LANGUAGE-PAGE-SCHEME-DEVICE.png for each page, language, scheme and width."""
    known = {
        languages.address(page) for language in languages.load(root) for page in language.pages()
    }
    for path in wanted:
        if path not in known:
            near = get_close_matches(path, known, n=1, cutoff=0)[0]
            raise UserError(f"no page is at '{path}'. Did you mean '{near}'?")
    with chromium(root) as (running, address):
        folder.mkdir(parents=True, exist_ok=True)
        for language in languages.load(root):
            for path in wanted or [languages.address(page) for page in language.pages()]:
                for scheme in SCHEMES:
                    for device, width in WIDTHS.items():
                        at = address + language.prefix + path
                        page = opened(running, at, language.code, scheme, width)
                        title = path.strip("/").replace("/", "-") or "home"
                        file = folder / f"{language.code}-{title}-{scheme}-{device}.png"
                        page.screenshot(path=file, full_page=True)
                        page.close()


def readme(root: Path) -> None:
    """Write docs/pictures/page-LANGUAGE.jpg, the top of the page on the GRU."""
    with chromium(root) as (running, address):
        for language in languages.load(root):
            at = f"{address}{language.prefix}gates/gru/"
            page = opened(running, at, language.code, "light", WIDTHS["laptop"])
            file = root / "docs" / "pictures" / f"page-{language.code}.jpg"
            clip: FloatRect = {"x": 0, "y": 0, "width": WIDTHS["laptop"], "height": 1420}
            page.screenshot(path=file, clip=clip, full_page=True, quality=80)


@click.command(help=__doc__)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.argument("pages", metavar="[PAGE]...", nargs=-1)
@click.option("--readme", "for_readme", is_flag=True, help="the READMEs' pictures instead")
def main(folder: Path | None, pages: tuple[str, ...], for_readme: bool) -> None:
    """Take the pictures that the command line asks for."""
    if for_readme and not folder:
        readme(Path.cwd())
    elif folder and not for_readme:
        every(Path.cwd(), folder, pages)
    else:
        raise click.UsageError("name a folder, or --readme")


if __name__ == "__main__":
    errors.run(main)
