"""Writes what a page does not hold itself: glossary entries, verdicts, timings and the like.

A page asks for it by a line of its own, <!-- generated: glossary -->, or with what it is about:
<!-- generated: verdict counting -->
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import indent

from tools import claims, editing, glossary, pages, timings
from tools.languages import Language, link, spoken
from tools.ledger import State
from tools.overview import Overview, Row, counts

_ASKED = re.compile(r"<!-- generated: (?P<name>[\w-]+)(?: (?P<about>[\w-]+))? -->")


def filled(markdown: str, page: str, language: Language, overview: Overview) -> str:
    """A page's Markdown with what it asks for."""
    lines = markdown.split("\n")
    for line, name, about in asked_for(pages.parse(markdown, Path(page).with_suffix(".md"))):
        text = WRITERS[name](page, language, overview, *([about] if about else []))
        margin = lines[line - 1][: -len(lines[line - 1].lstrip())]
        lines[line - 1] = indent(text, margin)
    return "\n".join(lines)


def asked_for(page: pages.Page) -> Iterator[tuple[int, str, str | None]]:
    """What a page asks for, with the line and what it is about."""
    for comment in page.comments:
        if asked := _ASKED.fullmatch(comment.text):
            yield comment.line, asked["name"], asked["about"]


def _glossary(page: str, language: Language, overview: Overview) -> str:
    codes = [other.code for other in overview.site.languages]
    homes = {
        row.id: row
        for row in reversed(overview.rows)
        if all(row.id in overview.site.shown(row.page, code).ids for code in codes)
    }
    return "\n\n".join(
        _entry(term, page, language, overview, homes.get(term.key))
        for term in glossary.load(overview.site.root).defined
    )


def _entry(
    term: glossary.Term, page: str, language: Language, overview: Overview, home: Row | None
) -> str:
    text, code = language.text, language.code
    name = term.name(code)
    facts = [", ".join(f"${sign}$" for sign in term.signs)] if term.signs else []
    facts += [
        text["in_language"].format(
            language=other.name_in(language), term=spoken(term.names[other.code], other.code)
        )
        for other in overview.site.languages
        if term.names.get(other.code, name) != name
    ]
    if code in term.elsewhere:
        facts.append(text["elsewhere"].format(forms=" / ".join(term.elsewhere[code])))
    if home and home.page != page:
        facts.append(f"[{text['explained_in']}]({link(home.page, page)}#{home.id})")
    lines = [f"## {name} {{ #{term.key} .gg-entry }}", term.defined(code)]
    if facts:
        lines.insert(1, f"{' · '.join(facts)}\n{{ .gg-quiet }}")
    return "\n\n".join(lines)


def _status(page: str, language: Language, overview: Overview) -> str:
    every = [_summary(overview, language)]
    for path, rows in overview.by_page.items():
        if any(
            stands.state is not State.IN_SYNC for row in rows for stands in row.standings.values()
        ):
            every.append(_table(path, rows, page, language, overview))
    return "\n\n".join(every)


def _summary(overview: Overview, language: Language) -> str:
    lines = []
    for other in overview.site.languages:
        states = counts(overview.rows, other.code).items()
        told = (f"{_state(state, language)} {number}" for state, number in states)
        lines.append(f"- **{other.name_in(language)}** · {' · '.join(told)}")
    return "\n".join(lines)


def _table(path: str, rows: list[Row], page: str, language: Language, overview: Overview) -> str:
    text = language.text
    id = path.rsplit(".", 1)[0].replace("/", "-")
    title = f"## {rows[0].title(language.code)} {{ #page-{id} }}"
    heads = [text["section"]]
    for other in overview.site.languages:
        file, name = overview.site.source(path, other.code), other.name_in(language)
        there = path in overview.site.pages[other.code]
        address = there and editing.address(overview.site.root, file)
        heads.append(f"[{name} · {text['edit']}]({address})" if address else name)
    lines = [heads, ["---"] * len(heads)]
    for row in rows:
        states = [_cell(overview, row, o.code, language) for o in overview.site.languages]
        name = text["opening"] if row is rows[0] else row.title(language.code)
        if row.id in overview.site.shown(path, language.code).ids:
            name = f"[{name}]({link(path, page)}#{row.id})"
        lines.append([name, *states])
    return "\n".join([title, "", *(f"| {' | '.join(cells)} |" for cells in lines)])


def _cell(overview: Overview, row: Row, code: str, language: Language) -> str:
    words = _state(row.standings[code].state, language)
    days = overview.moves(row, code)
    if not days:
        return words
    names = {other: overview.site.language(other).name_in(language) for other in days}
    moved = [f"{names[o]} <time>{day}</time>" if day else names[o] for o, day in days.items()]
    return " · ".join([f"**{words}**", *moved])


def _state(state: State, language: Language) -> str:
    return language.text[f"state_{state.name.lower()}"]


Writer = Callable[..., str]  # of a page, its language, the overview and what it is about
WRITERS: dict[str, Writer] = {
    "glossary": _glossary,
    "translations": _status,
    **claims.WRITERS,
    **timings.WRITERS,
}
