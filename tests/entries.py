"""The entries of the pages on errors: a message each, or what is seen where there is none."""

import re
from dataclasses import dataclass

from tests.sources import ROOT, SOURCES
from tools.sources import sections

PATHS = ["pytorch/errors.md", "pytorch/silent.md"]
OLDER = {"input must have the type torch.float32, got type torch.float64"}  # PyTorch 2.6
ENTRY = 3  # the level of its heading

_CODE = re.compile(r"(`+) ?(.+?) ?\1")
MESSAGE = re.compile(r"^(?:\w+(?:Error|Warning)|Unsupported): .+(?:\n +.+)*", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """A section on a message, or on what is seen where there is none."""

    path: str
    section: sections.Section

    @property
    def page(self) -> str:
        """Its page's address, as the search gives it."""
        return f"{self.path.removesuffix('.md')}/"

    @property
    def place(self) -> str:
        return f"{self.page}#{self.section.id}"

    @property
    def heading(self) -> str:
        return _CODE.sub(r"\2", self.section.heading.text)

    @property
    def named(self) -> list[str]:
        """The messages that its heading begins."""
        return [text for _, text in _CODE.findall(self.section.heading.text)]

    @property
    def fences(self) -> list:
        return self.section.within(self.section.page.fences)

    @property
    def messages(self) -> list[str]:
        """What its snippet printed of errors and warnings, with the type."""
        output = "".join(f.expanded(ROOT / "snippets") for f in self.fences if f.language == "text")
        return MESSAGE.findall(output)


def entries(code: str) -> list[Entry]:
    return [
        Entry(path, section)
        for path in PATHS
        for section in sections.sections(SOURCES.pages[code][path]).values()
        if section.heading.level == ENTRY
    ]


def without_type(message: str) -> str:
    return " ".join(message.partition(": ")[2].split())
