"""The contributors' pages: each command on them works, and a third language is begun with them."""

import re
import shlex
import shutil
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from tests.project import Project
from tests.sources import ROOT
from tools.sources import languages, pages

CODES = [language.code for language in languages.load(ROOT)]


@pytest.fixture
def copy(tmp_path) -> Project:
    """The whole site's sources in a folder of their own."""
    copied = Project(tmp_path / "small")
    copied.folder = tmp_path / "copy"
    copied.folder.mkdir()
    for folder in ("docs", "experiments", "snippets", ".cache"):
        shutil.copytree(ROOT / folder, copied.folder / folder)
    for folder in ("tools", "overrides"):
        (copied.folder / folder).symlink_to(ROOT / folder)
    shutil.copytree(ROOT / "LICENSES", copied.folder / "LICENSES")
    for file in ("mkdocs.yml", "requirements.txt", "requirements-test.txt"):
        shutil.copy(ROOT / file, copied.folder)
    return copied


def commands(code: str, name: str) -> list[str]:
    """The command lines on one of a language's pages for contributors."""
    page = pages.read(ROOT / "docs" / code / "contribute" / f"{name}.md")
    blocks = [
        fence.body.replace("\\\n", "") for fence in page.fences if fence.language == "console"
    ]
    return [line for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("code", CODES)
def test_every_command_for_translators_works_in_the_order_of_the_page(project, code):
    calls = [line for line in commands(code, "translate") if "tools.translations" in line]
    assert [shlex.split(line)[3] for line in calls] == [
        "status", "diff", "check", "sync", "sync", "new", "add-language",
    ]  # fmt: skip
    english, chinese = "docs/en/gates/gru.md", "docs/zh/gates/gru.md"
    project.edit(english, "## reset gate { #reset-gate }", "## One idea { #idea }")
    project.edit(chinese, "## 重置门 { #reset-gate }", "## 核心思路 { #idea }")
    project.sync()
    project.commit()
    for number, line in enumerate(calls):
        if number == 1:  # what the page speaks of: English moved
            project.edit(english, "## One idea", "## One main idea")
            project.commit(day="2026-11-05")
        elif number == 3:  # Chinese followed
            project.edit(chinese, "## 核心思路", "## 一个核心思路")
        elif number == 4:  # English moved again
            project.edit(english, "## One main idea", "## One idea")
        elif number == 5:
            project.remove(chinese)
        program, *arguments = shlex.split(line)
        assert program == ".venv/bin/python"
        ran = project.run(*arguments[1:])
        assert ran.returncode == 0, line + ran.stdout + ran.stderr
        if number == 1:
            assert "One{+ main+} idea" in ran.stdout
        if arguments[2] == "sync":
            assert ran.stdout == "gates/gru.md#idea: in sync\n"
    assert (project.folder / "docs/zh/gates/gru.md").exists()
    assert (project.folder / "docs/ja.yml").exists()


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", ["index", "translate", "snippets"])
def test_every_other_command_for_contributors_is_known(code, name):
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for line in commands(code, name):
        program, *arguments = shlex.split(line)
        if program == "make":
            assert f"\n{arguments[0]}: " in makefile
        elif arguments[0] == "-c":
            compile(arguments[1], "shown", "exec")
        elif arguments[0] == "-m":
            assert arguments[1] == "tools.translations"
        else:
            assert (program, (ROOT / arguments[0]).is_file()) == (".venv/bin/python", True)


def test_what_a_reader_is_asked_to_run_when_a_snippet_fails(tmp_path):
    (line,) = commands("en", "index")
    command = [sys.executable, *shlex.split(line)[1:]]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert re.match(r"2\.13\.0\S* \S+", ran.stdout), ran.stderr


def japanese(copy: Project, path: str) -> BeautifulSoup:
    file = copy.folder / f"site/ja/{path}index.html"
    return BeautifulSoup(file.read_text("utf-8"), "html.parser")


@pytest.mark.proof
def test_a_begun_third_language_falls_back_under_its_own_banner(copy):
    ran = copy.run("tools.translations", "add-language", "ja")
    assert ran.returncode == 0, ran.stderr
    words = copy.read("docs/ja.yml")
    fallback = re.search(r"    fallback: .*\n", words)[0]
    banner = "このページはまだ日本語になっていません。"
    copy.edit("docs/ja.yml", fallback, f"    fallback: {banner}{{language}}版です。\n")
    assert copy.run("tools.translations", "new", "gates/gru.md", "--lang", "ja").returncode == 0
    page = copy.read("docs/ja/gates/gru.md").replace("\n<!-- untranslated: en -->\n", "")
    copy.write("docs/ja/gates/gru.md", page.replace("# GRU, gate by gate", "# GRU、ゲートごとに"))
    ran = copy.build()
    assert ran.returncode == 0, ran.stdout
    translated, *fallen_back = (
        japanese(copy, path)
        for path in ("gates/gru/", "gates/lstm/", "evidence/sunspots/", "glossary/")
    )
    assert translated.select_one("h1").get_text().startswith("GRU、ゲートごとに")
    assert not translated.select(".gg-fallback")
    for served in (translated, *fallen_back):
        assert served.html["lang"] == "ja"
    for served in fallen_back:
        fallback = served.select_one(".gg-fallback")
        assert fallback.get_text() == f"{banner}英語版です。"
        assert fallback.find_next_sibling("div")["lang"] == "en"
    laid_out = japanese(copy, "").select("article > div[lang]")
    assert {section["lang"] for section in laid_out} == {"en"}
    states = {row.page: row.standings["ja"].state for row in copy.overview().rows}
    assert states["gates/gru.md"] == "never compared" and states["gates/lstm.md"] == "missing"


@pytest.mark.parametrize("file", ["CONTRIBUTING.md", ".github/pull_request_template.md"])
def test_what_contributors_are_pointed_to_exists(file):
    text = (ROOT / file).read_text("utf-8")
    for target in re.findall(r"\]\((?!http)([^)#]+)", text):
        assert (ROOT / target.lstrip("/")).exists(), target
    assert len(text.splitlines()) < 40
    assert re.search(r"[\u4e00-\u9fff]", text) and "make test" in text
