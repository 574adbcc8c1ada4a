"""Tells the Markdown extensions which page they are given: a first line says so, and is taken off.

<!-- page: {"root": "/gate", "path": "gates/gru.md", "text": "en", "reader": "zh"} -->

Python-Markdown is given texts alone, so whoever hands it a page writes that line.
"""

import json
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from tools.project.errors import UserError
from tools.sources.languages import Language
from tools.sources.pages import Page
from tools.translations.overview import Overview, overview_of

BEGIN, END = "<!-- page: ", " -->"

_NAME = "origin"


@dataclass(frozen=True)
class Origin:
    """A page as readers get it: project, path, the language of its text, and their own."""

    root: str
    path: str
    text: str
    reader: str

    @cached_property
    def overview(self) -> Overview:
        return overview_of(Path(self.root))

    @property
    def page(self) -> Page:
        return self.overview.sources.pages[self.text][self.path]

    @property
    def language(self) -> Language:
        """That of the text."""
        return self.overview.sources.language(self.text)

    @property
    def readers(self) -> Language:
        """That of the readers, who get another one's text where their own lacks the page."""
        return self.overview.sources.language(self.reader)


def write(markdown: str, origin: Origin) -> str:
    """Put before a page's text the line that says which page it is."""
    return f"{BEGIN}{json.dumps(asdict(origin))}{END}\n{markdown}"


class OriginPreprocessor(Preprocessor):
    """Takes the first line off, and keeps what it says for as long as this text is converted."""

    _read: Origin | None = None

    def run(self, lines: list[str]) -> list[str]:
        first, *rest = lines
        self._read = None
        if not (first.startswith(BEGIN) and first.endswith(END)):
            return lines
        self._read = Origin(**json.loads(first[len(BEGIN) : -len(END)]))
        return rest

    @property
    def origin(self) -> Origin:
        """What the line said; raises UserError where there was none."""
        if self._read is None:
            raise UserError(
                f"a text came without its first line, {BEGIN}...{END}, so nobody knows which page "
                "it is; let what builds the site write it, by tools.rendering.origin"
            )
        return self._read


def reader(md: Markdown) -> OriginPreprocessor:
    """The one preprocessor that reads the line, for all extensions."""
    if _NAME not in md.preprocessors:
        md.preprocessors.register(OriginPreprocessor(md), _NAME, 100)  # before all others
    found = md.preprocessors[_NAME]
    assert isinstance(found, OriginPreprocessor)
    return found
