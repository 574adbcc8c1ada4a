"""What the tests share: the built site, a small project to break, and a browser."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from filelock import FileLock
from playwright.sync_api import sync_playwright

import harness
from tests import hosted
from tests.project import BUILD, ENVIRONMENT, Project
from tests.sources import ROOT
from tools.theme import browser
from tools.theme import firefox as firefoxes

collect_ignore = ["pages"]  # some of them are wrong on purpose
# Each worker has one core; with more threads than cores PyTorch's kernels wait for one another.
os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.fixture
def one_thread():
    """Nets this small gain nothing from more threads, and lose much on a busy machine."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def double():
    """Let float64 be the default for one test."""
    usual = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(usual)


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


@pytest.fixture
def interrupted(tmp_path, monkeypatch):
    """Run an experiment with --quick, stop it after some rows and go on; give its record."""

    def run(script, after) -> dict:
        file = tmp_path / "interrupted.json"
        argv, write = ["--quick", "--out", str(file)], harness.write

        def write_and_stop(file, source, rows):
            write(file, source, rows)
            if len(rows) == after:
                raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(harness, "write", write_and_stop)
            with pytest.raises(SystemExit):
                script.main(argv)
        kept = json.loads(file.read_text("utf-8"))["rows"]
        assert len(kept) == after
        script.main(argv)
        record = json.loads(file.read_text("utf-8"))
        assert record["rows"][:after] == kept
        return record

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


@pytest.fixture
def project(tmp_path) -> Project:
    """A fresh small project."""
    return Project(tmp_path / "project")


@pytest.fixture(scope="session")
def chromium_path(shared_folder) -> str:
    """A browser, found or fetched; where none can be had, the message says what to do."""
    with FileLock(shared_folder / "browser.lock"):
        return browser.find()


@pytest.fixture(scope="session")
def playwright(chromium_path):
    """What drives the browsers, started once and after the look for one."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright, chromium_path):
    running = playwright.chromium.launch(executable_path=chromium_path, args=browser.flags())
    yield running
    running.close()


@pytest.fixture(scope="session")
def firefox(playwright, shared_folder):
    """Another browser, for pages that compute; Playwright drives it like Chromium."""
    with FileLock(shared_folder / "browser.lock"):
        path = browser.find_firefox()
    with firefoxes.launched(playwright, path) as running:
        yield running


@pytest.fixture(scope="session")
def address(served_folder):
    """The served site's address; no other host can be reached through it."""
    with hosted.served(served_folder, "gate") as root:
        yield f"{root}gate/"


@pytest.fixture
def open_page(chromium, address):
    """Open a page at a path; at the end nothing may have gone wrong or left this host."""
    contexts, faults = [], []

    def open_page(path: str, within=chromium, **options):
        options = {"locale": "en"} | options
        context = within.new_context(**options)
        if within is chromium:
            context.grant_permissions(["clipboard-read", "clipboard-write"])
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text))
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
    assert [fault for fault in faults if hosted.PARTIAL not in fault] == []
