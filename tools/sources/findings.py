"""What a check gives: something wrong in a file, where, and what to do about it."""

from dataclasses import dataclass
from enum import IntEnum

from tools.project.errors import UserError


class Level(IntEnum):
    """How much a finding stops."""

    NOTE = 1  # nothing; a reader of the check decides
    BLOCKS_SYNC = 2  # declaring that the languages say the same, not the build
    ERROR = 3  # the build


@dataclass(frozen=True)
class Finding:
    """Something wrong on a page, and what to do about it."""

    file: str
    line: int
    message: str
    level: Level = Level.ERROR

    @classmethod
    def of(cls, error: UserError) -> "Finding":
        return cls(error.file or "", error.line or 1, error.reason)

    def __str__(self) -> str:
        note = "note: " if self.level is Level.NOTE else ""
        return f"{self.file}:{self.line}: {note}{self.message}"
