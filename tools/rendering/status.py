"""Writes which sections do not stand alike in all languages, or in a line that all do."""

from tools.project import edit_links
from tools.sources.languages import Language, relative_link
from tools.sources.sources import Sources
from tools.translations.ledger import Standing, State
from tools.translations.overview import Overview, Row, counts


def _status(page: str, language: Language, overview: Overview) -> str:
    tables = [
        _table(path, rows, page, language, overview)
        for path, every in overview.by_page.items()
        if (rows := [row for row in every if not row.is_in_step])
    ]
    if not tables:
        return language.text["all_in_step"].format(count=len(overview.rows))
    return "\n\n".join([_summary(overview, language), *tables])


def _summary(overview: Overview, language: Language) -> str:
    lines = []
    for other in overview.sources.languages:
        states = counts(overview.rows, other.code).items()
        counted = (f"{_state(state, language)} {number}" for state, number in states)
        lines.append(f"- **{other.name_in(language)}** · {' · '.join(counted)}")
    return "\n".join(lines)


def _table(path: str, rows: list[Row], page: str, language: Language, overview: Overview) -> str:
    text = language.text
    anchor = path.rsplit(".", 1)[0].replace("/", "-")
    first = overview.by_page[path][0]
    title = f"## {first.title(language.code)} {{ #page-{anchor} }}"
    heads = [text["section"]]
    for other in overview.sources.languages:
        file, name = overview.sources.file(path, other.code), other.name_in(language)
        there = path in overview.sources.pages[other.code]
        address = there and edit_links.address(overview.sources.root, file)
        heads.append(f"[{name} · {text['edit']}]({address})" if address else name)
    lines = [heads, ["---"] * len(heads)]
    for row in rows:
        standings = (row.standings[other.code] for other in overview.sources.languages)
        name = text["opening"] if row is first else row.title(language.code)
        if row.id in overview.sources.get_page(path, language.code).ids:
            name = f"[{name}]({relative_link(path, page)}#{row.id})"
        lines.append([name, *(_standing(each, language, overview.sources) for each in standings)])
    return "\n".join([title, "", *(f"| {' | '.join(cells)} |" for cells in lines)])


def _standing(standing: Standing, language: Language, sources: Sources) -> str:
    words = _state(standing.state, language)
    if not standing.behind:
        return words
    moved = (
        sources.language(other).name_in(language) + (f" <time>{day}</time>" if day else "")
        for other, day in standing.behind.items()
    )
    return " · ".join([f"**{words}**", *moved])


def _state(state: State, language: Language) -> str:
    return language.text[f"state_{state.name.lower()}"]


WRITERS = {"translations": _status}
