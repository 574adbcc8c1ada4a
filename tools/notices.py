"""Tells a reader, beside each section, that another language has a newer text, or the only one."""

import re
from collections.abc import Callable
from datetime import date
from html import escape

from tools.languages import Language
from tools.ledger import State
from tools.overview import Overview, Row

Link = Callable[[str, str], str]

_HEADING = re.compile(r'(?=<h[1-6] id="(?P<id>[\w-]+)")')
_END_OF_HEADING = re.compile(r"</h[1-6]>")


def add(html: str, overview: Overview, path: str, shown: str, reader: Language, link: Link) -> str:
    """A page's HTML with a line on each section that is not in step.

    `shown` is the language of the page's text, `reader` the language of its readers, and `link`
    gives the address of a section in another language.
    """
    rows = {row.id: row for row in overview.by_page.get(path, [])}
    missing = _missing(rows, shown)
    before, *parts = _HEADING.split(html)
    out = [before]
    for id, section in zip(parts[::2], parts[1::2], strict=True):
        if id in rows:
            section = _with_notice(section, overview, rows[id], shown, reader, link)
        out += [section, *(_elsewhere(row, overview, reader, link) for row in missing.pop(id, []))]
    return "".join(out)


def _with_notice(
    html: str, overview: Overview, row: Row, shown: str, reader: Language, link: Link
) -> str:
    standing = row.standings[shown]
    source = row.sections[shown].untranslated
    if source in overview.site.pages:
        html = f'<div lang="{source}">{html}</div>'
        notice = _line(_words("not_translated", reader, source, overview), reader.code)
    elif standing.state in (State.BEHIND, State.BOTH_MOVED):
        days, agreed = overview.moves(row, shown), row.entry.since(shown).day
        latest = max(days, key=lambda other: days[other] or date.max)
        day: date | None
        if standing.state is State.BOTH_MOVED:
            key, day = "both_moved", agreed
        elif days[latest]:
            key, day = "behind", days[latest]
        else:
            key, day = "behind_unknown", agreed
        words = _words(key, reader, latest, overview).replace("{day}", f"<time>{day}</time>")
        address, there = escape(link(latest, row.id)), escape(reader.text["read_there"])
        notice = _line(f'{words} <a href="{address}" hreflang="{latest}">{there}</a>', reader.code)
    else:
        return html
    return _END_OF_HEADING.sub(lambda end: f"{end[0]}{notice}", html, count=1)


def _missing(rows: dict[str, Row], shown: str) -> dict[str | None, list[Row]]:
    """Sections that only other languages have, by the section here that they follow."""
    found: dict[str | None, list[Row]] = {}
    after = None
    for id, row in rows.items():
        if shown in row.sections:
            after = id
        elif row.translated():
            found.setdefault(after, []).append(row)
    return found


def _elsewhere(row: Row, overview: Overview, reader: Language, link: Link) -> str:
    other = next(iter(row.translated()))
    words = _words("only_there", reader, other, overview)
    title, address = escape(row.title(other)), escape(link(other, row.id))
    return _line(f'{words} <a href="{address}" lang="{other}">{title}</a>')


def _words(key: str, reader: Language, other: str, overview: Overview) -> str:
    name = overview.site.language(other).name_in(reader)
    return escape(reader.text[key]).replace("{language}", name)


def _line(html: str, code: str = "") -> str:
    lang = f' lang="{code}"' if code else ""
    return f'<p class="gg-notice" data-search-exclude{lang}>{html}</p>'
