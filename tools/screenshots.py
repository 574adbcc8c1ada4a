"""Takes pictures of the pages built into site/.

python -m tools.screenshots FOLDER [PAGE ...]   each page, or those named, such as gates/gru/
python -m tools.screenshots --readme            the READMEs' pictures, into docs/pictures/
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, get_args

from playwright.sync_api import Browser, FloatRect, Page, ViewportSize, sync_playwright

from tools import browser, languages

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
WIDTHS = {"laptop": 1280, "phone": 390}


@contextmanager
def chromium(root: Path) -> Iterator[tuple[Browser, str]]:
    """A browser, and the address at which the built site is served meanwhile."""
    path = browser.find()
    with browser.served(root / "site") as address, sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=browser.flags())
        yield running, address
        running.close()


def opened(running: Browser, address: str, code: str, scheme: Scheme, width: int) -> Page:
    """A page as a reader of a language sees it."""
    viewport: ViewportSize = {"width": width, "height": 900}
    page = running.new_page(viewport=viewport, color_scheme=scheme, locale=code)
    page.goto(address)
    page.add_style_tag(content="* { content-visibility: visible !important }")
    page.wait_for_load_state("networkidle")
    return page


def every(root: Path, folder: Path, wanted: list[str]) -> None:
    """Write FOLDER/LANGUAGE-PAGE-SCHEME-DEVICE.png for each page, language, scheme and width."""
    folder.mkdir(parents=True, exist_ok=True)
    with chromium(root) as (running, address):
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
            clip: FloatRect = {"x": 0, "y": 0, "width": WIDTHS["laptop"], "height": 1180}
            page.screenshot(path=file, clip=clip, full_page=True, quality=80)


if __name__ == "__main__":
    if sys.argv[1:] == ["--readme"]:
        readme(Path.cwd())
    elif len(sys.argv) > 1:
        every(Path.cwd(), Path(sys.argv[1]), sys.argv[2:])
    else:
        sys.exit(__doc__)
