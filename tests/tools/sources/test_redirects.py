"""What moved is found where it is now, by its old address, in each language."""

import pytest

from tests.project import Project
from tests.sources import SITE_URL
from tools.project.errors import UserError
from tools.sources import redirects
from tools.theme import browser

MOVED = """
gates/old/: gates/gru/
gates/old/#gate: gates/gru/#reset-gate
gates/gru/#old-gate: gates/gru/#reset-gate
first/: ./
"""


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    """A small site that was built with redirects."""
    project = Project(tmp_path_factory.mktemp("moved") / "project")
    project.write("docs/redirects.yml", MOVED)
    ran = project.build()
    assert ran.returncode == 0, ran.stdout
    return project


@pytest.fixture(scope="module")
def served(moved):
    with browser.served(moved.folder / "site") as root:
        yield root


@pytest.mark.parametrize(
    "old, new",
    [
        ("gates/old/", "gates/gru/"),
        ("zh/gates/old/", "zh/gates/gru/"),
        ("gates/old/#reset-gate", "gates/gru/#reset-gate"),
        ("gates/old/?from=mail#reset-gate", "gates/gru/?from=mail#reset-gate"),
        ("zh/gates/old/#gate", "zh/gates/gru/#reset-gate"),
        ("zh/gates/gru/#old-gate", "zh/gates/gru/#reset-gate"),
        ("gates/gru/#constructor", "gates/gru/#constructor"),
        ("zh/first/", "zh/"),
    ],
)
def test_a_browser_is_led_on_and_the_language_is_kept(chromium, served, old, new):
    page = chromium.new_page()
    page.goto(served + old)
    page.wait_for_url(lambda url: url == served + new)
    page.wait_for_function("document.querySelector('article')")
    page.close()


def test_a_link_on_the_page_to_a_section_that_moved_is_led_on(chromium, served):
    page = chromium.new_page()
    page.goto(f"{served}gates/gru/")
    page.evaluate("location.hash = 'old-gate'")
    page.wait_for_url(f"{served}gates/gru/#reset-gate")
    page.close()


def test_without_scripts_a_browser_is_led_to_the_page(chromium, served):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}zh/gates/old/")
    page.wait_for_url(f"{served}zh/gates/gru/")
    context.close()


def test_search_engines_are_told_the_address_that_counts(moved):
    for prefix, language, words in (("", "en", "now at"), ("zh/", "zh", "搬到了")):
        page = moved.read(f"site/{prefix}gates/old/index.html")
        assert f'<html lang="{language}">' in page and words in page
        assert f'<link rel="canonical" href="{SITE_URL}{prefix}gates/gru/">' in page
        assert "old/" not in moved.read(f"site/{prefix}sitemap.xml")


def test_no_redirect_has_a_script_or_a_style_of_its_own(moved):
    page = moved.read("site/gates/old/index.html")
    assert page.count("<script") == page.count('<script src="../../assets/redirect.js"') == 1
    assert "<style" not in page and " style=" not in page
    assert (moved.folder / "site/assets/redirect.js").is_file()


def test_a_page_from_which_nothing_moved_loads_nothing_more(moved):
    assert "redirect.js" in moved.read("site/gates/gru/index.html")
    assert "redirect.js" not in moved.read("site/glossary/index.html")


@pytest.mark.parametrize(
    "line, message",
    [
        ("gates/old: gates/gru/", "'gates/old' is no address of the site"),
        ("gates/old/: https://other.example/", "'https://other.example/' is no address"),
        ("gates/old/: ../gru/index.html", "is no address of the site; write it without the lang"),
        ("../../outside/: gates/gru/", "'../../outside/' is no address of the site"),
        ("gates/old/: [gates/gru/]", "is no address of the site"),
        ("1: gates/gru/", "'1' is no address of the site"),
        ("- gates/old/", "this is no redirect; write   gates/old/: gates/new/"),
    ],
)
def test_a_line_that_is_no_redirect_is_named(tmp_path, line, message):
    (tmp_path / "docs").mkdir()
    (tmp_path / redirects.FILE).write_text(f"{line}\n", "utf-8")
    with pytest.raises(UserError) as raised:
        redirects.load(tmp_path)
    assert message in str(raised.value) and "redirects.yml:1: " in str(raised.value)


def test_a_site_needs_no_redirects(tmp_path):
    assert redirects.load(tmp_path) == []
    (tmp_path / "docs").mkdir()
    (tmp_path / redirects.FILE).write_text("# none yet\n")
    assert redirects.load(tmp_path) == []
