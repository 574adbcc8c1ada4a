"""Writes the list of all snippets, page by page, and of the functions in one file to import."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from tools.project import addresses, files
from tools.running import versions
from tools.sources import languages, module, snippets, texts
from tools.sources.languages import Language, lang_span, relative_link
from tools.translations.overview import Overview

Lines = dict[str, dict[str, str]]  # what each snippet does, by language


def _code(page: str, language: Language, overview: Overview) -> str:
    """Write a heading and a list for each page that has snippets, the pages beside this first."""
    sources, here = overview.sources, PurePosixPath(page).parent
    paths = sorted(sources.paths(), key=lambda path: PurePosixPath(path).parent != here)
    does = snippets.read(sources.root)
    parts = [part for path in paths for part in _of_page(path, page, does, language, overview)]
    return "\n\n".join(parts)


def _of_page(
    path: str, page: str, does: Lines, language: Language, overview: Overview
) -> Iterator[str]:
    sources = overview.sources
    shown = snippets.of_page(sources.get_page(path, language.code), path)
    if not shown:
        return
    slug = PurePosixPath(path).with_suffix("").as_posix().replace("/", "-")
    # The pages themselves are what the search finds.
    yield '<div class="gg-code" markdown data-search-exclude>'
    yield f"## {sources.link(path, page, language)} {{ #{slug} }}"
    link, lines = relative_link(path, page), []
    for name, place in shown.items():
        code = files.read(sources.root / "snippets" / name)
        facts = [
            f"[`{PurePosixPath(name).name}`]({link}#{place})",
            _needs(code, language, sources.root),
            language.text["code_lines"].format(count=len(code.splitlines())),
        ]
        about = " · ".join(filter(None, facts))
        lines.append(
            f'- {_in_words(does[name], language)}<br><span class="gg-quiet">{about}</span>'
        )
    yield "\n".join(lines)
    yield "</div>"


def _in_words(lines: dict[str, str], language: Language) -> str:
    """Give what a snippet does, in another language where nobody has said it in this one."""
    if language.code in lines:
        return lines[language.code]
    code, line = next(iter(lines.items()))
    return lang_span(line, code)


def _needs(code: str, language: Language, root: Path) -> str:
    """Name the packages that a snippet needs beside PyTorch, if any."""
    named = versions.needs(code, root)
    return language.text["code_needs"].format(packages=", ".join(named)) if named else ""


def _module(page: str, language: Language, overview: Overview) -> str:
    """Write how to get the file, and what it holds."""
    up = languages.to_root(page, language)
    entries = []
    for function in module.load(overview.sources.root):
        path, _, section = function.place.partition("#")
        link = f"{relative_link(f'{path}.md', page)}#{section}"
        entries.append(f"- [`{function.name}`]({link})<br>{_in_words(function.line, language)}")
    parts = [
        f"```console\ncurl -O {addresses.site()}{module.NAME}\n```",
        f'<p><a href="{up}{module.NAME}" download>{language.text["module_get"]}</a></p>',
        '<details class="gg-fold" markdown data-search-exclude>',
        f"<summary>{language.text['module_holds'].format(count=len(entries))}</summary>",
        "\n".join(entries),
        "</details>",
    ]
    return "\n\n".join(parts)


def _texts(page: str, language: Language, overview: Overview) -> str:
    """Write how to get the texts that recipes read."""
    lines = [
        f"curl -O {addresses.site()}{texts.PLACE}/{name}"
        for name in texts.names(overview.sources.root)
    ]
    return "\n".join(["```console", *lines, "```"])


WRITERS = {snippets.REQUEST: _code, "module": _module, "texts": _texts}
