"""docs/snippets.yml: what each snippet does, in a line, for the page of all code.

The rest of a snippet's row is read from the snippet, and from the page that it belongs to.
"""

from pathlib import Path, PurePosixPath
from typing import Any

from tools.project import yaml_file
from tools.sources import blocks, exercises
from tools.sources.pages import Page

FILE = Path("docs") / "snippets.yml"
REQUEST = "code"  # by which a page asks for all of them


def read(root: Path) -> Any:
    """Read the file as it is written, whatever is wrong with it; nothing where there is none."""
    file = root / FILE
    return yaml_file.load(file) or {} if file.exists() else {}


def of_page(page: Page, path: str) -> dict[str, str]:
    """Find a page's own snippets, each with the section or the exercise that shows it first."""
    folder = PurePosixPath(path).with_suffix("").as_posix()
    found: dict[str, str] = {}
    for fence in page.fences:
        if fence.is_python:
            for name, line in fence.includes:
                if folder in blocks.homes(name):
                    found.setdefault(name, _place(page, line))
    return found


def _place(page: Page, line: int) -> str:
    for exercise in exercises.read(page):
        if exercise.line <= line <= exercise.end:
            return exercise.id
    above = [heading.id for heading in page.headings if heading.id and heading.line < line]
    return above[-1] if above else ""
