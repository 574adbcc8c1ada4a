"""Reads text files, or says what is wrong with one, and writes them whole or not at all."""

import json
import os
import re
from pathlib import Path
from typing import Any

from tools.project.errors import UserError

EXPERIMENTS = Path("experiments")  # with their records beside them

_CONFLICT = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)


def read(path: Path) -> str:
    """Read a text file; raises UserError where it is not in UTF-8, or not merged."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UserError("this file is not in UTF-8; save it as UTF-8", path, line) from None
    if conflict := _CONFLICT.search(text):
        message = "git left a conflict here; keep what belongs and take its three marks out"
        raise UserError(message, path, text.count("\n", 0, conflict.start()) + 1)
    return text


def read_record(path: Path) -> dict[str, Any]:
    """Read the record of an experiment; raises UserError where it is damaged."""
    advice = "restore it with git, or run its script again"
    try:
        record = json.loads(read(path))
    except json.JSONDecodeError as error:
        message = f"this record is damaged: {error.msg}; {advice}"
        raise UserError(message, path, error.lineno) from None
    if not isinstance(record, dict) or not isinstance(record.get("seconds"), int | float):
        raise UserError(f"this record does not say how many seconds it took; {advice}", path, 1)
    if not isinstance(record.get("rows"), list):
        raise UserError(f"this record has no rows; {advice}", path, 1)
    return record


def record_file(root: Path, name: str) -> Path:
    """Give the place of an experiment's record: beside its script, or with those under the rule."""
    beside = root / EXPERIMENTS / f"{name}.json"
    return beside if beside.exists() else beside.parent / "records" / beside.name


def names_under_rule(root: Path) -> frozenset[str]:
    """Give the experiments whose records are under the rule."""
    return frozenset(file.stem for file in (root / EXPERIMENTS / "records").glob("*.json"))


def replace(path: Path, content: str | bytes) -> None:
    """Give a file new content; whoever reads it meanwhile sees the old or the new, never a part."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        partial.write_bytes(content.encode() if isinstance(content, str) else content)
        os.replace(partial, path)
    finally:  # where the disk is full, what was begun would stay
        partial.unlink(missing_ok=True)
