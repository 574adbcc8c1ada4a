"""Lays out a page, a section or a language, ready to be written over."""

import re
from pathlib import Path

import yaml
from babel import Locale, UnknownLocaleError
from material import __file__ as material

from tools.project import files, yaml_file
from tools.project.errors import UserError
from tools.sources import pages
from tools.sources.sections import Section, mark, sections
from tools.translations.overview import Overview, Row

_CELL = "# %% [markdown]"
_EMPTY = ("", "#", _CELL)


def page(overview: Overview, path: str, code: str) -> Path:
    """Lay out a whole page in a language, or the sections that its page lacks."""
    file = overview.sources.language(code).folder / path
    rows = overview.by_page[path]
    if file.exists():
        lacking = [row for row in rows if code not in row.sections and row.translated()]
        if not lacking:
            raise UserError(f"{overview.sources.file(path, code)} lacks no section; write there")
        for row in lacking:
            _insert(file, row, code)
        return file
    if not rows or not rows[0].translated():
        raise UserError(f"no language has written {path} yet; write it in one of them first")
    source = next(iter(rows[0].translated()))
    lines = _lines(overview.sources.language(source).folder / path)
    ends = [row.sections[source].heading.end for row in rows if source in row.sections]
    for line in sorted(ends, reverse=True):
        lines[line:line] = _mark(source, file)
    file.parent.mkdir(parents=True, exist_ok=True)
    _write(file, _moved(lines, source, code))
    return file


def section(overview: Overview, row: Row, code: str) -> Path:
    """Lay out one section in the page that a language has."""
    file = overview.sources.language(code).folder / row.page
    name = overview.sources.file(row.page, code)
    if code in row.sections:
        raise UserError(f"{name} has the section '{row.id}'; write there")
    if not file.exists():
        raise UserError(f"{name} is not there; lay out the whole page: new {row.page}")
    if not row.translated():
        raise UserError(f"no language has written {row.key} yet; write it in one of them first")
    _insert(file, row, code)
    return file


def language(root: Path, code: str) -> Path:
    """Begin a language: its configuration file, and a folder for its pages."""
    try:
        name = Locale.parse(code, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        raise UserError(f"'{code}' is no language code; write one such as ja or pt-BR") from None
    if not (Path(material).parent / f"templates/partials/languages/{code}.html").exists():
        raise UserError(f"the theme has no words in '{code}'; it may write the code otherwise")
    config, folder = root / "docs" / f"{code}.yml", root / "docs" / code
    for path in (config, folder):
        if path.exists():
            raise UserError(f"{path.relative_to(root).as_posix()} is there already")
    main = yaml_file.load_config(root / "mkdocs.yml")
    own = {
        "INHERIT": "../mkdocs.yml",
        "site_name": main["site_name"],
        "site_description": main["site_description"],
        "docs_dir": code,
        "site_dir": f"../site/{code}",
        "theme": {"custom_dir": "../overrides", "language": code},
        "hooks": ["../tools/hooks.py"],
        "watch": [code],
        "extra": {
            "language": name,
            "text": {
                key: words.replace(main["extra"]["language"], name)
                for key, words in main["extra"]["text"].items()
            },
        },
    }
    folder.mkdir()
    text = yaml.safe_dump(own, allow_unicode=True, sort_keys=False, width=1000)
    try:
        files.replace(config, f"# Translate the site's name, its description and the text.\n{text}")
    except OSError:  # such as on a full disk; the folder alone would stand in the next try's way
        folder.rmdir()
        raise
    return config


def _insert(file: Path, row: Row, code: str) -> None:
    """Put a section after the one that it follows in the language that it comes from."""
    source, own = next(iter(row.translated().items()))
    heading = own.heading
    raw = _lines(own.page.path)[heading.line - 1 : own.end]
    after = heading.end - heading.line + 1
    raw[after:after] = _mark(source, file)
    while raw[-1].strip() in _EMPTY:
        raw.pop()
    lines = _lines(file)
    at = _end_of_predecessor(file, own)
    while at and lines[at - 1].strip() in _EMPTY:
        at -= 1
    if file.suffix == ".py":
        follows = [line for line in lines[at:] if line.strip()][:1]
        raw = [_CELL, *raw, *(["", _CELL] if follows and not follows[0].startswith("# %%") else [])]
    lines[at:at] = ["", *_moved(raw, source, code)]
    _write(file, lines)


def _end_of_predecessor(file: Path, own: Section) -> int:
    """Find the last line of the nearest section before it that the file has too, or its first."""
    there = sections(pages.read(file))
    order = list(sections(own.page))
    before = [section_id for section_id in order[: order.index(own.id)] if section_id in there]
    if not there:
        raise UserError(f"{file} has no section; begin it with a heading, or remove it")
    return there[before[-1]].end if before else next(iter(there.values())).end


def _mark(source: str, file: Path) -> list[str]:
    return ["#", f"# {mark(source)}"] if file.suffix == ".py" else ["", mark(source)]


def _lines(file: Path) -> list[str]:
    return files.read(file).removesuffix("\n").split("\n")


def _moved(lines: list[str], source: str, code: str) -> list[str]:
    """Let lines that name the project's pages in one language name those in another."""
    return [re.sub(rf"(?<![/\w.])docs/{source}/", f"docs/{code}/", line) for line in lines]


def _write(file: Path, lines: list[str]) -> None:
    files.replace(file, "\n".join(lines) + "\n")
