"""Finds in git's history the text that a hash stands for, and when it was left."""

import subprocess
import weakref
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
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
        self._read: dict[str, dict[str, Section]] = {}

    @cached_property
    def is_shallow(self) -> bool:
        """Whether the clone holds only the newest part of the history."""
        return git.output(self.root, "rev-parse", "--is-shallow-repository").strip() == "true"

    def section(self, files: list[str], id: str, hash: str) -> Section | None:
        """The section of that hash, looked for in each file's versions, the newest first."""
        for file in files:
            for version in self._versions[file]:
                found = self._sections(file, version.blob).get(id)
                if found and found.hash == hash:
                    return found
        return None

    def moved_on(self, files: list[str], id: str, hash: str) -> date | None:
        """The day on which a section's committed text stopped being the one of that hash."""
        newer = None
        for file in files:
            for version in self._versions[file]:
                found = self._sections(file, version.blob).get(id)
                if found and found.hash == hash:
                    return newer
                newer = version.day
        return None

    def keys_of(self, file: str) -> set[str]:
        """The first words of all lines that any committed version of a file had."""
        texts = (self._text(version.blob) for version in self._versions[file])
        return {line.partition(" ")[0] for text in texts for line in text.splitlines()}

    @cached_property
    def _versions(self) -> dict[str, list[Version]]:
        """Each file's versions, the newest first; a merge counts for what it gave the branch."""
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

    def _sections(self, file: str, blob: str) -> dict[str, Section]:
        if blob not in self._read:
            self._read[blob] = sections(pages.parse(self._text(blob), Path(file)))
        return self._read[blob]

    def _text(self, blob: str) -> str:
        """A blob's text, from one process for all of them."""
        asked, told = self._blobs.stdin, self._blobs.stdout
        assert asked and told  # both are pipes
        asked.write(f"{blob}\n".encode())
        asked.flush()
        size = int(told.readline().split()[2])
        text: str = told.read(size + 1)[:size].decode("utf-8-sig", errors="replace")
        return text.replace("\r\n", "\n")

    @cached_property
    def _blobs(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            ["git", "-C", str(self.root), "cat-file", "--batch"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        weakref.finalize(self, process.communicate)  # closes its input, at which it ends
        return process
