"""Writes where the site's files stand, for somebody who wants to change one."""

from tools.project import addresses, edit_links
from tools.sources.languages import Language, relative_link
from tools.translations.overview import Overview


def _line(page: str, language: Language, overview: Overview) -> str:
    address = edit_links.repository(overview.sources.root)
    if not address:
        code = f"{relative_link('take-along.md', page)}#code"
        return language.text["repository_unknown"].format(code=code)
    return language.text["repository"].format(link=f"[{addresses.bare(address)}]({address})")


WRITERS = {"repository": _line}
