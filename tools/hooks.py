"""Adapts MkDocs's events: each hands over to what builds, checks and links in the rooms."""

import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any, Literal
from urllib.parse import urljoin

from jinja2 import Environment, FileSystemBytecodeCache
from markupsafe import Markup
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.checks import built, permalinks, suite
from tools.project import addresses, cache, edit_links, errors, published, serving, side_by_side
from tools.project.errors import UserError
from tools.rendering import (
    along,
    cards,
    head,
    kept,
    lab_nets,
    math_fonts,
    origin,
    poster,
    svg_files,
    tooltips,
    verdicts,
)
from tools.rendering.origin import Origin
from tools.running import archive, kernels, notebooks
from tools.sources import (
    code_files,
    glossary,
    languages,
    module,
    pages,
    redirects,
    take_along,
    texts,
)
from tools.sources.languages import Language, Link
from tools.theme import offline, policy, search, shared, styles
from tools.translations.overview import overview_of

log = logging.getLogger("mkdocs.hooks")

_BEFORE_PLUGINS = 100
_NAMELESS = "a section holds sections alone; its first page names it, so give it one"


class _Context(TemplateContext, total=False):
    """What the templates are given, and what they get from here."""

    language_links: list[Link]
    twins: list[Link]
    shown_in: Language
    card: str
    live: dict[str, Any]
    long_title: str
    math_fonts: list[str]
    moved: dict[str, str]
    structured: str
    along: Markup


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Keep the command's name for what is looked at once, before anything is built.

    What is warned of stops a build, and also one that is to be quiet has to say why.
    """
    serving.begin(command)
    everything = logging.getLogger("mkdocs")
    everything.setLevel(min(everything.level, logging.WARNING))


@event_priority(_BEFORE_PLUGINS)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Give this language its address and its words, and each plugin what it needs."""
    root = languages.project_root(config.config_file_path)
    if not config.extra.get("checked"):
        _require(config, root)
        cache.begin(root)
    _set_language(config, root)
    serving.look(config.dev_addr, config.extra["main_url"])
    if serving.is_served() and "runs" not in config.extra:
        config.extra["runs"] = kernels.start(root, *config.dev_addr)
    edit_links.repository(root)  # raises for a REPO_URL that is no address
    published.read()  # the same for NOTEBOOKS_URL
    notebooks.prepare(root)
    return config


def _require(config: MkDocsConfig, root: Path) -> None:
    if not Path.cwd().samefile(root):  # where snippets are read
        raise UserError(f"a site is built in the folder of its project; go there: cd {root}")
    if not config.use_directory_urls:
        raise UserError("every page is a folder here; leave out --no-directory-urls", "mkdocs.yml")


def _set_language(config: MkDocsConfig, root: Path) -> None:
    every, file = languages.load(root), Path(config.config_file_path).resolve()
    this = next(language for language in every if language.config_file == file)
    home = config.extra.get("main_url") or addresses.home(config.site_url)
    config.extra |= {"main_url": home, "languages": every, "this": this, "root": root}
    config.extra["moved"] = redirects.load(root)
    config.site_url = urljoin(home, this.prefix)
    for scheme in config.theme["palette"]:
        scheme["toggle"]["name"] = this.text[scheme["toggle"]["text"]]


def on_build_error(error: Exception) -> None:
    """Say in a line what the system refused."""
    side_by_side.wait_for_all()
    errors.of_build(error)


def on_pre_build(config: MkDocsConfig) -> None:
    """Read every source anew and check it, once for all languages."""
    if not config.extra.get("checked"):
        overview_of.cache_clear()
        suite.before_build(overview_of(config.extra["root"]))


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Keep the compiled templates: to compile them is a third of a small build.

    A line that holds nothing but a command of a template leaves nothing on the page.
    """
    env.trim_blocks = env.lstrip_blocks = True
    folder = cache.folder(config.extra["root"]) / "templates"
    folder.mkdir(exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(folder), "__trimmed_%s.cache")
    return env


@event_priority(_BEFORE_PLUGINS)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Serve a page that this language lacks in the first language that has it; add the poster."""
    if not config.extra["this"].prefix:  # now that the folder of the last build is empty
        config.extra["begun"] = [_begin(each, config) for each in config.extra["languages"][1:]]
    for language in config.extra["languages"]:
        for path in language.pages():
            if files.get_file_from_path(path) is None:
                site, folder = config.site_dir, str(language.folder)
                files.append(File(path, folder, site, config.use_directory_urls))
    root, this, main = (config.extra[name] for name in ("root", "this", "main_url"))
    if (root / poster.TEMPLATE).is_file():
        drawn = poster.draw(root, this, config.site_name, urljoin(main, this.prefix))
        for name, content in drawn.items():
            files.append(File.generated(config, name, content=content))
    files.append(File.generated(config, lab_nets.SCRIPT, content=lab_nets.script(root)))
    if config.extra.get("runs"):
        for name, text in kernels.assets().items():
            files.append(File.generated(config, name, content=text))
    return files


def _begin(language: Language, config: MkDocsConfig) -> side_by_side.Build:
    """Begin to build a language beside this one; return what puts it into the site."""
    beside = TemporaryDirectory()  # what mends the site in the meantime must not meet it
    build = partial(_build, language, beside.name, config)
    # A server builds again and again, and is asked for pages meanwhile.
    wait = build if serving.is_served() else side_by_side.begin(language.name, build)

    def end() -> None:
        wait()
        copytree(beside.name, Path(config.site_dir) / language.prefix, dirs_exist_ok=True)
        beside.cleanup()

    return end


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Name each section by its first page, in the page's own language."""
    for section in _sections(nav.items):
        first = next((item for item in section.children if isinstance(item, Page)), None)
        if first is None:
            raise UserError(_NAMELESS, "mkdocs.yml")
        section.title = pages.section(_source(first))
    config.extra["nav"] = nav
    return nav


def _sections(items: Iterable[StructureItem]) -> Iterator[Section]:
    for item in items:
        if isinstance(item, Section):
            yield item
            yield from _sections(item.children)


def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> Page:
    """Give a page its canonical address, and send a notebook through the page's own Markdown."""
    root, home = config.extra["root"], config.extra["main_url"]
    page.canonical_url = urljoin(home, _language(page, config).prefix + page.url)
    page.edit_url = edit_links.address(root, _source(page).relative_to(root).as_posix())
    config.extra.setdefault("changed", {})[page.canonical_url] = _changed(page, root)
    render = partial(kept.render, page, _origin(page, config))
    is_notebook = page.file.src_uri.endswith(".py")
    page.render = _as_page(page, page.render) if is_notebook else render  # type: ignore[assignment, method-assign]
    return page


Render = Callable[[MkDocsConfig, Files], None]


def _as_page(page: Page, run: Render) -> Render:
    def render(config: MkDocsConfig, files: Files) -> None:
        try:
            run(config, files)
        except notebooks.CellError as error:
            raise error.on_page(_source(page)) from None
        markdown = notebooks.markdown(page.content or "")
        page.markdown = origin.write(markdown, _origin(page, config))
        page.meta = pages.front_matter(_source(page))
        kept.render(page, _origin(page, config), config, files)

    return render


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Tell the Markdown extensions which page they are given; describe a claim's."""
    overview, path = overview_of(config.extra["root"]), page.file.src_uri
    page.meta = {**verdicts.head(overview, path, _language(page, config)), **page.meta}
    return origin.write(markdown, _origin(page, config))


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Make what one takes along of a page: its Markdown twin and its notebook."""
    root, file = config.extra["root"], _source(page)
    executed = notebooks.executed(file, root) if file.suffix == ".py" else None
    made = along.of_page(html, _where(page, config), executed)
    config.extra.setdefault("along", {})[page.url] = made
    return html


def _where(page: Page, config: MkDocsConfig) -> along.Where:
    this, home = config.extra["this"], config.extra["main_url"]
    return along.Where(config.extra["root"], page.url, this, config.site_name, home)


def _origin(page: Page, config: MkDocsConfig) -> Origin:
    root, reader = str(config.extra["root"]), config.extra["this"].code
    return Origin(root, page.file.src_uri, _language(page, config).code, reader)


def _language(page: Page, config: MkDocsConfig) -> Language:
    """That of a page's text, which is another one where this language lacks the page."""
    every: list[Language] = config.extra["languages"]
    return next(language for language in every if page.file.src_dir == str(language.folder))


def _source(page: Page) -> Path:
    assert page.file.abs_src_path, page.file  # no page is made without a file
    return Path(page.file.abs_src_path)


def on_page_context(
    context: _Context, page: Page, config: MkDocsConfig, nav: Navigation
) -> _Context:
    """Tell the template in which languages this page stands, and in which it is served."""
    every: list[Language] = config.extra["languages"]
    own = [language for language in every if (language.folder / page.file.src_uri).is_file()]
    context["language_links"] = _links(page.url, config, context["base_url"])
    context["twins"] = [link for link in context["language_links"] if link["language"] in own]
    if config.extra["this"] not in own:
        context["shown_in"] = own[0]
    if _has_cards(config):
        context["card"] = urljoin(config.site_url or "", cards.address(page.url))
    context["along"] = along.line(_where(page, config), config.extra["along"][page.url])
    if config.extra.get("runs") and not page.file.src_uri.endswith(".py"):
        context["live"] = config.extra["runs"].settings(config.extra["this"])
    context["math_fonts"] = math_fonts.needed(config.extra["root"], page.content or "")
    context["moved"] = redirects.sections(config.extra["moved"], page.url)
    context["long_title"] = _plain(page.meta.get("long_title") or page.title)
    if not addresses.is_local(config.extra["main_url"]):
        described = page.meta.get("description") or config.site_description
        language, changed = _language(page, config), config.extra["changed"][page.canonical_url]
        crumbs, card = list(_crumbs(page, config)), context.get("card")
        context["structured"] = head.structured(
            context["long_title"], _plain(described), crumbs, language, changed, card
        )
    return context


def _has_cards(config: MkDocsConfig) -> bool:
    """Tell whether shared links show pictures: it must be known where the site will stand."""
    is_local = addresses.is_local(config.extra["main_url"])
    return not is_local and (config.extra["root"] / cards.TEMPLATE).is_file()


def _plain(html: str | None) -> str:
    return Markup(html or "").striptags()


def _changed(page: Page, root: Path) -> date | None:
    """The day of the newest commit that changed what a page is made of."""
    files = [_source(page)]
    if page.file.src_uri == tooltips.PAGE:
        files.append(root / glossary.FILE)
    names = [file.relative_to(root).as_posix() for file in files]
    return overview_of(root).history.changed(names)


def _crumbs(page: Page, config: MkDocsConfig) -> Iterator[head.Crumb]:
    """The way to a page: the site, each section above it that has a page of its own, the page."""
    yield config.site_name, config.site_url or ""
    for section in reversed([each for each in page.ancestors if isinstance(each, Section)]):
        for first in section.children[:1]:
            if isinstance(first, Page) and first.is_index and first != page:
                yield section.title, first.canonical_url or ""
    if not page.is_homepage:
        yield _plain(page.title), page.canonical_url or ""


def on_template_context(context: _Context, template_name: str, config: MkDocsConfig) -> _Context:
    """The same for pages made of a template alone, such as the page for a wrong address."""
    context["language_links"] = _links("", config, context["base_url"])
    return context


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """Say in the sitemap when each page changed; MkDocs has written the day of the build."""
    is_sitemap = template_name == "sitemap.xml"
    return head.dated(output, config.extra["changed"]) if is_sitemap else output


def _links(url: str, config: MkDocsConfig, base: str = ".") -> list[Link]:
    extra = config.extra
    return languages.links(url, extra["this"], extra["languages"], extra["main_url"], base)


def on_post_build(config: MkDocsConfig) -> None:
    """Mend what the theme brings, look at what was built, and build the other languages."""
    site, this = Path(config.site_dir), config.extra["this"]
    for mend in (search.drop_theirs, styles.trim_site, serving.drop_source_maps):
        mend(site)
    search.write(config.extra["root"], this, site)
    overview = overview_of(config.extra["root"])
    if not this.prefix:
        module.write(config.extra["root"], site, config.extra["main_url"])
        code_files.write(config.extra["root"], site, config.site_name, config.extra["main_url"])
        archive.write(config.extra["root"], site, config.site_name, config.extra["main_url"])
        texts.write(config.extra["root"], site)
    known = "" if addresses.is_local(config.extra["main_url"]) else config.site_url or ""
    svg_files.write(config.extra["root"], this, site, config.site_name, known)
    if _has_cards(config):
        cards.draw(overview, this, site, config.site_name, config.site_url or "")
    for held in [*(each.files for each in config.extra["along"].values()), _of_no_page(config)]:
        along.write(site, held)
    built.after_build(overview, this, site)
    cache.end()
    redirects.write(config.extra["moved"], this, site, config.site_name, config.site_url or "")
    if not serving.is_served():  # MkDocs's server adds a script to each page
        policy.write(site)
    if not this.prefix:
        prefixes = [each.prefix for each in config.extra["languages"]]
        policy.write_headers(site, prefixes)
        for end, prefix in zip(config.extra["begun"], prefixes[1:], strict=True):
            end()
            shared.share(site, prefix)
        take_along.publish(config.extra["root"], site, config.extra["languages"])
        if (packed := site / archive.FILE).is_file():
            take_along.put_size(site, archive.FILE, packed.stat().st_size)
        if not addresses.is_local(config.extra["main_url"]):
            offline.write(site, config.extra["main_url"])
        permalinks.after_build(config.extra["moved"], site, prefixes)


def _of_no_page(config: MkDocsConfig) -> dict[str, str]:
    """Give the list of all twins."""
    root, this = config.extra["root"], config.extra["this"]
    where = along.Where(root, "", this, config.site_name, config.extra["main_url"])
    others = [each for each in config.extra["languages"] if each != this]
    about = config.site_description or ""
    listed = along.listing(about, where, _listed(config.extra["nav"]), others)
    return {along.LIST: listed}


def _listed(nav: Navigation) -> Iterator[tuple[str, list[along.Entry]]]:
    """Give the pages of each section, and last those of none."""
    for section in _sections(nav.items):
        yield section.title, [_entry(item) for item in section.children if isinstance(item, Page)]
    yield "", [_entry(item) for item in nav.items if isinstance(item, Page)]


def _entry(page: Page) -> along.Entry:
    return along.Entry(_plain(page.title), page.url, _plain(page.meta.get("description")))


def _build(language: Language, folder: str, main: MkDocsConfig) -> None:
    log.info("Building %s", language.name)
    config = load_config(str(language.config_file), site_dir=folder, strict=main.strict)
    config.extra |= {"main_url": main.site_url, "checked": True, "runs": main.extra.get("runs")}
    build(config)


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]
) -> LiveReloadServer:
    """Say where each language is, with what lets its reader run the code on the pages."""
    runs = config.extra["runs"]
    for link in _links("", config):
        log.info("%s: %s", link["language"].name, link["url"] + (runs.fragment if runs else ""))
    return server


def on_shutdown() -> None:
    """End what runs the code of the pages."""
    kernels.end()
