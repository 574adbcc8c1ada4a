"""Writes the glossary's page, and for those who write the forms that it forbids."""

from tools.sources import glossary
from tools.sources.languages import Language, lang_span, relative_link
from tools.translations.overview import Overview, Row


def _glossary(page: str, language: Language, overview: Overview) -> str:
    codes = [other.code for other in overview.sources.languages]
    homes = {
        row.id: row
        for row in reversed(overview.rows)
        if all(row.id in overview.sources.get_page(row.page, code).ids for code in codes)
    }
    sections = overview.by_key | homes
    terms = glossary.load(overview.sources.root)
    entries = (
        _entry(term, page, language, overview, sections.get(term.explained or term.key))
        for term in terms.defined
    )
    return "\n\n".join([*_index(terms, language.code), *entries])


def _index(terms: glossary.Glossary, code: str) -> list[str]:
    """Write a line for each group of terms, with a link to each of them."""
    lines = []
    for group in terms.groups:
        title = group[0].group.get(code) or next(iter(group[0].group.values()), "")
        linked = " · ".join(f"[{term.name(code)}](#{term.key})" for term in group)
        lines.append(f"**{title}** {linked}\n{{ .gg-group }}" if title else linked)
    return lines


def _entry(
    term: glossary.Term, page: str, language: Language, overview: Overview, home: Row | None
) -> str:
    text, code = language.text, language.code
    name = term.name(code)
    facts = [", ".join(f"${sign}$" for sign in term.signs)] if term.signs else []
    facts += [
        text["in_language"].format(
            language=other.name_in(language), term=lang_span(term.names[other.code], other.code)
        )
        for other in overview.sources.languages
        if term.names.get(other.code, name) != name
    ]
    if code in term.elsewhere:
        facts.append(text["elsewhere"].format(forms=" / ".join(term.elsewhere[code])))
    if home and home.page != page:
        facts.append(f"[{text['explained_in']}]({relative_link(home.page, page)}#{home.id})")
    lines = [f"## {name} {{ #{term.key} .gg-entry }}", term.defined(code)]
    if term.formula:
        lines.append(f"$$\n{term.formula.strip()}\n$$")
    if facts:
        lines.insert(1, f"{' · '.join(facts)}\n{{ .gg-quiet }}")
    return "\n\n".join(lines)


def _avoided(page: str, language: Language, overview: Overview) -> str:
    text, code = language.text, language.code
    rows = [[text["not_this"], text["but_this"], text["because"]], ["---"] * 3]
    for term in glossary.load(overview.sources.root).terms.values():
        for form, reason in term.avoid.get(code, {}).items():
            rows.append([form, term.name(code), reason])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


WRITERS = {"glossary": _glossary, "avoided": _avoided}
