"""Checks an address that whoever builds the site sets in a variable of the environment."""

import os
import re

from tools.project.errors import UserError

_LOCAL = "http://127.0.0.1:"
_ADDRESS = re.compile(r"https?://[^\s\"'<>\\]+")


def home(site_url: str | None) -> str:
    """Give the address at which the main language begins, with one slash at its end."""
    return require_address("SITE_URL", site_url or "").rstrip("/") + "/"


def site() -> str:
    """Give the address of the site, by the same variable and default as mkdocs.yml."""
    return home(os.environ.get("SITE_URL", f"{_LOCAL}8000/"))


def require_address(variable: str, value: str) -> str:
    """Return the value if it may stand in a page as an address; raises UserError."""
    if not _ADDRESS.fullmatch(value):
        raise UserError(
            f"{variable} is '{value}'; set it to an address such as https://you.example/path/, "
            "without spaces and quotation marks, or do not set it at all"
        )
    return value


def is_local(address: str | None) -> bool:
    """Tell whether that is the site of somebody who has named no address."""
    return (address or "").startswith(_LOCAL)


def bare(address: str) -> str:
    """Give an address as a reader writes it down."""
    return address.partition("://")[2].rstrip("/")
