"""Reads a page's source: headings, fences, links, formulas, tables and words, with their lines."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, wraps
from itertools import zip_longest
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any, TypeVar
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from tools.project import files, yaml_file
from tools.project.errors import UserError

FIGURE, PLOT = "figure:", "plot:"  # what an image's target begins with that is put into the page
Found = TypeVar("Found")
OBJECT = "\ufffc"  # stands in running text where code or a formula stood
PYTHON = {"python", "py", "python3", "py3", "pycon", "ipython", "ipython3", "numpy"}

_INCLUDE = re.compile(r"^\s*-+8<-+ +[\"'](?P<name>[^\"']+)[\"']\s*$")
_HEADING_ID = re.compile(r"\{[^}]*#(?P<id>[^\s}]+)[^}]*\}\s*$")
_LANGUAGE = re.compile(r"\{?\s*\.?(?P<name>[\w+-]*)")
_COMMENT = re.compile(r"<!--.*-->")
_HEAD: dict[str, tuple[type, str]] = {
    "section": (str, "a text there"),
    "long_title": (str, "a text there"),
    "description": (str, "a text there"),
    "minutes": (int, "a whole number there"),
    "hide": (list, "a list there"),
    "search": (dict, "its settings below it, as   exclude: true"),
}
_HIDDEN = ("navigation", "toc")  # what hide: may name
_CELL = re.compile(r"^# %%")
_ALT = re.compile(r'\balt="(?P<text>[^"]*)"')
_LIST = re.compile(r"\{[^}]*\}")
_ASKED = re.compile(r"\b(lit|cell|turned)=[\"']?([\w-]+)")


@dataclass(frozen=True)
class Heading:
    """A heading and its explicit id, None where it has none."""

    level: int
    text: str
    id: str | None
    line: int
    end: int  # its last line, the second where it is underlined


@dataclass(frozen=True)
class Fence:
    """A fenced or indented code block as the source spells it; `cell` for a notebook's."""

    info: str
    body: str
    line: int
    end: int  # its last line
    cell: bool = False

    @property
    def language(self) -> str:
        """The fence's language, however it is spelled: `py`, `{ .python }`, ` python title="x"`."""
        found = _LANGUAGE.match(self.info.strip())
        return found["name"].lower() if found else ""

    @property
    def is_python(self) -> bool:
        return self.language in PYTHON

    @property
    def includes(self) -> list[tuple[str, int]]:
        """Names of the included files and their lines."""
        lines = enumerate(self.body.splitlines(), self.line + 1)
        return [(m["name"], number) for number, text in lines if (m := _INCLUDE.match(text))]

    @property
    def is_one_include(self) -> bool:
        """Whether the block is one whole included file and nothing else."""
        return len(self.includes) == 1 and len(self.body.strip().splitlines()) == 1

    def expanded(self, snippets: Path) -> str:
        """Replace the includes by the files' contents, which is what a reader sees."""
        return "".join(
            files.read(snippets / m["name"]) if (m := _INCLUDE.match(text)) else text
            for text in self.body.splitlines(keepends=True)
        )


@dataclass(frozen=True)
class Link:
    """A link or an image and where it points to."""

    target: str
    line: int
    image: bool = False
    alt: str = ""
    lit: str | None = None  # the part of a drawing that is lit
    cell: str | None = None  # that a drawing is of, whose parts are explained below it
    turned: str | None = None  # the snippet whose net a reader turns

    @property
    def scheme(self) -> str:
        """What stands before the colon, such as https or figure."""
        return urlsplit(self.target).scheme

    def leads_to(self, page: str) -> tuple[str, str] | None:
        """Resolve it from a page: page and section, "" for the top; None if it leaves the site."""
        url = urlsplit(self.target)
        if url.scheme or url.netloc:
            return None
        return (normpath(PurePosixPath(page).parent / url.path) if url.path else page), url.fragment


@dataclass(frozen=True)
class Formula:
    """A formula's LaTeX."""

    latex: str
    line: int
    end: int  # its last line
    display: bool


@dataclass
class Table:
    """A table's size, its head counted as a row."""

    line: int
    rows: int = 0
    columns: int = 0


@dataclass(frozen=True)
class Admonition:
    """A box such as a note or a question that folds out."""

    kind: str
    line: int


@dataclass(frozen=True)
class Words:
    """Running text of one line, with an OBJECT for each piece of code and each formula."""

    text: str
    line: int


@dataclass(frozen=True)
class Comment:
    """An HTML comment that is a line of its own, <!-- and --> included."""

    text: str
    line: int


@dataclass(eq=False)  # a page is known by itself, not by what it holds
class Page:
    """What stands on a page, in order."""

    path: Path
    lines: list[str] = field(default_factory=list)  # as Markdown, also a notebook's
    headings: list[Heading] = field(default_factory=list)
    fences: list[Fence] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    formulas: list[Formula] = field(default_factory=list)
    html: list[range] = field(default_factory=list)  # lines of raw HTML
    tables: list[Table] = field(default_factory=list)
    admonitions: list[Admonition] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    code: list[Words] = field(default_factory=list)  # what stands between backticks
    alts: list[Words] = field(default_factory=list)  # what a notebook's plots show

    @cached_property
    def ids(self) -> list[str]:
        return [heading.id for heading in self.headings if heading.id]

    @cached_property
    def comments(self) -> list[Comment]:
        """The comments by which a page asks for something; one that a block shows is none."""
        lines = sorted({line for part in self.html for line in part if line <= len(self.lines)})
        texts = ((self.lines[line - 1].strip(), line) for line in lines)
        return [Comment(text, line) for text, line in texts if _COMMENT.fullmatch(text)]

    def blocks(self, snippets: Path) -> list[tuple[Fence, str, str | None]]:
        """Find its Python blocks as shown, each with the output shown right after it, if any."""
        blocks = []
        for fence, following in zip_longest(self.fences, self.fences[1:]):
            if fence.is_python:
                is_output = following is not None and following.language == "text"
                output = following.expanded(snippets) if is_output else None
                blocks.append((fence, fence.expanded(snippets), output))
        return blocks


def once(find: Callable[[Page], Found]) -> Callable[[Page], Found]:
    """Let a page be searched once for something, however many sections and checks ask for it."""
    known: WeakKeyDictionary[Page, Found] = WeakKeyDictionary()

    @wraps(find)
    def found(page: Page) -> Found:
        if page not in known:
            known[page] = find(page)
        return known[page]

    return found


def read(path: Path) -> Page:
    """Parse a Markdown page or a notebook in percent format."""
    return parse(files.read(path), path)


def parse(source: str, path: Path) -> Page:
    """Parse a text that stood at a path."""
    cells: set[int] = set()
    if path.suffix == ".py":
        source, cells = notebook_to_markdown(source)
    page = Page(path, source.removesuffix("\n").split("\n"))
    for token in _parser().parse(source):
        _collect(token, page, cells)
    return page


def line_of(file: Path, text: str) -> int:
    """Find the first line of a file that holds a text, or 1 if none does."""
    lines = files.read(file).splitlines()
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)


def front_matter(path: Path) -> dict[str, Any]:
    """Read the values between the two lines of --- at the top of a page or a notebook.

    Raises UserError for what MkDocs would print as text at the top of the page.
    """
    source = files.read(path)
    if path.suffix == ".py":
        source, _ = notebook_to_markdown(source)
    lines = [line.rstrip() for line in source.split("\n")]
    if lines[0] != "---":
        return {}
    if "---" not in lines[1:]:
        message = "this --- begins the head of the page, and no second --- ends it; add one"
        raise UserError(message, path, 1)
    end = lines.index("---", 1)
    values = yaml_file.parse("\n".join(lines[1:end]), path, first=2)
    if not isinstance(values, dict):
        message = "the head of a page holds a name and its words on each line, as section: Gates"
        raise UserError(message, path, 2)
    for name, (kind, advice) in _HEAD.items():
        if name in values and not isinstance(values[name], kind):
            line = next(n for n, text in enumerate(lines, 1) if text.startswith(f"{name}:"))
            raise UserError(f"'{name}' has {values[name]!r} here; write {advice}", path, line)
    for part in values.get("hide", []):
        if part not in _HIDDEN:
            line = next(n for n, text in enumerate(lines, 1) if text.startswith("hide:"))
            message = f"'hide' has {part!r} here; write one of {', '.join(_HIDDEN)}"
            raise UserError(message, path, line)
    return values


def section(path: Path) -> str:
    """Read the name of the section that a page begins; raises UserError where it has none."""
    meta = front_matter(path)
    if "section" not in meta:
        message = (
            "the first page of a section names it; "
            "add 'section: The title' between two lines of --- at the top"
        )
        raise UserError(message, path)
    return str(meta["section"])


def notebook_to_markdown(source: str) -> tuple[str, set[int]]:
    """Turn a percent-format notebook into Markdown, line for line; also gives its cells' lines.

    A cell's marker becomes the fence's first line, with its attributes, and the blank line before
    the next marker its last, so every line keeps its number.
    """
    lines = source.removesuffix("\n").split("\n")
    markers = [number for number, line in enumerate(lines) if _CELL.match(line)]
    head = lines[: markers[0]] if markers else lines
    out = [_uncommented(line) for line in head] if head[:1] == ["# ---"] else [""] * len(head)
    cells: set[int] = set()
    for start, end in zip(markers, [*markers, len(lines) + 1][1:], strict=True):
        body = lines[start + 1 : end]
        if "[markdown]" in lines[start]:
            out += ["", *map(_uncommented, body)]
            continue
        cells.add(start + 1)
        while body and not body[-1].strip():
            body.pop()
        out += [f"```python{_CELL.sub('', lines[start])}", *body, "```"]
        out += [""] * (end - len(out))
    return "\n".join(out) + "\n", cells


def _uncommented(line: str) -> str:
    return re.sub(r"^# ?", "", line)


class _Parser(MarkdownIt):
    """Reads a link wherever it leads, as the site does; whether it may lead there is checked."""

    def validateLink(self, url: str) -> bool:
        return True


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"html": True}).enable("table")
    return (
        parser.use(front_matter_plugin)
        .use(admon_plugin)
        .use(footnote_plugin)
        .use(dollarmath_plugin, allow_space=False, double_inline=False)
    )


def _collect(token: Token, page: Page, cells: set[int]) -> None:
    first, last = token.map or (0, 0)
    line = first + 1
    if token.type == "inline":
        _collect_inline(token, page, line)
    elif token.type in ("fence", "code_block"):
        page.fences.append(Fence(token.info, token.content, line, last, cell=line in cells))
        if line in cells and (alt := _ALT.search(token.info)):
            page.alts.append(Words(alt["text"], line))
    elif token.type == "math_block":
        page.formulas.append(Formula(token.content.strip(), line, last, display=True))
    elif token.type == "html_block":
        page.html.append(range(line, last + 1))
    elif token.type == "heading_open":
        page.headings.append(Heading(int(token.tag[1]), "", None, line, last))
    elif token.type == "admonition_open":
        page.admonitions.append(Admonition(token.meta["tag"], line))
    elif token.type == "table_open":
        page.tables.append(Table(line))
    elif token.type == "tr_open":
        page.tables[-1].rows += 1
        page.tables[-1].columns = 0
    elif token.type in ("th_open", "td_open"):
        page.tables[-1].columns += 1


def _collect_inline(token: Token, page: Page, line: int) -> None:
    if page.headings and page.headings[-1].line == line:
        found = _HEADING_ID.search(token.content)
        text = _HEADING_ID.sub("", token.content).strip()
        page.headings[-1] = replace(page.headings[-1], text=text, id=found and found["id"])
    children = token.children or []
    words = ""
    for child, following in zip_longest(children, children[1:]):
        if child.type in ("softbreak", "hardbreak"):
            page.words.append(Words(words, line))
            words = ""
            line += 1
        elif child.type == "link_open":
            page.links.append(Link(str(child.attrs["href"]), line))
        elif child.type == "image":
            behind = _LIST.match(following.content) if following else None
            asked = dict(_ASKED.findall(behind[0])) if behind else {}
            src, alt = str(child.attrs["src"]), child.content
            page.links.append(Link(src, line, image=True, alt=alt, **asked))
            words += alt
        elif child.type == "math_inline":
            page.formulas.append(Formula(child.content, line, line, display=False))
        elif child.type == "text":
            words += child.content
        elif child.type == "code_inline":
            page.code.append(Words(child.content, line))
        if child.type in ("math_inline", "code_inline"):
            words += OBJECT
    page.words.append(Words(words, line))
