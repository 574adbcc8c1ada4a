"""MkDocs hook: builds every language with the main one and links each page to its twins."""

import logging
import os
import posixpath
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin

import jieba
import mkdocs_jupyter.config
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.checks import suite
from tools.project import addresses, cache, editing, errors, files, serving
from tools.project.errors import UserError
from tools.rendering import figures, placeholders
from tools.rendering.mathml import MathML
from tools.rendering.notices import Notices, Place
from tools.rendering.tooltips import Tooltips
from tools.running import notebooks, versions
from tools.sources import glossary, languages, pages
from tools.sources.findings import Level
from tools.theme import search, styles
from tools.translations.overview import Overview

log = logging.getLogger("mkdocs.hooks")

jieba.setLogLevel(logging.WARNING)

_BEFORE_PLUGINS = 100
_BLOCK = re.compile("<pre>(?P<code>.*?)</pre>", re.DOTALL)
# Names and spaces have the colour of all text, so they need no elements of their own.
_INK = re.compile('<span(?: class="(?:bp|fm|kc|n[abcefno]?|v[im]|w)")?>([^<]*)</span>')
_COLUMNS = re.compile(r"^.*\S {2,}\S.*$", re.MULTILINE)
# What a run-in head ends with leaves room enough: in Markdown a space has to follow the bold.
_RUN_IN = re.compile("(?<=[。！？：])</strong> ")


class _Context(TemplateContext, total=False):
    """What the templates are given, and what they get from here."""

    language_links: list[dict[str, Any]]
    twins: list[dict[str, Any]]
    shown_in: languages.Language


_starts = ""  # the command that starts, until it has built for the first time


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Keep the command's name for what is looked at once, before anything is built."""
    global _starts
    _starts = command


@event_priority(_BEFORE_PLUGINS)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Give this language its address, its words and the extensions that need to know it."""
    root = languages.project_root(config.config_file_path)
    every = languages.load(root)
    config_file = Path(config.config_file_path).resolve()
    _look_at_address(config)
    this = next(language for language in every if language.config_file == config_file)
    main_url = config.extra.get("main_url") or addresses.checked("SITE_URL", config.site_url or "")
    main_url = main_url.rstrip("/") + "/"
    editing.address(root, "")  # raises for an EDIT_URL that is no address
    config.site_url = urljoin(main_url, this.prefix)
    config.extra |= {"main_url": main_url, "languages": every, "this": this, "root": root}
    for scheme in config.theme["palette"]:
        scheme["toggle"]["name"] = config.extra["text"][scheme["toggle"]["text"]]
    config.mdx_configs["pymdownx.snippets"]["base_path"] = [str(root / "snippets")]
    plots = notebooks.cache_folder(root)
    terms = glossary.load(root)
    config.extra |= {"tooltips": Tooltips(terms), "notices": Notices()}
    extensions: list[Any] = config.markdown_extensions  # MkDocs names them; Markdown takes both
    extensions += [
        MathML(label=config.extra["text"]["formula"]),
        figures.Figures(root, plots, this.code),
        config.extra["tooltips"],
        config.extra["notices"],
    ]
    config.plugins["material/search"].config.jieba_dict_user = _search_dictionary(root, terms)
    notebooks.CachedExecute.root = root
    mkdocs_jupyter.config.settings.templates_dir = str(root / "tools" / "jupyter")
    os.environ["JUPYTER_CONFIG_PATH"] = str(root / "tools" / "jupyter")
    os.environ["PYTHONPATH"] = str(root / files.EXPERIMENTS)
    return config


def _look_at_address(config: MkDocsConfig) -> None:
    global _starts
    starts, _starts = _starts, ""
    if starts == "serve":
        serving.refuse_taken(*config.dev_addr)
    elif starts and (config.site_url or "").startswith("http://127.0.0.1:"):
        log.info(
            "The pages name %s as their address. To publish them, name the real one: "
            "SITE_URL=https://you.example/path/ make build",
            config.site_url,
        )


def _search_dictionary(root: Path, terms: glossary.Glossary) -> str:
    """The glossary's terms for the segmenter, which would cut 重置门 in two."""
    words = sorted({word for term in terms.terms.values() for word in term.names.values()})
    text = "".join(f"{word} 100000\n" for word in words if not word.isascii())
    file = cache.folder(root) / "search_terms.txt"
    if not file.is_file() or file.read_text("utf-8") != text:
        files.replace(file, text)
    return str(file)


def on_build_error(error: Exception) -> None:
    """Say in a line what the system refused, such as to write on a full disk."""
    if isinstance(error, OSError):
        raise Abort(errors.of_system(error)) from None


def on_pre_build(config: MkDocsConfig) -> None:
    """Check every source first, so that all findings come at once, each with its line."""
    if "overview" in config.extra:
        return
    root = config.extra["root"]
    config.extra["overview"] = overview = Overview.read(root)
    findings = suite.of_site(overview)
    errors = [finding for finding in findings if finding.level is Level.ERROR]
    for finding in errors:
        log.error(str(finding))
    if errors:
        raise Abort(f"{len(errors)} to mend before the site can be built")
    if findings:
        log.info("%d open between languages: python -m tools.translations check", len(findings))


@event_priority(_BEFORE_PLUGINS)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Serve a page that this language lacks in the first language that has it."""
    for other in config.extra["languages"]:
        for path in other.pages():
            if files.get_file_from_path(path) is None:
                files.append(
                    File(path, str(other.folder), config.site_dir, config.use_directory_urls)
                )
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Name each section by the `section:` of its first page, in the page's own language."""
    for section in _sections(nav.items):
        first = next(item for item in section.children if isinstance(item, Page))
        meta = pages.front_matter(_source(first))
        if "section" not in meta:
            raise UserError(
                "the first page of a section names it; "
                "add 'section: The title' between two lines of --- at the top",
                _source(first),
            )
        section.title = meta["section"]
    return nav


def _sections(items: Iterable[StructureItem]) -> Iterator[Section]:
    for item in items:
        if isinstance(item, Section):
            yield item
            yield from _sections(item.children)


def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> Page:
    """Give a page its canonical address, and send a notebook through the page's own Markdown."""
    shown = _shown_in(page, config)
    page.canonical_url = urljoin(config.extra["main_url"], shown.prefix + page.url)
    page.edit_url = editing.address(config.extra["root"], _source_name(page, config))
    tooltips = config.extra["tooltips"]
    tooltips.page, tooltips.code = page.file.src_uri, shown.code
    links = _language_links(page.url, config, get_relative_url(".", page.url))
    hrefs = {link["language"].code: link["href"] for link in links}
    config.extra["notices"].place = Place(
        config.extra["overview"], page.file.src_uri, shown.code, config.extra["this"],
        lambda code, id: f"{hrefs[code]}#{id}",
    )  # fmt: skip
    if page.file.src_uri.endswith(".py"):
        convert = page.render

        def render(config: MkDocsConfig, files: Files) -> None:
            try:
                convert(config, files)
            except notebooks.CellError as error:
                raise _of_cell(page, error) from None
            page.markdown = unescape(page.content or "")
            page.meta = pages.front_matter(_source(page))
            try:
                Page.render(page, config, files)
            except figures.UnknownLabel as error:
                line = pages.line_of(_source(page), error.label)
                raise UserError(str(error), _source(page), line) from None

        page.render = render  # type: ignore[method-assign]
    return page


def _shown_in(page: Page, config: MkDocsConfig) -> languages.Language:
    """The language of a page's text, which is another one where this language lacks the page."""
    every: list[languages.Language] = config.extra["languages"]
    return next(language for language in every if page.file.src_dir == str(language.folder))


def _of_cell(page: Page, error: notebooks.CellError) -> UserError:
    cells = [fence for fence in pages.read(_source(page)).fences if fence.cell]
    line = cells[error.cell].line + error.line
    return UserError(f"{error}. Mend the cell and build again.", _source(page), line)


def _source(page: Page) -> Path:
    assert page.file.abs_src_path, page.file  # no page is made without a file
    return Path(page.file.abs_src_path)


def _source_name(page: Page, config: MkDocsConfig) -> str:
    return _source(page).relative_to(config.extra["root"]).as_posix()


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Write what the page asks for, in the language of its text."""
    shown, overview = _shown_in(page, config), config.extra["overview"]
    return placeholders.filled(markdown, page.file.src_uri, shown, overview)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Set blocks and run-in heads, and say with which versions the code was run."""
    html = _RUN_IN.sub("</strong>", html)
    return _BLOCK.sub(_reachable, html) + _versions(page, config)


def _versions(page: Page, config: MkDocsConfig) -> str:
    """With which versions the page's code was run; a notebook prints those of its record itself."""
    source, root = _source(page), config.extra["root"]
    blocks = [] if source.suffix == ".py" else pages.read(source).blocks(root / "snippets")
    told = versions.told([code for _, code, _ in blocks], root)
    words = config.extra["text"]["ran_with"].format(versions=told)
    return f'<p class="gg-quiet" data-search-exclude>{words}</p>' if told else ""


def _reachable(block: re.Match[str]) -> str:
    """A block that the keyboard can scroll, and whose height is known before it is laid out.

    A phone wraps what was printed, but for columns, which stand only in whole lines.
    """
    code = _INK.sub(r"\1", block["code"])
    lines = code.removesuffix("</code>").rstrip("\n").count("\n") + 1
    columns = ' class="gg-columns"' if len(_COLUMNS.findall(code)) > 1 else ""
    return f'<pre tabindex="0" style="--lines: {lines}"{columns}>{code}</pre>'


def on_page_context(
    context: _Context, page: Page, config: MkDocsConfig, nav: Navigation
) -> _Context:
    """Tell the template in which languages this page stands, and in which it is served."""
    every = config.extra["languages"]
    path = page.file.src_uri
    having = [lang for lang in every if (lang.folder / path).is_file()]
    context["language_links"] = _language_links(page.url, config, context["base_url"])
    context["twins"] = [link for link in context["language_links"] if link["language"] in having]
    if config.extra["this"] not in having:
        context["shown_in"] = having[0]
    return context


def on_template_context(context: _Context, template_name: str, config: MkDocsConfig) -> _Context:
    """The same for pages made of a template alone, such as the page for a wrong address."""
    context["language_links"] = _language_links("", config, context["base_url"])
    return context


def _language_links(url: str, config: MkDocsConfig, base_url: str = ".") -> list[dict[str, Any]]:
    """A page's address in each language: absolute, and relative to the page that shows it."""
    main_root = posixpath.join(base_url, ".." if config.extra["this"].prefix else "")
    return [
        {
            "language": lang,
            "url": urljoin(config.extra["main_url"], lang.prefix + url),
            "href": posixpath.join(main_root, lang.prefix + url),
        }
        for lang in config.extra["languages"]
    ]


def on_post_build(config: MkDocsConfig) -> None:
    """Trim the theme's style sheet, mend its search, and build the other languages."""
    styles.trim_site(Path(config.site_dir))
    search.mend_site(Path(config.site_dir))
    serving.drop_source_maps(Path(config.site_dir))
    if config.extra["this"].prefix:
        return
    for language in config.extra["languages"]:
        if language.prefix:
            log.info("Building %s", language.name)
            other = load_config(
                str(language.config_file),
                site_dir=str(Path(config.site_dir) / language.prefix),
                strict=config.strict,
            )
            other.extra |= {"main_url": config.site_url, "overview": config.extra["overview"]}
            build(other)


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]
) -> LiveReloadServer:
    """Say where each language is."""
    for link in _language_links("", config):
        log.info("%s: %s", link["language"].name, link["url"])
    return server
