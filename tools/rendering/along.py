"""Gives each page to take along: its Markdown twin, its notebook, and llms.txt, which lists them.

They stand beside the page: gates/gru/index.md and gates/gru/gru.ipynb.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from posixpath import relpath

from markupsafe import Markup
from nbformat import NotebookNode

from tools.project import addresses, cache, files, published
from tools.rendering import head, mathml, notebook, twin
from tools.sources import languages
from tools.sources.languages import Language

TWIN, LIST = "index.md", "llms.txt"
PAGE = "take-along/"  # where it is said what one does with them
_CODE_LICENCE = "https://spdx.org/licenses/0BSD.html"


@dataclass(frozen=True)
class Where:
    """A page and the site it stands on."""

    root: Path
    url: str  # the page's, below its language's root
    language: Language
    site: str
    home: str  # the address of the site, in its main language

    @property
    def address(self) -> str:
        """The page's address; "" where nobody knows where the site will stand."""
        return "" if addresses.is_local(self.home) else self.home + self.language.prefix + self.url

    @property
    def up(self) -> str:
        return languages.up(self.url)

    @property
    def name(self) -> str:
        return name(self.url)


def name(url: str) -> str:
    """Name the files of a page as somebody who saved them would look for them."""
    return url.rstrip("/").rpartition("/")[2] or "index"


@dataclass(frozen=True)
class Along:
    """What one takes along of a page: files by their paths below the language's root."""

    files: dict[str, str]
    notebook: str  # its file's name, "" where there is none


def of_page(html: str, where: Where, executed: Sequence[NotebookNode] | None) -> Along:
    """Make the files of a page; `executed` are the cells of one that is a notebook itself."""
    latex = mathml.formulas(html).values()
    rests_on = [html, *latex, where.home, where.site, json.dumps(executed)]
    name = f"along/{where.language.code}/{where.url}index"
    return Along(*cache.kept(where.root, name, rests_on, partial(_of_page, html, where, executed)))


def _of_page(
    html: str, where: Where, executed: Sequence[NotebookNode] | None
) -> tuple[dict[str, str], str]:
    text = where.language.text
    markdown = f"{twin.of_html(html, where.address)}\n---\n\n{_origin(where)}\n"
    found = {where.url + TWIN: markdown}
    told = {
        "language": where.language.code,
        "license": {"text": "CC-BY-4.0", "code": "0BSD"},
        **({"url": where.address} if where.address else {}),
    }
    written = notebook.written(markdown, executed, where.root, where.home, text, {where.site: told})
    if written is None:
        return found, ""
    file = f"{where.name}.ipynb"
    return {**found, where.url + file: written}, file


def _origin(where: Where) -> str:
    """Say where a file is from and under which licences, as a page does at its end."""
    text, address = where.language.text, where.address
    said = [
        where.site,
        f"{text['on_paper']}<{address}>" if address else "",
        f"{text['licence_text']}[CC BY 4.0]({head.LICENCE})",
        f"{text['licence_code']}[0BSD]({_CODE_LICENCE}){text['licence_free']}",
    ]
    return " · ".join(filter(None, said))


def line(where: Where, along: Along) -> Markup:
    """Write the line at the end of a page that offers its files."""
    text = where.language.text
    links = {
        "markdown": _link(TWIN, "Markdown", f"{where.name}.md"),
        "more": _link(f"{where.up}{PAGE}#page", text["take_more"]),
    }
    if not along.notebook:
        return Markup(text["take_text"]).format(**links)
    links["notebook"] = _link(along.notebook, text["take_notebook"], along.notebook)
    said = Markup(text["take"]).format(**links)
    folder = published.read()
    if folder is None:
        return said
    opened = folder.addresses(where.language.prefix + where.url + along.notebook)
    places = [_link(opened[name], text[f"place_{name}"]) for name in text["places"].split()]
    more = _link(f"{where.up}{PAGE}#elsewhere", text["take_open_more"])
    listed = Markup(text["search_comma"]).join(places)
    return said + Markup(" ") + Markup(text["take_open"]).format(places=listed, more=more)


def _link(target: str, words: str, saved_as: str = "") -> Markup:
    download = Markup(' download="{}"').format(saved_as) if saved_as else ""
    return Markup('<a href="{}"{}>{}</a>').format(target, download, words)


@dataclass(frozen=True)
class Entry:
    """A page as llms.txt lists it."""

    title: str
    url: str
    description: str


def listing(
    about: str, where: Where, groups: Iterable[tuple[str, list[Entry]]], others: Iterable[Language]
) -> str:
    """Write llms.txt as llmstxt.org proposes: what the site is, then its pages by sections.

    `where` is the home page of a language; a group without a name holds the pages of no section.
    """
    text = where.language.text
    links = [
        text["llms_other"].format(
            language=other.name_in(where.language), link=_listed(LIST, LIST, where, other)
        )
        for other in others
    ]
    parts = [f"# {where.site}", f"> {about}", " ".join([text["llms_note"], *links])]
    for section, entries in groups:
        lines = [_entry(entry, where) for entry in entries]
        parts += [f"## {section or text['llms_more']}", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def _entry(entry: Entry, where: Where) -> str:
    said = f": {entry.description}" if entry.description else ""
    return f"- {_listed(entry.title, entry.url + TWIN, where, where.language)}{said}"


def _listed(words: str, path: str, where: Where, there: Language) -> str:
    """Link to a file of a language, from the list of one."""
    target = there.prefix + path
    if where.address:
        return f"[{words}]({where.home}{target})"
    return f"[{words}]({relpath(target, where.language.prefix or '.')})"


def write(site: Path, held: Mapping[str, str]) -> None:
    """Write files into the built site of a language."""
    for path, text in held.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        files.replace(site / path, text)
