"""docs/translations.lock: for each section, what each language said when they last said the same.

A line is a section, then one or more agreements, the newest first, then a check on the line itself:

    gates/gru.md#reset-gate 2026-11-23 en:3f2a9c1b7e zh:91bc22d0aa ~5e2c

An agreement is its date, a hash of each language's text and, where a text was declared still right
without a change, the reason in quotes. A language that was left out of the newest agreement keeps
its older one. Lines stand apart, so that git merges two branches that touched different sections.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sized
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from tools.project import files
from tools.sources.findings import Finding

LOCK = Path("docs") / "translations.lock"

_HEAD = (
    "# What each section said in each language when they last said the same.\n"
    "# Written by: python -m tools.translations sync. Change nothing here by hand.\n"
)
_AGREEMENT = r'\d{4}-\d\d-\d\d(?: [A-Za-z-]+:[0-9a-f]{10})+(?: "(?:[^"\\]|\\.)*")?'
_LINE = re.compile(
    rf"(?P<page>[^#]+?)#(?P<id>[\w-]+)(?P<agreements>(?: {_AGREEMENT})+) ~(?P<check>[0-9a-f]{{4}})"
)
_CONFLICT = re.compile(r"(<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|)")


class State(StrEnum):
    """How a section in one language stands to the others."""

    IN_SYNC = "in sync"
    AHEAD = "ahead"  # it moved, the others did not
    BEHIND = "behind"  # another moved, it did not
    BOTH_MOVED = "both moved"
    NEW = "never compared"
    MISSING = "missing"


@dataclass(frozen=True)
class Agreement:
    """The hashes of the languages that were declared to say the same on a day, and why."""

    day: date
    hashes: Mapping[str, str]
    reason: str | None = None

    def __str__(self) -> str:
        words = [self.day.isoformat(), *(f"{code}:{self.hashes[code]}" for code in self.hashes)]
        return " ".join(words + ([json.dumps(self.reason, ensure_ascii=False)] * bool(self.reason)))


@dataclass(frozen=True)
class Entry:
    """A section's agreements, the newest first."""

    page: str
    id: str
    agreements: tuple[Agreement, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.page}#{self.id}"

    def last(self, code: str) -> Agreement | None:
        """Find the newest agreement that a language had a part in."""
        return next((a for a in self.agreements if code in a.hashes), None)

    def agreed(self, new: Agreement) -> "Entry":
        """Add an agreement to the entry; older ones stay for the languages that it leaves out.

        An older one that says of each shared language what the new one says is a part of it.
        """
        for agreement in self.agreements:
            shared = agreement.hashes.keys() & new.hashes.keys()
            if shared and all(agreement.hashes[code] == new.hashes[code] for code in shared):
                hashes = dict(sorted({**agreement.hashes, **new.hashes}.items()))
                new = Agreement(new.day, hashes, new.reason)
        kept, covered = [new], set(new.hashes)
        for agreement in self.agreements:
            if not set(agreement.hashes) <= covered:
                kept.append(agreement)
                covered |= set(agreement.hashes)
        return Entry(self.page, self.id, tuple(kept))

    def __str__(self) -> str:
        text = " ".join([self.key, *map(str, self.agreements)])
        return f"{text} ~{_check(text)}"


@dataclass(frozen=True)
class Standing:
    """How a section in one language stands to the others."""

    state: State
    behind: Mapping[str, date | None]  # who moved on without it, and when; None: not committed yet
    agreed: Agreement | None  # the newest that it had a part in


Left = Callable[[str, str], date | None]


def standings(entry: Entry, texts: Mapping[str, str | None], left: Left) -> dict[str, Standing]:
    """Derive each language's standing from the hashes of its texts now (None where it has none).

    `left` gives the day on which a language's text stopped being the one of a hash.
    """
    behind = {code: dict(_moved_on(entry, texts, code, left)) for code in texts}
    return {
        code: Standing(_state(entry, texts, code, behind), behind[code], entry.last(code))
        for code in texts
    }


def _moved_on(
    entry: Entry, texts: Mapping[str, str | None], code: str, left: Left
) -> Iterator[tuple[str, date | None]]:
    last = entry.last(code)
    for other, text in texts.items():
        if last is None or texts[code] is None or text is None or other == code:
            continue
        if other in last.hashes:
            if text != last.hashes[other]:
                yield other, left(other, last.hashes[other])
        elif (theirs := entry.last(other)) and _is_newer(entry, theirs, last):
            yield other, theirs.day


def _is_newer(entry: Entry, one: Agreement, other: Agreement) -> bool:
    return entry.agreements.index(one) < entry.agreements.index(other)


def _state(
    entry: Entry, texts: Mapping[str, str | None], code: str, behind: Mapping[str, Sized]
) -> State:
    last = entry.last(code)
    others = [other for other in texts if other != code and texts[other] is not None]
    if texts[code] is None:
        return State.MISSING
    if last is None:
        return State.NEW if others else State.IN_SYNC
    if texts[code] == last.hashes[code]:
        return State.BEHIND if behind[code] else State.IN_SYNC
    if behind[code]:
        return State.BOTH_MOVED
    return State.AHEAD if others else State.IN_SYNC


@dataclass
class Ledger:
    """All entries by their keys, and what is wrong with the file."""

    root: Path
    entries: dict[str, Entry] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @classmethod
    def read(cls, root: Path) -> "Ledger":
        ledger = cls(root)
        file = root / LOCK
        text = file.read_text("utf-8-sig", errors="replace") if file.exists() else ""
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip() and not line.startswith("#"):
                ledger._read_line(line.strip(), number)
        return ledger

    def write(self) -> None:
        """Write the file anew, sorted; a file with something wrong is left as it is."""
        assert not self.findings
        lines = [f"{self.entries[key]}\n" for key in sorted(self.entries)]
        files.replace(self.root / LOCK, "\n".join([_HEAD, *lines]))

    def _read_line(self, line: str, number: int) -> None:
        read = _LINE.fullmatch(line)
        if _CONFLICT.match(line):
            self._wrong(number, "git left a conflict here; keep one of the two lines for a section")
        elif read is None:
            self._wrong(number, "this line is damaged; take it out or restore it with git")
        elif read["check"] != _check(line.rsplit(" ~", 1)[0]):
            self._wrong(number, "this line was changed by hand; take it out or restore it with git")
        elif f"{read['page']}#{read['id']}" in self.entries:
            self._wrong(number, f"{read['page']}#{read['id']} stands twice; take one line out")
        else:
            try:
                agreements = tuple(_agreements(read["agreements"]))
            except ValueError:  # no such day, or a reason that is no JSON
                self._wrong(number, "this line is damaged; take it out or restore it with git")
                return
            entry = Entry(read["page"], read["id"], agreements)
            self.entries[entry.key] = entry

    def _wrong(self, number: int, message: str) -> None:
        advice = "and compare the languages again: python -m tools.translations sync PAGE#ID"
        self.findings.append(Finding(LOCK.as_posix(), number, f"{message}, {advice}"))


def _agreements(text: str) -> Iterator[Agreement]:
    for found in re.finditer(_AGREEMENT, text):
        words, quote, rest = found[0].partition(' "')
        day, *hashes = words.split()
        reason = json.loads(f'"{rest}') if quote else None
        pairs = (pair.rsplit(":", 1) for pair in hashes)
        yield Agreement(date.fromisoformat(day), dict(pairs), reason)


def _check(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:4]
