"""Proves on the built HTML that each code block shown was run, and each output recorded.

What has a button to copy was run alone, pasted into an empty file.
"""

import re
import sys
from pathlib import Path

import click
from bs4 import BeautifulSoup, Tag

from tools.project import errors
from tools.project.errors import UserError
from tools.running import codeblocks
from tools.sources import blocks, languages, pages
from tools.sources.sources import Sources

_LANGUAGE = re.compile(r"language-([\w-]+)")


def unrun(root: Path, built: Path) -> list[str]:
    """Find each block in the built site that nobody ran; the messages name page and line."""
    sources = Sources.read(root)
    found = []
    for language in sources.languages:
        paths = {path for by_path in sources.pages.values() for path in by_path}
        for path in sorted(paths):
            page = sources.get_page(path, language.code)
            html = built / language.prefix / languages.address(path) / "index.html"
            if not html.is_file():
                raise UserError("this page is not built; run make build first", html)
            found += unrun_on(page, html.read_text("utf-8"), root)
    return found


def unrun_on(page: pages.Page, html: str, root: Path) -> list[str]:
    snippets = root / "snippets"
    is_notebook = page.path.suffix == ".py"
    if is_notebook:
        ran = {fence.body.strip() for fence in page.fences if fence.cell}
    else:
        ran = {block.code.strip() for block in codeblocks.extract(page.path, snippets)}
    printed = {
        fence.expanded(snippets).strip()
        for fence in page.fences
        if fence.is_one_include and not fence.is_python
    }
    name = page.path.relative_to(root).as_posix()
    found = []
    for pre in BeautifulSoup(html, "html.parser").select("article pre:not(:empty)"):
        text, language = pre.get_text().strip(), _language(pre)
        first_line = text.partition("\n")[0]
        # A block made elsewhere has no line of its own on the page; the first one stands for it.
        where = f"{name}:{pages.line_of(page.path, first_line)}"
        if language is None:
            found.append(f"{where}: this block does not say its language:\n{text}")
        elif language not in blocks.LANGUAGES and not is_notebook:
            found.append(f"{where}: no page shows a block of '{language}':\n{text}")
        elif language in pages.PYTHON and text not in ran:
            found.append(f"{where}: this Python block is shown but was not run:\n{text}")
        elif language in pages.PYTHON and is_notebook and not pre.find_parent(class_="no-copy"):
            found.append(f"{where}: this cell has a button to copy, and needs those above:\n{text}")
        elif language == "text" and text not in printed and not is_notebook:
            found.append(f"{where}: this output is shown but was not recorded:\n{text}")
    return found


def _language(pre: Tag) -> str | None:
    around = [pre.find("code"), pre, *list(pre.parents)[:2]]
    for element in around:
        match = element and _LANGUAGE.search(" ".join(element.get_attribute_list("class")))
        if match:
            return match[1]
    return None


@click.command(help=__doc__)
def main() -> int:
    """Check ./site; exit status 1 if a block shown there was not run."""
    found = unrun(Path.cwd(), Path("site"))
    print(*found, sep="\n", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    errors.run(main)
