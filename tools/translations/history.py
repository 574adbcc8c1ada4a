"""Finds in git's history the text that had a hash, and the day on which it was replaced."""

import subprocess
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from io import BytesIO
from pathlib import Path

from tools.project import git
from tools.sources import pages
from tools.sources.sections import Section, sections

_COMMIT = "commit "


@dataclass(frozen=True)
class Version:
    """One committed text of a file."""

    day: date
    blob: str


class History:
    """The committed texts of the pages; empty where there is no git or no repository."""

    def __init__(self, root: Path):
        self.root = root
        self._texts: dict[str, list[str]] = {}
        self._sections: dict[str, dict[str, Section]] = {}

    @cached_property
    def is_shallow(self) -> bool:
        """Whether the clone holds only the newest part of the history."""
        return git.is_shallow(self.root)

    def section(self, files: list[str], section_id: str, text_hash: str) -> Section | None:
        """Find the section of that hash in each file's versions, the newest first."""
        for _, found in self._found(files, section_id):
            if found and found.hash == text_hash:
                return found
        return None

    def moved_on(self, files: list[str], section_id: str, text_hash: str) -> date | None:
        """Find the day on which a section's committed text stopped being the one of that hash."""
        newer = None
        for day, found in self._found(files, section_id):
            if found and found.hash == text_hash:
                return newer
            newer = day
        return None

    def changed(self, files: list[str]) -> date | None:
        """Find the day on which the newest commit changed one of these; None where none is known.

        The newest commit of a shallow clone seems to have changed every file.
        """
        days = [version.day for file in files for version in self._versions[file][:1]]
        return None if self.is_shallow else max(days, default=None)

    def keys_of(self, file: str) -> set[str]:
        """Collect the first words of all lines that any committed version of a file had."""
        return {line.partition(" ")[0] for text in self._read(file) for line in text.splitlines()}

    def _found(self, files: list[str], section_id: str) -> Iterator[tuple[date, Section | None]]:
        """Give each version's day and its section of that id, the newest first in each file."""
        for file in files:
            for version, text in zip(self._versions[file], self._read(file), strict=True):
                if version.blob not in self._sections:
                    self._sections[version.blob] = sections(pages.parse(text, Path(file)))
                yield version.day, self._sections[version.blob].get(section_id)

    @cached_property
    def _versions(self) -> dict[str, list[Version]]:
        """Each file's versions, the newest first; a merge counts by what it changed."""
        log = git.output(
            self.root, "-c", "core.quotepath=off", "log", f"--format={_COMMIT}%cs", "--raw",
            "--no-abbrev", "--no-renames", "--diff-merges=first-parent", "--relative", "--", "docs",
        )  # fmt: skip
        versions: dict[str, list[Version]] = defaultdict(list)
        day = date.min  # until the first commit says its own
        for line in log.splitlines():
            if line.startswith(_COMMIT):
                day = date.fromisoformat(line.removeprefix(_COMMIT))
            elif line.startswith(":"):
                what, file = line.split("\t", 1)
                blob = what.split()[3]
                if set(blob) != {"0"}:  # not a deletion
                    versions[file].append(Version(day, blob))
        return versions

    def _read(self, file: str) -> list[str]:
        """Read the text of each version of a file, all by one call of git."""
        if file not in self._texts:
            blobs = [version.blob for version in self._versions[file]]
            self._texts[file] = list(_blobs(self.root, blobs)) if blobs else []
        return self._texts[file]


def _blobs(root: Path, names: list[str]) -> Iterator[str]:
    ran = subprocess.run(
        ["git", "-C", str(root), "cat-file", "--batch"],
        input="".join(f"{name}\n" for name in names).encode(), capture_output=True, check=True,
    )  # fmt: skip
    stream = BytesIO(ran.stdout)
    for _ in names:
        size = int(stream.readline().split()[2])  # its line is: name, type, size
        text = stream.read(size + 1)[:size].decode("utf-8-sig", errors="replace")
        yield text.replace("\r\n", "\n")
