"""Writes how to take things from the site: code, the whole site for a disk, and the books."""

from tools.project import addresses
from tools.rendering import along
from tools.running import archive
from tools.sources import code_files, languages, take_along
from tools.sources.languages import Language
from tools.translations.overview import Overview

_FILE = "snippets/gates/gru/reset_gate.py"  # for example


def _file(page: str, language: Language, overview: Overview) -> str:
    address = code_files.address(_FILE)
    name = address.rpartition("/")[2]
    return f"```console\ncurl -O {addresses.site()}{address}\npython {name}\n```"


def _all(page: str, language: Language, overview: Overview) -> str:
    return _fetched(archive.FILE, page, language)


def _fetched(file: str, page: str, language: Language) -> str:
    """Show how a terminal fetches a file, and link to it."""
    name, size = file.rpartition("/")[2], take_along.size(file)
    words = language.text["archive_get"].format(name=name, size=size)
    link = f'<a href="{languages.to_root(page, language)}{file}" download>{words}</a>'
    return f"```console\ncurl -O {addresses.site()}{file}\n```\n\n<p>{link}</p>"


def _list(page: str, language: Language, overview: Overview) -> str:
    up = languages.up(languages.address(page))
    return f'<p><a href="{up}{along.LIST}">{language.text["llms_get"]}</a></p>'


def _offline(page: str, language: Language, overview: Overview) -> str:
    """Link to the copy for a disk, which a build adds where it knows where the site will stand."""
    if addresses.is_local(addresses.site()):
        return f"{language.text['offline_make']}\n\n```console\nmake offline\n```"
    return _fetched(take_along.ZIP, page, language)


def _book(page: str, language: Language, overview: Overview) -> str:
    """Link to the books that were made."""
    links = []
    for each in overview.sources.languages:
        if made := take_along.made_of(overview.sources.root, each):
            words = language.text["book_get"].format(
                language=each.name_in(language), day=made.day, commit=made.commit
            )
            place = f"{languages.to_root(page, language)}{take_along.book(each).as_posix()}"
            links.append(f'- <a href="{place}">{words}</a>')
    return "\n".join(links) or f"{language.text['book_make']}\n\n```console\nmake book\n```"


WRITERS = {
    "take-file": _file,
    "take-all": _all,
    "take-list": _list,
    "take-offline": _offline,
    "take-book": _book,
}
