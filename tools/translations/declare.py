"""Declares that sections say the same in several languages, unless something speaks against it."""

from collections.abc import Iterator, Mapping
from datetime import date

from tools.project.errors import UserError
from tools.translations import parity
from tools.translations.ledger import Agreement, Entry, State
from tools.translations.overview import Overview, Row


def declare(
    overview: Overview, rows: list[Row], codes: list[str], day: date, reason: str | None
) -> list[str]:
    """Enter the rows' texts as agreeing since this day, all rows or none; gives their keys.

    A row that is written in one of the languages only, or that agrees already, is passed over.
    Raises UserError with every objection.
    """
    if overview.ledger.findings:
        raise UserError("nothing was written: mend docs/translations.lock first")
    written = {row.key: [code for code in codes if code in row.translated()] for row in rows}
    rows = [row for row in rows if len(written[row.key]) > 1]
    objections = [o for row in rows for o in _objections(overview, row, written[row.key], reason)]
    if objections:
        raise UserError("\n".join([*objections, "nothing was written"]))
    declared = []
    for row in rows:
        entry = _declared(row, written[row.key], day, reason)
        if entry.agreements[0].hashes != _newest(row) or entry.page != row.entry.page:
            overview.ledger.entries.pop(row.entry.key, None)
            overview.ledger.entries[entry.key] = entry
            declared.append(row.key)
    return declared


def forget(overview: Overview, path: str) -> list[str]:
    """Drop what the ledger holds on sections of a page that no language has any more."""
    gone = [key for key, entry in overview.leftover.items() if entry.page == path]
    for key in gone:
        del overview.ledger.entries[key]
    return gone


def _objections(
    overview: Overview, row: Row, codes: list[str], reason: str | None
) -> Iterator[str]:
    yield from map(str, parity.of_row(overview, row, codes))
    if misplaced := parity.out_of_place(overview, row.page, codes).get(row.id):
        yield str(misplaced)
    for code in codes:
        ahead = [other for other in row.standings[code].behind if other in codes]
        if ahead and row.standings[code].state is State.BEHIND and not reason:
            yield (
                f"{row.key}: {' and '.join(ahead)} changed and {code} did not. See what changed: "
                f"diff {row.key}. Then change {code}, or say why it may stay as it is: "
                '--unchanged "the reason"'
            )


def _declared(row: Row, codes: list[str], day: date, reason: str | None) -> Entry:
    unchanged = any(row.standings[code].state is State.BEHIND for code in codes)
    hashes = {code: row.sections[code].hash for code in codes}
    agreement = Agreement(day, hashes, reason if unchanged else None)
    return Entry(row.page, row.id, row.entry.agreed(agreement).agreements)


def _newest(row: Row) -> Mapping[str, str] | None:
    return row.entry.agreements[0].hashes if row.entry.agreements else None
