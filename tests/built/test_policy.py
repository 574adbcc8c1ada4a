"""A page runs its own scripts and no others, loads from its own host alone, and is not framed."""

from base64 import b64encode
from hashlib import sha256

import pytest
from bs4 import BeautifulSoup, SoupStrainer

from tests.sources import LANGUAGES
from tools.theme import browser

NAMED = {"'none'", "'self'", "data:"}  # what a policy may name, beside hashes
PREFIXES = [language.prefix for language in LANGUAGES.values()]
OTHER = "https://other.example"
INJECTED = {
    "a script": "<script>injected = 1</script>",
    "a script of another kind": "<script type=module>window.injected = 1</script>",
    "a handler": '<img src="data:," onerror="injected = 1">',
    "an address that is a script": '<a id=here href="javascript:void(injected = 1)">here</a>',
    "another host's script": f"<script src={OTHER}/script.js></script>",
    "another host's picture": f"<img src={OTHER}/picture.png>",
    "a frame": f"<iframe src={OTHER}></iframe>",
    "a style sheet": "<style>body { color: red }</style>",
    "another base": f'<base href="{OTHER}">',
    "a form": f"<form action={OTHER}><button id=here>here</button></form>",
}


@pytest.fixture(scope="module")
def pages(site) -> dict[str, BeautifulSoup]:
    """What each page has that concerns its policy."""
    wanted = SoupStrainer(["meta", "script", "link", "style", "base"])
    files = {str(file.relative_to(site)): file for file in site.rglob("*.html")}
    assert {"index.html", "404.html", "zh/404.html", "zh/lab/index.html"} < set(files)
    return {
        name: BeautifulSoup(file.read_text("utf-8"), "html.parser", parse_only=wanted)
        for name, file in files.items()
    }


def policy(page: BeautifulSoup) -> dict[str, list[str]]:
    (meta,) = page.select('meta[http-equiv="Content-Security-Policy"]')
    directives = (directive.split() for directive in meta["content"].split(";"))
    return {name: sources for name, *sources in directives}


def hashes(page: BeautifulSoup) -> list[str]:
    scripts = [script for script in page.select("script:not([src])")]
    run = [script.string for script in scripts if not script.get("type", "").endswith("json")]
    digests = [sha256(text.encode()).digest() for text in run]
    return [f"'sha256-{b64encode(digest).decode()}'" for digest in digests]


def test_each_page_lets_its_own_inline_scripts_run_and_no_others(pages):
    for name, page in pages.items():
        assert hashes(page), name
        assert policy(page)["script-src"] == ["'self'", *hashes(page)], name


def test_each_page_loads_nothing_from_another_host(pages):
    for name, page in pages.items():
        sources = policy(page)
        for kind in ("frame-src", "object-src", "base-uri", "form-action"):
            assert sources[kind] == ["'none'"], name
        assert sources["style-src"] == ["'self'", "'unsafe-inline'"], name  # for style attributes
        others = sources.keys() - {"script-src", "style-src"}
        assert {source for key in others for source in sources[key]} <= NAMED, name


def test_a_policy_stands_before_all_that_it_is_to_hold_for(pages):
    for name, page in pages.items():
        charset, meta = page.find_all(True)[:2]
        assert charset.get("charset") and meta["http-equiv"] == "Content-Security-Policy", name


@pytest.mark.parametrize("what", INJECTED)
def test_what_somebody_puts_into_a_page_is_refused(chromium, address, what):
    page, refused, asked = chromium.new_page(), [], []
    page.route(
        address,
        lambda route: route.fulfill(
            body=route.fetch().text().replace("<article", f"{INJECTED[what]}<article", 1),
            content_type="text/html",
        ),
    )
    page.route(f"{OTHER}/**", lambda route: asked.append(route.request.url))
    page.on("console", lambda message: refused.append(message.text))
    page.goto(address, wait_until="load")
    if "id=here" in INJECTED[what]:
        page.locator("#here").click(no_wait_after=True)
    page.wait_for_timeout(200)
    assert refused and all("Content Security Policy" in text for text in refused)
    assert page.evaluate("[typeof injected, typeof __md_scope]") == ["undefined", "object"]
    assert asked == []
    page.close()


@pytest.fixture(params=["another host", "a disk"])
def elsewhere(request, chromium, address, tmp_path):
    """A page from elsewhere, and what lets it frame one of this site."""
    page, file = chromium.new_page(), tmp_path / "index.html"

    def frame(path: str) -> None:
        file.write_text(f"<iframe src='{address}{path}' height=900></iframe>", "utf-8")
        page.goto(other if request.param == "another host" else file.as_uri())

    with browser.served(tmp_path) as other:
        yield page, frame
    page.close()


@pytest.mark.parametrize("prefix", PREFIXES)
def test_another_site_may_frame_the_lab(elsewhere, prefix):
    page, frame = elsewhere
    frame(f"{prefix}lab/?embed=1")
    page.frame_locator("iframe").locator(".gg-heat").first.wait_for()


@pytest.mark.parametrize("path", ["", "zh/", "gates/gru/", "404.html", "zh/glossary/"])
def test_another_site_may_frame_nothing_else(elsewhere, path):
    page, frame = elsewhere
    with page.expect_console_message(lambda told: "in a frame because" in told.text):
        frame(path)
