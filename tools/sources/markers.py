"""The line by which a page asks for what it does not hold.

It stands alone, <!-- generated: glossary -->, or with what it is about:
<!-- generated: verdict counting -->
"""

import re
from collections.abc import Iterator

from tools.sources.pages import Page

BEGIN = "<!-- generated: "

_ASKED = re.compile(rf"{BEGIN}(?P<name>[\w-]+)(?: (?P<about>[\w-]+))? -->")


def marker(name: str, about: str) -> str:
    """The line that asks for something about something."""
    return f"{BEGIN}{name} {about} -->"


def asked_for(page: Page) -> Iterator[tuple[int, str, str | None]]:
    """What a page asks for, with the line and what it is about."""
    for comment in page.comments:
        if asked := _ASKED.fullmatch(comment.text):
            yield comment.line, asked["name"], asked["about"]
