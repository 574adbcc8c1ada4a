"""The theme still has what this project patches, where it would not say so if it had not."""

import re
from pathlib import Path

import material
import pytest

from tests.sources import ROOT

THEME = Path(material.__file__).parent / "templates"
BUNDLE, WORKER = (
    next(THEME.glob(f"assets/javascripts/{name}.*.min.js")).read_text("utf-8")
    for name in ("bundle", "workers/search")
)
OURS = [
    path
    for path in sorted((ROOT / "overrides").rglob("*"))
    if path.suffix in (".css", ".html", ".js")
]


def test_the_search_box_that_main_html_names():
    assert "header | replace('role=\"dialog\"'" in (ROOT / "overrides/main.html").read_text("utf-8")
    assert (THEME / "partials/search.html").read_text("utf-8").count('role="dialog"') == 1
    assert '"partials/search.html"' in (THEME / "partials/header.html").read_text("utf-8")


def test_the_links_to_other_languages_that_main_html_hides_from_the_script():
    assert "[rel=alternate]" in BUNDLE


def test_the_messages_to_the_search_that_site_js_rewrites():
    (number,) = re.findall(r"const QUERY = (\d+)", (ROOT / "overrides/assets/site.js").read_text())
    assert f"type:{number},data:" in BUNDLE  # what a page sends
    assert f"case {number}:" in WORKER  # what the worker takes for a query


@pytest.mark.parametrize("file", OURS, ids=lambda path: path.name)
def test_the_classes_that_our_styles_scripts_and_templates_name(file):
    sources = [*THEME.glob("assets/stylesheets/*.css"), *THEME.rglob("*.html")]
    theme = "".join(path.read_text("utf-8") for path in sources) + BUNDLE
    named = set(re.findall(r"\bmd-[a-z_-]+[a-z]", file.read_text("utf-8")))
    assert {name for name in named if not re.search(rf"\b{name}(?![\w-])", theme)} == set()


@pytest.mark.parametrize(
    "file", sorted((ROOT / "overrides/partials").iterdir()), ids=lambda path: path.name
)
def test_the_parts_that_we_replace(file):
    assert (THEME / "partials" / file.name).is_file()


def test_every_block_takes_the_keyboard_and_every_formula_was_set(site):
    for page in site.rglob("*.html"):
        html = page.read_text("utf-8")
        assert re.findall(r"<pre(?! tabindex=\"0\" style=\"--lines: \d)[^>]*>", html) == [], page
        assert 'class="arithmatex"' not in html, page
