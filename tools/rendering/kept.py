"""Renders a page, or takes what an earlier build made of the same.

What a page asks for is written first, since it may rest on any other page. The rest of a page rests
on its own text in every language, on how the ledger's rows of its sections stand, and on all that
is no page; the navigation says which pages there are.
"""

import logging
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc
from mkdocs.utils import CountHandler

from tools.project import cache
from tools.rendering import mathml, placeholders
from tools.rendering.origin import Origin


def render(page: Page, origin: Origin, config: MkDocsConfig, every: Files) -> None:
    """Do what MkDocs's Page.render does; what was warned of is rendered, and warned of, again."""
    overview, path = origin.overview, origin.path
    root, pages = overview.sources.root, overview.sources.pages
    page.markdown = placeholders.filled(page.markdown or "", path, origin.language, overview)
    _, _, text = page.markdown.partition("\n")  # the line before it names this machine's folder
    rests_on = [
        origin.text,
        text,
        *("\n".join(own[path].lines) for own in pages.values() if path in own),
        *(f"{row.key} {row.standings}" for row in overview.by_page[path]),
    ]
    warned, log = CountHandler(level=logging.WARNING), logging.getLogger("mkdocs")

    def make() -> _Made:
        log.addHandler(warned)
        try:
            Page.render(page, config, every)
        finally:
            log.removeHandler(warned)
        return _made(page)

    name = f"pages/{origin.reader}/{path}"
    _take(page, cache.kept(root, name, rests_on, make, lambda: not warned.get_counts()), every)


_Made = dict[str, Any]


def _made(page: Page) -> _Made:
    content = page.content or ""
    return {
        "content": content,
        "toc": [_token(item) for item in page.toc],
        "title": page._title_from_render,
        "ids": sorted(page.present_anchor_ids or ()),
        "links": {file.src_uri: to for file, to in (page.links_to_anchors or {}).items()},
        "formulas": mathml.formulas(content),
    }


def _token(item: AnchorLink) -> dict[str, Any]:
    """Write an entry of the table of contents as Python-Markdown gives it."""
    children = [_token(child) for child in item.children]
    return {"name": item.title, "id": item.id, "level": item.level, "children": children}


def _take(page: Page, made: _Made, every: Files) -> None:
    page.content, page._title_from_render = made["content"], made["title"]
    page.toc = get_toc(made["toc"])
    page.present_anchor_ids = set(made["ids"])
    found = {every.get_file_from_path(path): to for path, to in made["links"].items()}
    page.links_to_anchors = {file: to for file, to in found.items() if file}
    mathml.remember(made["formulas"])
