"""Reports how each page stands in each language, as a table for people or as data."""

from collections.abc import Iterator
from typing import Any

from tools.translations import definitions
from tools.translations.ledger import Standing
from tools.translations.overview import Overview, Row, counts


def table(overview: Overview) -> Iterator[str]:
    """Lay out the lines: the pages, each section that is out of step, and the totals."""
    codes = list(overview.sources.pages)
    lines = [("", *codes)]
    for path, rows in overview.by_page.items():
        lines.append((path, *(_counted(rows, code) for code in codes)))
        for row in rows:
            if not row.is_in_step:
                lines.append((f"  #{row.id}", *(_words(row.standings[code]) for code in codes)))
    for row in definitions.rows(overview):
        if not row.is_in_step:
            lines.append((row.key, *(_words(row.standings[code]) for code in codes)))
    lines.append(("total", *(_counted(overview.rows, code) for code in codes)))
    widths = [max(len(line[column]) for line in lines) for column in range(len(codes) + 1)]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        yield "  ".join(cells).rstrip()
    for key in overview.leftover:
        yield f"{key} stands on no page any more; sync {key.split('#')[0]} forgets it"


def data(overview: Overview) -> dict[str, Any]:
    """Give the same as data: each section's state in each language, and the totals."""
    return {
        "total": {code: counts(overview.rows, code) for code in overview.sources.pages},
        "sections": {
            row.key: {code: _data(standing) for code, standing in row.standings.items()}
            for row in overview.rows
        },
    }


def _counted(rows: list[Row], code: str) -> str:
    return ", ".join(f"{number} {state}" for state, number in counts(rows, code).items())


def _data(standing: Standing) -> dict[str, Any]:
    fields: dict[str, Any] = {"state": standing.state.value}
    if standing.behind and standing.agreed:
        days = standing.behind.items()
        fields["behind"] = {code: day and day.isoformat() for code, day in days}
        fields["last in sync"] = standing.agreed.day.isoformat()
    return fields


def _words(standing: Standing) -> str:
    moved = [f"{code} since {day}" if day else code for code, day in standing.behind.items()]
    return f"{standing.state} ({', '.join(moved)})" if moved else str(standing.state)
