"""Takes pictures of the built pages: each language, light and dark, laptop and phone.

python -m tools.screenshots FOLDER [PAGE ...]      for example: /tmp/look gates/gru/
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools import browser, languages

WIDTHS = {"laptop": 1280, "phone": 390}


def main(folder: Path, wanted: list[str]) -> None:
    """Write FOLDER/LANGUAGE-PAGE-SCHEME-WIDTH.png for each page that was built into site/."""
    root = Path.cwd()
    folder.mkdir(parents=True, exist_ok=True)
    with browser.served(root / "site") as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=browser.flags())
        for language in languages.load(root):
            site = root / "site" / language.prefix
            others = {lang.prefix.rstrip("/") for lang in languages.load(root)} - {""}
            built = sorted(file.parent.relative_to(site) for file in site.rglob("index.html"))
            pages = [
                page.as_posix() for page in built if page.parts[:1] not in {(o,) for o in others}
            ]
            for page in wanted or pages:
                for scheme in ("light", "dark"):
                    for name, width in WIDTHS.items():
                        view = chromium.new_page(
                            viewport={"width": width, "height": 900},
                            color_scheme=scheme, locale=language.code,
                        )  # fmt: skip
                        view.goto(f"{address}{language.prefix}{page}".rstrip("./") + "/")
                        view.wait_for_load_state("networkidle")
                        title = page.strip("./").replace("/", "-") or "home"
                        file = folder / f"{language.code}-{title}-{scheme}-{name}.png"
                        view.screenshot(path=file, full_page=True)
                        view.close()
        chromium.close()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])
