"""Writes how to take code from the site: a file by a command, and the archive of all code."""

from tools.project import addresses
from tools.rendering import along
from tools.running import archive
from tools.sources import code_files, languages
from tools.sources.languages import Language
from tools.translations.overview import Overview

_FILE = "snippets/gates/gru/reset_gate.py"  # for example


def _file(page: str, language: Language, overview: Overview) -> str:
    address = code_files.address(_FILE)
    name = address.rpartition("/")[2]
    return f"```console\ncurl -O {addresses.site()}{address}\npython {name}\n```"


def _all(page: str, language: Language, overview: Overview) -> str:
    home, address = addresses.site(), f"{code_files.PLACE}/{archive.NAME}"
    size = len(archive.content(overview.sources.root, "", home)) / 1e6
    words = language.text["archive_get"].format(name=archive.NAME, size=f"{size:.1f}")
    link = f'<a href="{languages.to_root(page, language)}{address}" download>{words}</a>'
    return f"```console\ncurl -O {home}{address}\n```\n\n<p>{link}</p>"


def _list(page: str, language: Language, overview: Overview) -> str:
    up = "../" * languages.address(page).count("/")
    return f'<p><a href="{up}{along.LIST}">{language.text["llms_get"]}</a></p>'


WRITERS = {"take-file": _file, "take-all": _all, "take-list": _list}
