"""Finds the page or the section that a command names: PAGE, PAGE#ID or glossary.yml#TERM."""

from difflib import get_close_matches

from tools.project.errors import UserError
from tools.translations import definitions
from tools.translations.overview import DEFINITIONS, Overview, Row


def split(overview: Overview, target: str) -> tuple[str, str]:
    """Give a page's path and a section's id, or "", from PAGE#ID, however the page is spelled."""
    spelled, _, section_id = target.partition("#")
    path = spelled.removeprefix("./")
    if path.removeprefix("docs/") == DEFINITIONS:
        return DEFINITIONS, section_id
    for code in overview.sources.pages:
        path = path.removeprefix(f"docs/{code}/")
    for known in [*overview.by_page, *(entry.page for entry in overview.leftover.values())]:
        if path in (known, known.rsplit(".", 1)[0]):
            return known, section_id
    if not path:
        advice = "or a section of it, such as gates/gru.md#idea"
        raise UserError(f"name a page, such as gates/gru.md, {advice}")
    near = get_close_matches(path, overview.by_page, n=1, cutoff=0)
    raise UserError(f"no language has a page {spelled}. Did you mean {near[0]}?")


def rows(overview: Overview, target: str) -> list[Row]:
    """Give the rows of a page, or the one of a section; raises UserError where there is none."""
    path, section_id = split(overview, target)
    is_page = path != DEFINITIONS
    on_page = overview.by_page.get(path, []) if is_page else definitions.rows(overview)
    if not section_id:
        return on_page
    found = [row for row in on_page if row.id == section_id]
    if not found:
        known = ", ".join(row.id for row in on_page)
        raise UserError(f"{path} has no section '{section_id}'; it has: {known}")
    return found


def require_language(overview: Overview, code: str) -> None:
    """Raise UserError for a language that the site lacks."""
    if code not in overview.sources.pages:
        known = ", ".join(overview.sources.pages)
        raise UserError(
            f"the site is not in '{code}'; it is in {known}. Begin it: add-language {code}"
        )
