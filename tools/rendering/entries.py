"""Writes the entries of the glossary's page."""

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
    return "\n\n".join(
        _entry(term, page, language, overview, homes.get(term.key))
        for term in glossary.load(overview.sources.root).defined
    )


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
    if facts:
        lines.insert(1, f"{' · '.join(facts)}\n{{ .gg-quiet }}")
    return "\n\n".join(lines)


WRITERS = {"glossary": _glossary}
