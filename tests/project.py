"""A small project of two languages, to build, to break and to mend."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

from tests.sources import PAGES_OF_TESTS, ROOT, SITE_URL
from tools.project import cache, errors
from tools.running.forkserver import ForkServer
from tools.translations import declare, definitions
from tools.translations.__main__ import main as translations
from tools.translations.overview import Overview

BUILD = ["-m", "mkdocs", "build"]
FIRST_DAY = "2026-11-01"  # of its history and of what was declared; no test asks the clock
BUILD_LIMIT = 600  # seconds: of three languages with all notebooks, on a busy machine
ENVIRONMENT = os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": SITE_URL}

# What a build imports from elsewhere; the project's own modules are imported anew by each program.
PROGRAMS = ForkServer(
    "import autocorrect_py, babel.dates, bs4, jupytext, markdown_it, math_core, tinycss2\n"
    "import fontTools.ttLib, typst\n"
    "import mkdocs.commands.build, mkdocs_jupyter.plugin\n"
)


@dataclass
class Served:
    """MkDocs's server of a project: its process, and where the terminal says that a language is."""

    process: subprocess.Popen[str]
    addresses: dict[str, str]  # each without what lets its reader run code
    fragment: str  # which is this


class Project:
    """A small project of two languages that shares everything but its pages."""

    def __init__(self, folder: Path):
        self.folder = folder
        shutil.copytree(PAGES_OF_TESTS / "small", folder)
        (folder / "experiments").mkdir()
        for shared in ("overrides", "tools"):
            (folder / shared).symlink_to(ROOT / shared)
        for copied in ("mkdocs.yml", "docs/zh.yml", "docs/glossary.yml"):
            self.write(copied, (ROOT / copied).read_text("utf-8"))
        shutil.copytree(ROOT / "docs/figures", folder / "docs/figures")
        templates = cache.folder(ROOT) / "templates"  # compiled by the first build of a run
        templates.mkdir(exist_ok=True)
        (folder / ".cache").mkdir()
        (folder / ".cache/templates").symlink_to(templates)
        self.navigation("index.md", "gates/gru.md")

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
        ran = PROGRAMS.run(
            [*BUILD, *options], self.folder, ENVIRONMENT | environment, limit=BUILD_LIMIT
        )
        ran.stdout += ran.stderr
        return ran

    @contextmanager
    def serving(self, host: str = "127.0.0.1") -> Iterator[Served]:
        """Serve it as a reader would; it has been built."""
        with socket.create_server((host, 0)) as free:
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"{host}:{port}"]
        with subprocess.Popen(
            command, cwd=self.folder, env=ENVIRONMENT, text=True, stderr=subprocess.PIPE,
            # as in a terminal; what a shell runs behind it does not hear Ctrl-C
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        ) as server:  # fmt: skip
            said, addresses, fragment = iter(server.stderr or ()), {}, ""
            for line in said:
                if found := re.search(r"(\w+): (http\S+?)(#\S+)?$", line):
                    addresses[found[1]], fragment = found[2], found[3] or ""
                if "Serving on" in line:
                    break
            try:
                yield Served(server, addresses, fragment)
            finally:
                server.terminate()

    def remove(self, path: str) -> None:
        (self.folder / path).unlink()

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a module of tools as a contributor would."""
        return PROGRAMS.run(["-m", *arguments], self.folder)

    def translations(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run tools.translations as run() would, but in this process, which takes no start."""
        out, err = StringIO(), StringIO()
        with chdir(self.folder), redirect_stdout(out), redirect_stderr(err):
            try:
                errors.run(translations, arguments)
            except SystemExit as end:
                status = int(end.code or 0)
        return subprocess.CompletedProcess(arguments, status, out.getvalue(), err.getvalue())

    def git(self, *arguments: str, day: str = FIRST_DAY) -> str:
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

    def commit(self, day: str = FIRST_DAY) -> None:
        """Commit the pages and the ledger, in a new repository if there is none."""
        if not (self.folder / ".git").exists():
            self.git("init", "-q")
            self.write(".gitattributes", (ROOT / ".gitattributes").read_text("utf-8"))
        self.git("add", "docs", "mkdocs.yml", ".gitattributes")
        self.git("commit", "-q", "-m", "change", day=day)

    def overview(self) -> Overview:
        return Overview.read(self.folder)

    def sync(self, *keys: str, reason: str | None = None, day: str = FIRST_DAY) -> None:
        """Declare sections, or all of them, to say the same, as if on a day."""
        overview = self.overview()
        every = [*overview.rows, *definitions.rows(overview)]
        rows = [row for row in every if row.key in keys or not keys]
        declare.declare(
            overview, rows, list(overview.sources.pages), date.fromisoformat(day), reason
        )
        overview.ledger.write()
