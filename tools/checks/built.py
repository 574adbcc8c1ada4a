"""Looks at a built site for what each plugin, hook and extension leaves on its pages.

A builder may pass over one that it does not know and say nothing; then this names each page, what
is missing there and who was to put it there.
"""

import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from mkdocs.exceptions import Abort

from tools.project import errors
from tools.rendering import along, notices, origin, ran_with, tooltips
from tools.rendering.origin import Origin
from tools.sources import exercises, glossary, languages
from tools.sources.languages import Language
from tools.sources.markers import BEGIN
from tools.sources.pages import FIGURE, PLOT, Page
from tools.theme import search
from tools.translations.overview import Overview, overview_of

log = logging.getLogger("mkdocs.hooks")

# What stands on a page if nobody has replaced it
_LEFT = {
    'class="arithmatex"': "a formula is no MathML (tools.rendering.mathml)",
    f'src="{FIGURE}': "a drawing is not put in (tools.rendering.figures)",
    f'src="{PLOT}': "a plot is not put in (tools.rendering.figures)",
    BEGIN: "what the page asks for is not filled in (tools.rendering.placeholders)",
    origin.BEGIN: "the line that says which page it is stands on it (tools.rendering.origin)",
}
_UNREACHABLE = re.compile(r'<pre\b(?![^>]* tabindex="0")')
_NO_SENTENCE = re.compile(r"^\W|[\[<`|]")  # where a term may be left alone


def check(overview: Overview, folder: Path) -> Iterator[str]:
    """Find what is missing in the folder of a site with all its languages."""
    for language in overview.sources.languages:
        yield from of_language(overview, language, folder / language.prefix)


def of_language(overview: Overview, language: Language, folder: Path) -> Iterator[str]:
    """Find what is missing in the folder of one language."""
    sources = overview.sources
    for path in sources.paths():
        file = folder / languages.address(path) / "index.html"
        text = sources.code_shown(path, language.code)
        assert text is not None, path  # some language has it, since it is listed
        where = Origin(str(sources.root), path, text, language.code)
        found = _on_page(file.read_text("utf-8"), where) if file.is_file() else ["it is not there"]
        for fault in found:
            yield f"{file}, from {sources.file(path, text)}: {fault}"
        for name in _to_take_along(where.page, languages.address(path)):
            if not (folder / name).is_file():
                yield f"{folder / name}: nobody can take this along (tools.rendering.along)"
    if not (folder / along.LIST).is_file():
        yield f"{folder / along.LIST}: no list of the pages as Markdown (tools.rendering.along)"
    if not search.is_whole(folder):
        yield f"{folder / search.INDEX}: the search lacks sections (tools.theme.search)"
    for source_map in folder.glob("assets/**/*.map"):
        yield f"{source_map}: nobody asks for this file (on_post_build of tools/hooks.py)"


def _on_page(html: str, where: Origin) -> Iterator[str]:
    page = where.page
    yield from (fault for left, fault in _LEFT.items() if left in html)
    if html.count("<math") < len(page.formulas):
        yield f"it has {len(page.formulas)} formulas, and not all are set (tools.rendering.mathml)"
    if html.count('class="gg-exercise"') < len(exercises.read(page)):
        yield "an exercise does not answer back (tools.rendering.exercises)"
    if _UNREACHABLE.search(html):
        yield "the keyboard does not reach a block (tools.rendering.typesetting)"
    if any(fence.cell for fence in page.fences) and not _outputs(html, page):
        yield "it shows cells and nothing that they gave (mkdocs-jupyter, execute: true)"
    if _names_a_term(where) and 'class="gg-term"' not in html:
        yield "no term shows its definition (tools.rendering.tooltips)"
    if ran_with.of_page(page, Path(where.root)) not in html:
        yield "it does not say with which versions its code was run (tools.rendering.ran_with)"
    if notices.has_any(where) and 'class="gg-notice"' not in html:
        yield "nobody tells its reader of the other language (tools.rendering.notices)"
    if where.text != where.reader and 'class="gg-fallback"' not in html:
        yield "nobody says that it is in another language (on_page_context of tools/hooks.py)"
    if 'rel=" alternate"' not in html:
        yield "it has no link to its other languages (on_page_context of tools/hooks.py)"


def _to_take_along(page: Page, url: str) -> Iterator[str]:
    """Name the files that readers take along of a page."""
    yield f"{url}{along.TWIN}"
    if any(fence.is_python or fence.cell for fence in page.fences):
        yield f"{url}{along.name(url)}.ipynb"


def _outputs(html: str, page: Page) -> int:
    """Count the outputs that a notebook's page shows beside its own texts and plots."""
    texts = sum(fence.language == "text" for fence in page.fences)
    plots = sum(link.target.startswith(PLOT) for link in page.links)
    outputs = html.count('class="language-text') + html.count('<figure class="plot"')
    return outputs - texts - plots


def _names_a_term(where: Origin) -> bool:
    """Tell whether a plain sentence does; headings, links and the like have no definitions."""
    if where.path == tooltips.PAGE:
        return False
    terms, page = glossary.load(Path(where.root)), where.page
    headings = {heading.line for heading in page.headings}
    return any(
        any(terms.uses(words.text, where.text))
        for words in page.words
        if words.line not in headings and not _NO_SENTENCE.search(page.lines[words.line - 1])
    )


def after_build(overview: Overview, language: Language, folder: Path) -> None:
    """Raise Abort if a language that was just built lacks anything, after all of it is said."""
    faults = list(of_language(overview, language, folder))
    for fault in faults:
        log.error(fault)
    if faults:
        raise Abort(f"{len(faults)} missing in what was built")


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(folder: Path) -> int:
    """Look at a built site in FOLDER; exit status 1 if anything is missing there."""
    faults = list(check(overview_of(Path.cwd()), folder))
    print(*faults, sep="\n", file=sys.stderr, end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    errors.run(main)
