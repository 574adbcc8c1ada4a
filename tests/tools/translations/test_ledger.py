"""The ledger's file: sorted, mergeable, and never rewritten where something is wrong with it."""

import hashlib
from datetime import date

import pytest

from tools.translations.ledger import LOCK, Agreement, Entry, Ledger, State, standings

DAY, LATER = date(2026, 11, 1), date(2026, 11, 2)


def texts(**numbers: int | None) -> dict[str, str | None]:
    """A hash for each language from a number, so that equal numbers are equal texts."""
    return {code: None if n is None else f"{n:010x}" for code, n in numbers.items()}


def states(entry: Entry, **now: int | None) -> dict[str, str]:
    found = standings(entry, texts(**now), lambda code, text_hash: None)
    return {code: str(standing.state) for code, standing in found.items()}


TWO = Entry("a.md", "x", (Agreement(DAY, texts(en=1, zh=1)),))
THREE = Entry("a.md", "x", (Agreement(DAY, texts(en=1, zh=1, ja=1)),))
JA_LEFT_OUT = THREE.agreed(Agreement(LATER, texts(en=2, zh=2)))


@pytest.mark.parametrize(
    "entry, now, expected",
    [
        (TWO, {"en": 1, "zh": 1}, {"en": "in sync", "zh": "in sync"}),
        (TWO, {"en": 2, "zh": 1}, {"en": "ahead", "zh": "behind"}),
        (TWO, {"en": 1, "zh": 2}, {"en": "behind", "zh": "ahead"}),
        (TWO, {"en": 2, "zh": 2}, {"en": "both moved", "zh": "both moved"}),
        (TWO, {"en": 1, "zh": None}, {"en": "in sync", "zh": "missing"}),
        (TWO, {"en": 2, "zh": None}, {"en": "in sync", "zh": "missing"}),
        (Entry("a.md", "x"), {"en": 1, "zh": 1}, {"en": "never compared", "zh": "never compared"}),
        (Entry("a.md", "x"), {"en": 1, "zh": None}, {"en": "in sync", "zh": "missing"}),
        (THREE, {"en": 2, "zh": 1, "ja": 1}, {"en": "ahead", "zh": "behind", "ja": "behind"}),
        (THREE, {"en": 2, "zh": 2, "ja": 1},
         {"en": "both moved", "zh": "both moved", "ja": "behind"}),
        (JA_LEFT_OUT, {"en": 2, "zh": 2, "ja": 1},
         {"en": "in sync", "zh": "in sync", "ja": "behind"}),
        (JA_LEFT_OUT, {"en": 2, "zh": 2, "ja": 5},
         {"en": "in sync", "zh": "in sync", "ja": "both moved"}),
        (JA_LEFT_OUT, {"en": 3, "zh": 2, "ja": 1},
         {"en": "ahead", "zh": "behind", "ja": "behind"}),
        (TWO, {"en": 1, "zh": 1, "ja": 7},
         {"en": "in sync", "zh": "in sync", "ja": "never compared"}),
    ],
)  # fmt: skip
def test_how_each_language_stands(entry, now, expected):
    assert states(entry, **now) == expected


def test_who_is_behind_whom_and_since_when():
    first, second = texts(en=1)["en"], texts(en=2)["en"]
    found = standings(
        JA_LEFT_OUT, texts(en=3, zh=2, ja=1),
        lambda code, text_hash: {first: DAY, second: LATER}[text_hash] if code == "en" else None,
    )  # fmt: skip
    assert found["zh"].behind == {"en": LATER}
    assert found["ja"].behind == {"en": DAY, "zh": None}
    assert found["ja"].agreed == THREE.agreements[0]
    assert found["en"].state is State.AHEAD


def test_who_never_met_is_behind_since_the_newer_agreement():
    entry = TWO.agreed(Agreement(LATER, texts(en=1, ja=1)))
    assert (
        standings(entry, texts(en=1, zh=1, ja=1), lambda code, text_hash: None)["zh"].behind == {}
    )
    entry = TWO.agreed(Agreement(LATER, texts(en=2, ja=1)))
    found = standings(entry, texts(en=2, zh=1, ja=1), lambda code, text_hash: DAY)
    assert found["zh"].behind == {"en": DAY, "ja": LATER}


def test_an_older_agreement_stays_as_long_as_a_language_needs_it():
    assert len(JA_LEFT_OUT.agreements) == 2
    assert len(JA_LEFT_OUT.agreed(Agreement(LATER, texts(en=3, ja=3))).agreements) == 2
    assert len(JA_LEFT_OUT.agreed(Agreement(LATER, texts(en=3, zh=3, ja=3))).agreements) == 1


def test_a_language_that_follows_later_joins_the_agreement():
    first = Entry("a.md", "x", (Agreement(DAY, texts(en=1, zh=1)),))
    joined = first.agreed(Agreement(LATER, texts(en=1, ja=1)))
    assert joined.agreements == (Agreement(LATER, texts(en=1, ja=1, zh=1)),)
    assert states(joined, en=1, zh=1, ja=2) == {"en": "behind", "zh": "behind", "ja": "ahead"}


def test_declaring_again_for_two_of_three_changes_nothing_for_the_third():
    again = THREE.agreed(Agreement(LATER, texts(en=1, zh=1)))
    assert states(again, en=1, zh=1, ja=2) == {"en": "behind", "zh": "behind", "ja": "ahead"}


def ledger_of(root, *entries: Entry) -> Ledger:
    (root / "docs").mkdir(exist_ok=True)
    ledger = Ledger(root, {entry.key: entry for entry in entries})
    ledger.write()
    return ledger


REASON = Agreement(DAY, texts(en=1, zh=2), 'a "b" \\ c\n\u2028 2026-11-01 en:0000000001')


def test_what_was_written_is_read_again(tmp_path):
    entry = Entry("gates/my gru.md", "reset-gate", (REASON, *THREE.agreements))
    ledger_of(tmp_path, entry, TWO)
    read = Ledger.read(tmp_path)
    assert read.findings == []
    assert read.entries == {entry.key: entry, TWO.key: TWO}


def test_one_sorted_line_for_each_section(tmp_path):
    ledger_of(tmp_path, Entry("b.md", "x", (REASON,)), TWO, Entry("a.md", "b", (REASON,)))
    lines = (tmp_path / LOCK).read_text("utf-8").split("\n")
    keys = [line.split()[0] for line in lines if line and not line.startswith("#")]
    assert keys == ["a.md#b", "a.md#x", "b.md#x"]


def test_no_ledger_is_an_empty_one(tmp_path):
    assert Ledger.read(tmp_path).entries == {}


def checked(line: str, old: str, new: str) -> str:
    """A line that was changed by somebody who knows how its check is made."""
    text = line.replace(old, new).rpartition(" ~")[0]
    return f"{text} ~{hashlib.sha256(text.encode()).hexdigest()[:4]}"


@pytest.mark.parametrize(
    "damage, message",
    [
        (lambda line: line[:-8], "this line is damaged"),
        (lambda line: "?" + line.replace("#", " "), "this line is damaged"),
        (lambda line: line.replace("en:0000000001", "en:0000000009"), "changed by hand"),
        (lambda line: line.replace("2026-11-01", "2026-11-09"), "changed by hand"),
        (lambda line: line.replace("a.md", "b.md"), "changed by hand"),
        (lambda line: checked(line, "2026-11-01", "2026-13-01"), "this line is damaged"),
        (lambda line: checked(line, " ~", ' "a\\x" ~'), "this line is damaged"),
        (lambda line: f"{line}\n{line}", "a.md#x stands twice"),
        (lambda line: f"<<<<<<< HEAD\n{line}", "git left a conflict here"),
    ],
)
def test_a_damaged_line_is_named_and_nothing_is_rewritten(project, damage, message):
    project.sync()
    lines = project.read(LOCK.as_posix()).splitlines()
    ledger_of(project.folder, TWO)
    line = project.read(LOCK.as_posix()).splitlines()[-1]
    damaged = "\n".join([*lines, "", damage(line), ""])
    project.write(LOCK.as_posix(), damaged)
    (finding,) = Ledger.read(project.folder).findings
    assert message in finding.message
    assert damaged.splitlines()[finding.line - 1] in damage(line).splitlines()
    where = f"docs/translations.lock:{finding.line}: "
    assert where in project.translations("status").stderr
    for command in (["check"], ["sync", "gates/gru.md"], ["sync", "gates/gru.md#gru"]):
        ran = project.translations(*command)
        assert ran.returncode == 1
        assert where in ran.stderr
        assert project.read(LOCK.as_posix()) == damaged
