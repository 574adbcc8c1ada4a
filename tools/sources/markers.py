"""The line by which a page asks for what it does not hold.

It stands alone, <!-- generated: glossary -->, or with what it is about:
<!-- generated: verdict counting -->
"""

import re
from collections.abc import Iterator

from tools.sources.pages import Page

BEGIN = "<!-- generated: "

_REQUEST = re.compile(rf"{BEGIN}(?P<name>[\w-]+)(?: (?P<about>[\w-]+))? -->")


def marker(name: str, about: str) -> str:
    """Write the line that asks for something about something."""
    return f"{BEGIN}{name} {about} -->"


def requests(page: Page) -> Iterator[tuple[int, str, str | None]]:
    """Find what a page asks for: the line, the name, and what it is about, if anything."""
    for comment in page.comments:
        if found := _REQUEST.fullmatch(comment.text):
            yield comment.line, found["name"], found["about"]
