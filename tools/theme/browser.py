"""Finds a Chromium, a Firefox and a WebKit for the browser tests, and gets one where none is."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import click

from tools.project import errors
from tools.project.errors import UserError

if TYPE_CHECKING:  # who only asks for a browser needs nothing to drive it
    from playwright.sync_api import Page

# The first has no windows, and takes a third less time.
DEBIANS = ("chromium-headless-shell", "chromium")
INSTALLED = (*DEBIANS, "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
FIREFOXES = ("firefox-esr", "firefox")
MACS_FIREFOX = Path("/Applications/Firefox.app/Contents/MacOS/firefox")
WEBKIT = {"WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb"}  # programs and their packages
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NONE = (
    "No Chromium was found and none could be installed: install Chromium or Google Chrome, "
    "or set CHROMIUM to the path of one, and run this again."
)
NO_FIREFOX = (
    "No Firefox was found and none could be installed: install Firefox, "
    "or set FIREFOX to the path of one, and run this again."
)
NO_WEBKIT = (
    "No WebKit was found and none could be installed: install webkit2gtk-driver and xvfb, which "
    "Debian and Ubuntu have (apt-get install webkit2gtk-driver xvfb), and run this again."
)


class NoBrowser(UserError):
    """There is no browser and none can be had; the message says how to get one."""


def find() -> str:
    """Find a Chromium: $CHROMIUM, an installed one, Playwright's own, Debian's as root.

    Call it before Playwright is started, since it starts Playwright to look for its download.
    Raises NoBrowser.
    """
    if path := _named("CHROMIUM") or _installed() or _playwrights() or from_apt():
        return path
    raise NoBrowser(NONE)


def find_firefox() -> str:
    """Find a Firefox: $FIREFOX, an installed one, Debian's as root. Raises NoBrowser."""
    if path := (_named("FIREFOX") or _installed(FIREFOXES, MACS_FIREFOX) or from_apt(FIREFOXES)):
        return path
    raise NoBrowser(NO_FIREFOX)


def find_webkit() -> list[str]:
    """Find what drives a WebKit, and a screen for it: installed, Debian's as root.

    Raises NoBrowser.
    """
    missing = [package for program, package in WEBKIT.items() if not shutil.which(program)]
    for package in missing:
        from_apt([package])
    found = [path for program in WEBKIT if (path := shutil.which(program))]
    if len(found) < len(WEBKIT):
        raise NoBrowser(NO_WEBKIT)
    return found


def flags() -> list[str]:
    """Give the flags of the browser; root may not use Chromium's sandbox."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*FLAGS, "--no-sandbox"] if is_root else FLAGS


class Quiet(SimpleHTTPRequestHandler):
    """Answers with a folder's files, and says nothing."""

    def log_message(self, *_: object) -> None:
        pass


class Preparing(Quiet):
    """Answers with what `prepare` makes of a folder's files; it may send headers of its own."""

    protocol_version = "HTTP/1.1"  # which keeps connections, as hosts do

    def prepare(self, file: Path) -> bytes:
        raise NotImplementedError

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        if self.path.partition("?")[0].endswith("/"):
            file /= "index.html"
        if not file.is_file():
            super().do_GET()
            return
        self.send_response(200)
        body = self.prepare(file)
        kind = self.guess_type(file)
        self.send_header("Content-Type", kind + "; charset=utf-8" * kind.startswith("text/"))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(folder: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """Serve a folder on this machine while the block runs, and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=folder))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def lay_out(page: "Page") -> None:
    """Let a page lay out what is off the screen too; its policy would refuse a <style>."""
    page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync("* { content-visibility: visible !important }");
            document.adoptedStyleSheets.push(sheet);
        }"""
    )


def _named(variable: str) -> str | None:
    path = os.environ.get(variable)
    if path and not shutil.which(path):
        raise NoBrowser(f"{variable} names {path}, which is no program that can be run: mend it.")
    return path


def _installed(names: Sequence[str] = INSTALLED, mac: Path = MAC) -> str | None:
    found = next(filter(None, map(shutil.which, names)), None)
    return found or (str(mac) if mac.exists() else None)


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    def downloaded() -> str | None:
        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
        return path if Path(path).exists() else None

    if not downloaded():
        _try([sys.executable, "-m", "playwright", "install", "chromium"])
    return downloaded()


def from_apt(packages: Sequence[str] = DEBIANS) -> str | None:
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return None
    _try(["apt-get", "update", "-qq"])
    for package in packages:
        _try(["apt-get", "install", "-y", "-qq", "--no-install-recommends", package])
        if found := shutil.which(package):
            return found
    return None


def _try(command: list[str]) -> None:
    print("Trying:", " ".join(command), file=sys.stderr, flush=True)
    try:
        subprocess.run(command, timeout=900, stdout=subprocess.DEVNULL, check=False)
    except subprocess.TimeoutExpired:
        print("It took too long.", file=sys.stderr)


@click.command(help=__doc__)
def main() -> None:
    """Print where a browser is; exit status 1 if there is none."""
    print(find())


if __name__ == "__main__":
    errors.run(main)
