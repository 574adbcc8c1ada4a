"""Writes all drawings of the pages, small, each a link to its file."""

from html import escape

from tools.project import files
from tools.rendering import figures
from tools.sources import languages
from tools.sources.languages import Language
from tools.sources.pages import FIGURE
from tools.translations.overview import Overview


def _gallery(page: str, language: Language, overview: Overview) -> str:
    sources, shown = overview.sources, dict[str, str]()
    for path in sources.paths():
        for link in sources.get_page(path, language.code).links:
            if link.target.startswith(FIGURE):
                shown.setdefault(link.target, link.alt)
    root, lines = languages.up(languages.address(page)), []
    for target, alt in shown.items():
        name = target.removeprefix(FIGURE)
        svg = files.read(sources.root / figures.DRAWINGS / f"{name}.svg")
        if not figures.is_icon(svg):
            file = f"{root}{figures.place(target)}"
            picture = f'<img alt="{escape(alt, quote=True)}" src="{file}" loading="lazy">'
            lines.append(f'<a href="{file}">{picture}</a>')
    return f'<div class="gg-gallery" data-search-exclude="true">{"".join(lines)}</div>'


WRITERS = {"gallery": _gallery}
