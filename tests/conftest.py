"""What the tests share: the built site, a small project to break, and a browser."""

import json
import os
import runpy
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import sync_playwright

from tools.running.forkserver import ForkServer
from tools.theme import browser
from tools.translations import declare, definitions
from tools.translations.overview import Overview

ROOT = Path(__file__).resolve().parent.parent
# Each worker has one core; with more threads than cores PyTorch's kernels wait for one another.
os.environ.setdefault("OMP_NUM_THREADS", "1")
SITE_URL = "https://example.org/gate/"
BUILD = ["-m", "mkdocs", "build"]
ENVIRONMENT = os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": SITE_URL}

# What a build imports from elsewhere; the project's own modules are imported anew by each program.
PROGRAMS = ForkServer(
    "import autocorrect_py, babel.dates, bs4, jieba, jupytext, markdown_it, math_core, tinycss2\n"
    "import material.plugins.search.plugin, mkdocs.commands.build, mkdocs_jupyter.plugin\n"
    "jieba.setLogLevel('WARNING')\n"
    "jieba.initialize()\n"
)


@cache
def names(snippet: str) -> dict:
    """Run a snippet, once for all tests of a worker, and return its names."""
    return runpy.run_path(str(ROOT / f"snippets/{snippet}.py"))


@pytest.fixture
def quick(tmp_path, monkeypatch):
    """Run an experiment with --quick and settings that are still quicker, and give its record."""

    def run(script, **settings) -> dict:
        for name, value in settings.items():
            monkeypatch.setitem(script.QUICK, name, value)
        file = tmp_path / "quick.json"
        script.main(["--quick", "--out", str(file)])
        return json.loads(file.read_text("utf-8"))

    return run


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory) -> Path:
    """A folder that all workers of this run share, and no other run."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def served_folder(shared_folder) -> Path:
    """A folder to serve, with the whole site below it at gate/, built once for all workers."""
    folder = shared_folder / "served"
    with FileLock(f"{folder}.lock"):
        if not (folder / "gate").exists():
            partial = folder / "partial"
            ran = subprocess.run(
                [sys.executable, *BUILD, "--site-dir", partial], cwd=ROOT, env=ENVIRONMENT,
                text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
            assert ran.returncode == 0, ran.stdout
            partial.rename(folder / "gate")
    return folder


@pytest.fixture(scope="session")
def site(served_folder) -> Path:
    """The built site's folder."""
    return served_folder / "gate"


class Project:
    """A small project of two languages that shares everything but its pages."""

    def __init__(self, folder: Path):
        self.folder = folder
        (folder / "experiments").mkdir(parents=True)
        for shared in ("overrides", "tools"):
            (folder / shared).symlink_to(ROOT / shared)
        for copied in ("mkdocs.yml", "docs/zh.yml", "docs/glossary.yml"):
            self.write(copied, (ROOT / copied).read_text("utf-8"))
        shutil.copytree(ROOT / "docs/figures", folder / "docs/figures")
        self.navigation("index.md", "gates/gru.md")
        self.write("snippets/gates/gru/one.py", "print(1)\n")
        self.write("snippets/gates/gru/one.out", "1\n")
        for language, word in (("en", "reset gate"), ("zh", "重置门")):
            self.write(f"docs/{language}/index.md", f"# Home {language} {{ #home }}\n")
            self.write(
                f"docs/{language}/glossary.md",
                f"# Terms {language} {{ #glossary }}\n\n<!-- generated: glossary -->\n",
            )
            self.write(
                f"docs/{language}/gates/gru.md",
                f"---\nsection: Gates {language}\n---\n\n# GRU {language} {{ #gru }}\n\n"
                f"## {word} {{ #reset-gate }}\n\nThe {word} $r_t$.\n\n"
                '```python\n--8<-- "gates/gru/one.py"\n```\n\n'
                '```text\n--8<-- "gates/gru/one.out"\n```\n',
            )

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def read(self, path: str) -> str:
        return (self.folder / path).read_text("utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        text = self.read(path)
        assert old in text
        self.write(path, text.replace(old, new))

    def navigation(self, *pages: str) -> None:
        before, rest = self.read("mkdocs.yml").split("\nnav:\n")
        after = rest[rest.index("# Checks") :]
        listed = "".join(
            f"  - {page}\n" if "/" not in page else f"  - section:\n      - {page}\n"
            for page in (*pages, "glossary.md")
        )
        self.write("mkdocs.yml", f"{before}\nnav:\n{listed}\n{after}")

    def build(self, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Build it as a user would, and give the exit status and all that was printed."""
        ran = PROGRAMS.run([*BUILD, *options], self.folder, ENVIRONMENT | environment)
        ran.stdout += ran.stderr
        return ran

    def remove(self, path: str) -> None:
        (self.folder / path).unlink()

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a module of tools as a contributor would."""
        return PROGRAMS.run(["-m", *arguments], self.folder)

    def git(self, *arguments: str, day: str = "2026-11-01") -> str:
        """Run git in the project, in a repository of its own, as if on a day."""
        who = {
            f"GIT_{role}_{key}": "x"
            for role in ("AUTHOR", "COMMITTER")
            for key in ("NAME", "EMAIL")
        }
        when = {f"GIT_{role}_DATE": f"{day}T12:00:00Z" for role in ("AUTHOR", "COMMITTER")}
        ran = subprocess.run(
            ["git", "-c", "init.defaultBranch=main", *arguments], cwd=self.folder,
            capture_output=True, text=True, env=os.environ | who | when,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def commit(self, day: str = "2026-11-01") -> None:
        """Commit the pages and the ledger, in a new repository if there is none."""
        if not (self.folder / ".git").exists():
            self.git("init", "-q")
            self.write(".gitattributes", (ROOT / ".gitattributes").read_text("utf-8"))
        self.git("add", "docs", "mkdocs.yml", ".gitattributes")
        self.git("commit", "-q", "-m", "change", day=day)

    def overview(self) -> Overview:
        return Overview.read(self.folder)

    def sync(self, *keys: str, reason: str | None = None) -> None:
        """Declare sections, or all of them, to say the same."""
        overview = self.overview()
        every = [*overview.rows, *definitions.rows(overview)]
        rows = [row for row in every if row.key in keys or not keys]
        declare.declare(overview, rows, list(overview.site.pages), reason)
        overview.ledger.write()


@pytest.fixture
def project(tmp_path) -> Project:
    """A fresh small project."""
    return Project(tmp_path / "project")


@pytest.fixture(scope="session")
def chromium(shared_folder):
    """A browser, found or fetched; where none can be had, the message says what to do."""
    with FileLock(shared_folder / "browser.lock"):
        path = browser.find()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=browser.flags())
        yield running
        running.close()


@pytest.fixture(scope="session")
def address(served_folder):
    """The served site's address; no other host can be reached through it."""
    with browser.served(served_folder) as root:
        yield f"{root}gate/"


@pytest.fixture
def open_page(chromium, address):
    """Open a page at a path; at the end nothing may have gone wrong or left this host."""
    contexts, faults = [], []

    def open_page(path: str, **options):
        options = {"locale": "en"} | options
        context = chromium.new_context(**options)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        page.on(
            "response", lambda r: faults.append(f"{r.status} {r.url}") if r.status >= 400 else None
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request",
            lambda r: (
                None if r.url.startswith((address, "data:", "blob:")) else faults.append(r.url)
            ),
        )
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
