"""Serves the built site as hosts do that read its _headers: every rule for an address holds."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from fnmatch import fnmatch
from pathlib import Path

from tools.theme import browser, policy

# Firefox, of a formula that it has half read; whole ones are checked as valid HTML
PARTIAL = "Incorrect number of children for <m"

# What a browser does that may not store anything for a site
NO_STORAGE = """for (const name of ["localStorage", "sessionStorage"]) {
    const get = () => { throw new DOMException("blocked", "SecurityError"); };
    Object.defineProperty(window, name, { configurable: true, get });
}"""


def rules(file: Path) -> Iterator[tuple[str, str, str]]:
    """Each header with the pattern of its addresses."""
    pattern = ""
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("/"):
            pattern = line
        else:
            name, _, value = line.strip().partition(": ")
            yield pattern, name, value


def served(folder: Path, below: str) -> AbstractContextManager[str]:
    """Serve a folder with a site below it, as browser.served does."""
    asked = list(rules(folder / below / policy.HEADERS))

    class Host(browser.Quiet):
        def end_headers(self) -> None:
            for pattern, name, value in asked:
                if fnmatch(self.path.partition("?")[0], f"/{below}{pattern}"):
                    self.send_header(name, value)
            super().end_headers()

    return browser.served(folder, Host)
