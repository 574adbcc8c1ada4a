"""The copy of the site for a disk: unpacked, and opened where there is no server and no network."""

import re
import zipfile
from collections import Counter
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import urlsplit

import pytest

from tests import hosted
from tests import webkit as webkits
from tests.sources import LANGUAGES, SITE_URL, html
from tools.project.errors import UserError
from tools.running import archive
from tools.sources.take_along import ZIP
from tools.theme import browser, offline

ENGINES = pytest.mark.parametrize(
    "engine", ["chromium", pytest.param("firefox", marks=pytest.mark.proof)]
)
SCREENS = {"desk": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 800}}
MEGABYTES = 8


@pytest.fixture(scope="module")
def copy(site, tmp_path_factory) -> Path:
    """The zip that the site offers, unpacked by somebody who has downloaded it."""
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(site / ZIP) as archive:
        archive.extractall(folder)
    return folder / offline.FOLDER


@pytest.fixture
def read(copy, request):
    """Open a page of the copy; at the end nothing may have failed, or been asked of a network."""
    contexts, faults = [], []

    def read(path: str, engine: str = "chromium", **options):
        context = request.getfixturevalue(engine).new_context(**{"locale": "en"} | options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text))  # of whatever kind
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("requestfailed", lambda asked: faults.append(asked.url))
        page.on(
            "request",
            lambda asked: (
                None if asked.url.startswith((copy.as_uri(), "data:")) else faults.append(asked.url)
            ),
        )
        page.goto(f"{copy.as_uri()}/{path}")
        return page

    yield read
    for context in contexts:
        context.close()
    assert [fault for fault in faults if hosted.PARTIAL not in fault] == []


def test_a_person_finds_where_to_begin_in_one_folder_that_is_small(site):
    with zipfile.ZipFile(site / ZIP) as archive:
        names, readme = archive.namelist(), archive.read(f"{offline.FOLDER}/README.txt").decode()
    assert {name.split("/")[0] for name in names} == {offline.FOLDER}
    assert "index.html" in readme and "zh/index.html" in readme
    assert len(readme.splitlines()) == len(LANGUAGES)
    for language in LANGUAGES.values():
        assert f"{offline.FOLDER}/{language.prefix}index.html" in names
    assert all(name.isascii() for name in names)  # which every program unpacks
    assert (site / ZIP).stat().st_size < MEGABYTES * 1e6


@pytest.mark.parametrize("file", [ZIP, archive.FILE])
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_reader_knows_how_large_the_file_is(site, code, file):
    size = f"({(site / file).stat().st_size / 1e6:.1f} MB)"
    folder = site / LANGUAGES[code].prefix
    link = html(site, code, "take-along.md").find("a", href=re.compile(f"(^|/){file}$"))
    assert size in link.text.replace("（", "(").replace("）", ")")
    for page in (*folder.glob("take-along/*"), *folder.glob("assets/search-index*")):
        assert "@megabytes" not in page.read_text("utf-8"), page


def test_the_same_site_gives_the_same_zip(site):
    assert offline.pack(site, SITE_URL) == (site / ZIP).read_bytes()


class Links(HTMLParser):
    """What a page asks for or leads to."""

    def __init__(self, page: Path):
        super().__init__()
        self.found = []
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name in ("href", "src")]


def test_every_link_of_every_page_leads_to_a_file_that_is_there(copy, site):
    pages = list(copy.rglob("*.html"))
    assert len(pages) == sum(1 for _ in site.rglob("index.html"))
    ends = Counter()
    for page in pages:
        here = page.relative_to(copy).as_posix()
        for link in Links(page).found:
            url = urlsplit(link)
            if url.scheme or not url.path:
                ends[url.scheme] += 1
                continue
            target = normpath(join(dirname(here), url.path))
            assert (copy / target).is_file(), f"{here}: {link}"
            ends["file"] += 1
    assert ends["file"] > 10_000


def test_markdown_and_notebooks_lead_to_the_pages_and_the_pictures_beside_them(copy):
    files = [*copy.rglob("*.md"), *copy.rglob("*.ipynb"), *copy.rglob("llms.txt")]
    pictures = 0
    for file in files:
        text = file.read_text("utf-8")
        named = re.findall(rf"\]\({SITE_URL}([^)]*)", text)
        assert all(address.endswith((".zip", ".pdf")) for address in named), file  # left out
        for target in re.findall(r"]\(([\w./-]+\.(?:html|md|svg))[)?#]", text):
            assert (file.parent / target).is_file(), f"{file}: {target}"
            pictures += target.endswith(".svg")
    assert pictures > 200


TOLD = re.compile(r'<p class="gg-on-paper".*?</p>|<pre\b.*?</pre>', re.DOTALL)


def test_no_page_names_where_the_site_stands_but_on_paper_and_for_what_is_left_out(copy):
    for page in copy.rglob("*.html"):
        named = re.findall(rf"{SITE_URL}[^\"<\s]*", TOLD.sub("", page.read_text("utf-8")))
        assert all(address.endswith((".zip", ".pdf")) for address in named), page
    kept = {file.relative_to(copy).as_posix() for file in copy.rglob("*")}
    assert not {"_headers", "sitemap.xml", "404.html", "cards", "zh/cards", ZIP} & kept
    assert "assets/cell.js" not in kept  # it stands in each script that needs it


@pytest.fixture
def small(tmp_path) -> Path:
    """A site of one page, with a book and a script that imports another."""
    for name, text in {
        "index.html": '<meta charset="utf-8"><a href="book/a.pdf">a</a> <a href="en/">b</a>',
        "en/index.html": '<meta charset="utf-8"><a href="..">home</a>',
        "book/a.pdf": "%PDF",
        "assets/site.js": 'import("./parts.js")',
        "assets/parts.js": 'import{a}from"./a.js";export const b=a;',
        "assets/a.js": "export const a=1;",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def packed(site: Path, home: str) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(offline.pack(site, home))) as archive:
        return {name.partition("/")[2]: archive.read(name).decode() for name in archive.namelist()}


def test_the_books_go_along_where_no_reader_can_fetch_them(small):
    own, public = packed(small, "http://127.0.0.1:8000/"), packed(small, SITE_URL)
    assert own["book/a.pdf"] == "%PDF" and 'href="book/a.pdf"' in own["index.html"]
    assert "book/a.pdf" not in public and f'href="{SITE_URL}book/a.pdf"' in public["index.html"]
    for copy in (own, public):
        assert 'href="en/index.html"' in copy["index.html"]
        assert 'href="../index.html"' in copy["en/index.html"]


def test_a_module_that_it_cannot_join_is_named(small):
    (small / "assets/parts.js").write_text('import{a}from"./a.js";export{a};', "utf-8")
    with pytest.raises(UserError, match="parts.js has .*export{a}.*teach tools/theme/offline.py"):
        offline.pack(small, SITE_URL)


@ENGINES
@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_a_page_reads_with_its_formulas_and_leads_on(read, copy, engine, screen):
    page = read("index.html", engine, viewport=screen)
    page.locator(".gg-hero .gg-door").first.click()
    page.wait_for_url("**/gates/start/index.html")
    page.goto(f"{copy.as_uri()}/gates/gru/index.html")
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    assert page.evaluate(
        "[...document.fonts].some(each => /Gate Math/.test(each.family) && each.status == 'loaded')"
    )
    page.locator("a.gg-switch[lang=zh]").click()
    page.wait_for_url("**/zh/gates/gru/index.html")
    assert page.locator("h1").inner_text().startswith("GRU")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


SOUGHT = [
    ("index.html", "reset gate", "/gates/gru/index.html"),
    ("index.html", "exploding gradients", "/claims/exploding/index.html"),
    ("pytorch/errors/index.html", "state_dict", "/index.html"),
    ("zh/index.html", "重置门", "/zh/gates/gru/index.html"),
    ("zh/lab/index.html", "梯度消失", "/zh/"),
    ("zh/index.html", "batch_first", "/zh/pytorch/"),
]


@ENGINES
@pytest.mark.parametrize(("path", "words", "place"), SOUGHT)
def test_the_search_finds_and_leads_to_the_section(read, engine, path, words, place):
    page = read(path, engine)
    page.locator(".gg-opener").click()
    page.locator(".gg-search input").fill(words)
    first = page.locator(".gg-search [role=option]").first
    first.wait_for()
    found = page.locator(".gg-search [role=option]").evaluate_all("all => all.map(a => a.href)")
    assert any(place in address for address in found), found
    heading = first.locator(".gg-heading").inner_text()
    first.click()
    page.wait_for_url("**/index.html*")
    page.wait_for_function("() => document.querySelector('.gg-landed') !== null")
    assert heading in page.locator(".gg-landed").inner_text()


@ENGINES
@pytest.mark.parametrize("prefix", ["", "zh/"])
def test_the_lab_computes_and_its_address_brings_a_state_back(read, engine, prefix):
    page = read(f"{prefix}lab/index.html", engine)
    browser.lay_out(page)
    page.wait_for_selector(".gg-examples:not([hidden])")
    gate = page.locator("[data-v='gru.z']").first
    assert gate.inner_text() == "0.5000"
    page.locator("[data-dial='gru.bias_ih.z']").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => location.search.includes('bias')", timeout=10_000)
    assert gate.inner_text() == "0.5250"  # the sigmoid of 0.1
    page.reload()
    page.wait_for_selector(".gg-examples:not([hidden])")
    page.wait_for_function(
        "() => document.querySelector(`[data-v='gru.z']`).textContent === '0.5250'"
    )
    for part in ("trained", "own"):
        page.locator(f"[data-part={part}]").scroll_into_view_if_needed()
        page.wait_for_function(f"() => `lab/{part}.js` in gateModules")
    assert page.locator("[data-net] tbody td").first.is_visible()


@ENGINES
@pytest.mark.parametrize(
    ("prefix", "wrong", "right", "done"),
    [("", "Wrong.", "Right.", "Solved"), ("zh/", "不对。", "对。", "已解出")],
)
def test_an_answer_is_judged_and_kept(read, engine, prefix, wrong, right, done):
    page = read(f"{prefix}gates/gru/index.html", engine)
    browser.lay_out(page)
    page.locator("#gru-count input").scroll_into_view_if_needed()
    page.wait_for_function("() => 'exercises.js' in gateModules")
    for answer, verdict in (("96", wrong), ("108", right)):
        page.locator("#gru-count input").fill(answer)
        page.locator("#gru-count input").press("Enter")
        assert verdict in page.locator("#gru-count .gg-option").filter(visible=True).inner_text()
    page.reload()
    page.locator("#gru-count .gg-solved").get_by_text(done).wait_for()


@ENGINES
def test_a_message_is_found_in_the_list_of_messages(read, engine):
    page = read("zh/pytorch/errors/index.html", engine)
    page.locator("#gg-sought").fill(
        "RuntimeError: Input and parameter tensors are not at the same device"
    )
    entries = page.locator("article h3").filter(visible=True)
    assert entries.count() < page.locator("article h3").count()
    assert "device" in entries.first.inner_text()


@ENGINES
def test_dark_stays_dark_a_part_answers_and_another_language_is_offered_once(read, copy, engine):
    page = read("gates/gru/index.html", engine, locale="zh-CN")
    assert page.locator(".gg-offer[lang=zh]").is_visible()
    page.locator("label[for=__palette_1]").click()
    page.goto(f"{copy.as_uri()}/gates/lstm/index.html")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.locator(".gg-names button").first.scroll_into_view_if_needed()
    page.wait_for_function("() => 'parts.js' in gateModules")
    page.locator(".gg-names button").first.click()
    assert page.locator(".gg-names button").first.get_attribute("aria-pressed") == "true"
    assert page.locator(".gg-offer[lang=zh]").is_hidden()


def test_the_menu_of_a_phone_is_opened_by_keyboard(read):
    page = read("zh/gates/gru/index.html", locale="zh", viewport=SCREENS["phone"])
    page.keyboard.press("Tab")
    page.locator("link[href$='menu.css']").wait_for(state="attached")
    page.locator(".md-header label[for=__drawer] svg").focus()
    page.keyboard.press("Enter")
    assert page.locator(".md-nav--primary a:focus, .md-nav--primary label:focus").is_visible()
    assert page.locator(".gg-lost").is_hidden()


@pytest.mark.parametrize("path", ["gates/gru/index.html", "zh/lab/index.html"])
def test_without_scripts_a_page_reads_and_leads_on(read, path):
    page = read(path, java_script_enabled=False)
    page.locator("article a[href$='index.html']").first.click()
    page.wait_for_url("**/index.html")
    assert page.locator("article h1").is_visible()


@pytest.fixture
def heard(copy, webkit):
    """Open a page of the copy in WebKit, which is asked at the end whether anything went wrong."""

    def heard(path: str):
        file = copy / path
        html = file.read_text("utf-8")
        if webkits.EAR not in html:
            file.write_text(html.replace("<head>", f"<head>{webkits.EAR}", 1), "utf-8")
        webkit.driver.switch_to.default_content()
        webkit.driver.set_window_size(*SCREENS["desk"].values())
        webkit.driver.get(file.as_uri())
        webkit.evaluate("() => { sessionStorage.clear(); }")
        return webkit

    yield heard
    assert webkit.heard() == ""


@pytest.mark.proof
@pytest.mark.parametrize(("prefix", "words"), [("", "reset gate"), ("zh/", "重置门")])
def test_in_webkit_too_the_lab_computes_and_the_search_leads_on(heard, prefix, words):
    page = heard(f"{prefix}lab/index.html")
    gate = "document.querySelector('[data-v=\"gru.z\"]').textContent"
    page.wait_for_function("() => globalThis.gateModules?.['lab/view.js'] !== undefined")
    page.evaluate("document.querySelector('[data-dial=\"gru.bias_ih.z\"]').focus()")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"() => {gate} === '0.5250'")
    page.click(".gg-opener")
    page.keyboard.type(words)
    page.wait_for_function("() => document.querySelector('.gg-search [role=option]') !== null")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.gg-landed') !== null")
    assert page.evaluate("location.pathname").endswith("index.html")
