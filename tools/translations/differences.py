"""Shows what changed in a section since its languages were last declared to say the same."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from tools.translations.ledger import State
from tools.translations.overview import DEFINITIONS, Overview, Row

_SIGN = r"[\u2e80-\u9fff\uac00-\ud7af]"  # a Chinese sign counts as a word
_TOKEN = re.compile(rf"{_SIGN}|(?:(?!{_SIGN})\w)+|\s+|.", re.DOTALL)


def differences(overview: Overview, row: Row) -> Iterator[str]:
    """Show each change word by word, or both texts where the old one can't be had."""
    then = {
        (other, standing.agreed.hashes.get(other), standing.agreed.day)
        for standing in row.standings.values()
        for other in standing.behind
        if standing.agreed
    }
    for code, text_hash, day in sorted(then, key=str):
        section = row.sections[code]
        yield f"{row.key} in {code}, changed since {day}, when it was declared the same:"
        old = text_hash and overview.committed(row, code, text_hash)
        if old:
            yield word_diff(_plain(old.lines), _plain(section.lines))
        else:
            yield f"({_why_not(overview, row)} The text as it is now:)\n{_plain(section.lines)}"
        yield ""
    for code, standing in row.standings.items():
        if code in row.sections and row.sections[code].untranslated:
            yield f"{row.key} is only laid out in {code}: write over it"
        elif standing.state is State.MISSING:
            yield f"{row.key} is not written in {code}: new {row.key} --lang {code} lays it out"
        elif standing.state in (State.BEHIND, State.NEW):
            yield f"{row.key} in {code} as it is now:\n{_plain(row.sections[code].lines)}\n"


def _why_not(overview: Overview, row: Row) -> str:
    if row.page == DEFINITIONS:
        return f"git log -p docs/{DEFINITIONS} shows what it said that day."
    if overview.history.is_shallow:
        return "This clone holds a part of the history only; git fetch --unshallow gets the rest."
    return "The text of that day is not in git's history."


def _plain(lines: list[str]) -> str:
    return "\n".join(lines).strip()


def word_diff(old: str, new: str) -> str:
    """Write the new text with [-what went-] and {+what came+}."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    out = []
    for kind, i, j, k, m in SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes():
        if kind == "equal":
            out += a[i:j]
        else:
            out += [f"[-{''.join(a[i:j])}-]"] * (j > i) + [f"{{+{''.join(b[k:m])}+}}"] * (m > k)
    return "".join(out)
