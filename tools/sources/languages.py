"""The site's languages: one for mkdocs.yml and one for each file in docs/ that inherits it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import join, relpath
from typing import Any, TypedDict
from urllib.parse import urljoin

from babel import Locale

from tools.project import errors, yaml_file
from tools.project.errors import UserError
from tools.sources import pages

PAGE_SUFFIXES = (".md", ".py")

_INHERITS = re.compile(r"^INHERIT\s*:", re.MULTILINE)


@dataclass(frozen=True)
class Language:
    """One language: its configuration file, its folder of pages, and how it names itself."""

    code: str
    name: str
    names: dict[str, str]  # of other languages, where readers use other names than usual
    text: dict[str, str]
    config_file: Path
    folder: Path
    prefix: str  # of its addresses: "" for the main language, else "zh/"

    def name_in(self, reader: "Language") -> str:
        """Name it as readers of a language do: 中文 is Chinese in English."""
        own, theirs = (Locale.parse(code, sep="-") for code in (self.code, reader.code))
        return reader.names.get(self.code) or own.get_language_name(theirs) or self.name

    def pages(self) -> list[str]:
        """List the paths of its pages relative to its folder, sorted."""
        found = (path for path in self.folder.rglob("*") if path.suffix in PAGE_SUFFIXES)
        return sorted(
            path.relative_to(self.folder).as_posix()
            for path in found
            if path.is_file() and not path.name.startswith(".")
        )


class Link(TypedDict):
    """A page in a language: its whole address, and the one relative to the page that links."""

    language: Language
    url: str
    href: str


def address(path: str) -> str:
    """Give the address of a page below its language's root: gates/gru/ for gates/gru.md."""
    name = path.rsplit(".", 1)[0]
    return "" if name == "index" else f"{name.removesuffix('/index')}/"


def relative_link(target: str, page: str) -> str:
    """Write a page's path as a link from another page."""
    return relpath(target, page.rpartition("/")[0] or ".")


def up(url: str) -> str:
    """Lead from an address below a root back to that root: ../../ from gates/gru/."""
    return "../" * url.count("/")


def to_root(page: str, readers: Language) -> str:
    """Lead from a page, as the readers of a language get it, to what lies at the site's root."""
    return up(readers.prefix + address(page))


def href(url: str, here: Language, there: Language, base: str) -> str:
    """Give a page's address in a language, from a page in another whose root is `base`."""
    return join(base, ".." if here.prefix else "", there.prefix + url)


def links(url: str, here: Language, every: list[Language], home: str, base: str) -> list[Link]:
    """Give a page's address in each language; `home` is the main one's, `base` as above."""
    return [
        {
            "language": there,
            "url": urljoin(home, there.prefix + url),
            "href": href(url, here, there, base),
        }
        for there in every
    ]


def lang_span(text: str, code: str) -> str:
    """Mark a text as being in another language than the page."""
    return f'<span lang="{code}">{text}</span>'


def project_root(config_file: str | Path) -> Path:
    """Find the folder that holds mkdocs.yml, from that file or a language's file in docs/."""
    folder = Path(config_file).resolve().parent
    return folder if (folder / "mkdocs.yml").exists() else folder.parent


def navigation(root: Path) -> list[str]:
    """Read the paths of the pages that mkdocs.yml lists, in its order."""
    file = root / "mkdocs.yml"
    paths = list(_paths(yaml_file.load_config(file).get("nav")))
    if not all(isinstance(path, str) for path in paths):
        message = "nav holds pages, such as index.md, and sections with a list of them; mend it"
        raise UserError(message, file, pages.line_of(file, "nav:"))
    return paths


def _paths(nav: Any) -> Iterator[Any]:
    if isinstance(nav, dict | list):
        for entry in nav.values() if isinstance(nav, dict) else nav:
            yield from _paths(entry)
    else:
        yield nav


def load(root: Path) -> list[Language]:
    """Read every language, the main one first; raises UserError for a file that makes none."""
    main = _read(root / "mkdocs.yml", prefix="")
    inheriting = [
        file for file in sorted((root / "docs").glob("*.yml")) if _INHERITS.search(_readable(file))
    ]
    found = [main]
    for file in inheriting:
        language = _read(file, prefix=f"{file.stem}/")
        if language.code in [other.code for other in found]:
            other = next(other for other in found if other.code == language.code)
            raise UserError(
                f"this file is in '{language.code}', as {errors.name(other.config_file)} is; "
                "write its own code, theme: {language: ...}",
                file, pages.line_of(file, "  language:"),
            )  # fmt: skip
        found.append(language)
    return found


def _readable(file: Path) -> str:
    """Read a file's text; another check says if it is not in UTF-8."""
    return file.read_text("utf-8-sig", errors="replace")


def _read(config_file: Path, prefix: str) -> Language:
    yaml_file.load(config_file)  # says better than the next line what is wrong
    config = yaml_file.load_config(config_file)
    if lacking := [name for name in ("docs_dir", "extra", "theme") if name not in config]:
        raise UserError(f"this file lacks {', '.join(lacking)}; restore it with git", config_file)
    folder = (config_file.parent / config["docs_dir"]).resolve()
    if not folder.is_dir():
        raise UserError(
            f"the folder '{config['docs_dir']}' does not exist. "
            f"Make it beside this file, or name one that does.",
            config_file, pages.line_of(config_file, f"docs_dir: {config['docs_dir']}"),
        )  # fmt: skip
    extra = config["extra"]
    if not isinstance(extra, dict) or not isinstance(extra.get("text"), dict):
        message = "this file needs the words of its language, under extra: and text:"
        raise UserError(message, config_file, pages.line_of(config_file, "extra:"))
    code = config["theme"]["language"]
    names, text = extra.get("names", {}), extra["text"]
    return Language(code, extra["language"], names, text, config_file, folder, prefix)
