"""Markdown extension: a block's head leads to its file; a block that is not to be pasted says so.

The name above a block downloads the file, whatever a host tells the browser of such files: some
would show it, some would save it. So does a file's name in the text. What is printed has no button
to copy, nor has a notebook's cell, which runs after those before it and beside the experiments.
"""

import re
from html import escape
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

from tools.rendering import origin
from tools.rendering.origin import Origin
from tools.sources import code_files, languages

_HEAD = re.compile(
    r'<div class="language-(?P<language>\w+) highlight">'
    r'(?:<span class="filename">(?P<name>[^<]+)</span>)?'
)
_NAMED = re.compile(r"<code>(?P<name>(?:snippets|experiments)/[\w/-]+\.(?:py|c))</code>(?!</a>)")
_RUN = "run"  # the section of a notebook that says how to run it


class Downloads(Extension):
    """Links names of files to the files that the site gives to its readers."""

    def extendMarkdown(self, md: Markdown) -> None:
        # After raw_html (30) has put every block in its place.
        md.postprocessors.register(_Linker(md), "downloads", 7)


def makeExtension(**config: Any) -> Downloads:
    return Downloads(**config)


class _Linker(Postprocessor):
    def __init__(self, md: Markdown):
        super().__init__(md)
        self.reader = origin.reader(md)

    def run(self, text: str) -> str:
        return _NAMED.sub(self._named, _HEAD.sub(self._head, text))

    def _head(self, found: re.Match[str]) -> str:
        language, name = found["language"], found["name"]
        if language == "text":
            return found[0].replace(" highlight", " no-copy highlight")
        where = self.reader.origin
        if included := _included(where).get(name or ""):
            head = f'<a class="filename" href="{_href(included, where)}" download>{name}</a>'
            return f'<div class="language-{language} highlight">{head}'
        if language == "python" and where.path.endswith(".py"):
            words = escape(where.readers.text["cell_runs"])
            head = f'<a class="filename" href="#{_RUN}">{words}</a>'
            return f'<div class="language-python no-copy highlight">{head}'
        return found[0]

    def _named(self, found: re.Match[str]) -> str:
        where, name = self.reader.origin, found["name"]
        if not (Path(where.root) / name).is_file():
            return found[0]
        return f'<a href="{_href(name, where)}" download>{found[0]}</a>'


def _href(file: str, where: Origin) -> str:
    return languages.to_root(where.path, where.readers) + code_files.address(file)


def _included(where: Origin) -> dict[str, str]:
    """Find the files that a page shows under their names."""
    return {
        included.rpartition("/")[2]: f"{code_files.SNIPPETS.as_posix()}/{included}"
        for fence in where.page.fences
        for included, _ in fence.includes
    }
