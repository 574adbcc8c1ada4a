"""Checks that the snippets that pages show and the lines of docs/snippets.yml have each other."""

from collections.abc import Iterator
from typing import Any

from tools.checks.claims import excess
from tools.sources import pages, snippets
from tools.sources.findings import Finding
from tools.sources.markers import requests
from tools.translations.overview import Overview

LONGEST = {"words": 12, "signs": 24}  # of a line


def check(overview: Overview) -> Iterator[Finding]:
    """Find snippets without a line and lines without a snippet, if a page asks for them."""
    sources, file = overview.sources, snippets.FILE.as_posix()
    written = [
        (code, path, page) for code, of in sources.pages.items() for path, page in of.items()
    ]
    asked = {name for _, _, page in written for _, name, _ in requests(page)}
    if snippets.REQUEST not in asked:
        return
    lines = snippets.read(sources.root)
    if not isinstance(lines, dict):
        yield Finding(file, 1, "this file holds no lines; write each as PAGE/NAME.py: {en: ...}")
        return
    shown: set[str] = set()
    for code, path, page in written:
        for name in snippets.of_page(page, path):
            if name not in shown | lines.keys():
                message = f"{file} does not say what {name} does; add {name}: {{{code}: ...}}"
                yield Finding(sources.file(path, code), pages.line_of(page.path, name), message)
            shown.add(name)
    for name, said in lines.items():
        line = pages.line_of(sources.root / snippets.FILE, f"{name}:")
        if name not in shown:
            message = f"no page shows snippets/{name}; take its line out, or mend the name"
            yield Finding(file, line, message)
        for message in _faults(said, list(sources.pages)):
            yield Finding(file, line, f"{name}: {message}")


def _faults(said: Any, codes: list[str]) -> Iterator[str]:
    if not isinstance(said, dict) or not said:
        yield f"say what it does in a language at least, {{{codes[0]}: ...}}"
        return
    for code, words in said.items():
        if code not in codes:
            yield f"'{code}' is no language of the site; it has {', '.join(codes)}"
        elif not isinstance(words, str) or "|" in words:
            yield f"'{code}' has {words!r} here; write words without a |"
        elif found := excess(words, LONGEST):
            yield f"'{code}' has {found}"
