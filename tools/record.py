"""Writes what each snippet prints into NAME.out beside it.

Run with the oldest PyTorch that the snippets work with, it writes what that one prints otherwise
into oldest/NAME.out.
"""

import re
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path

from tools import errors, files, sandbox, versions
from tools.forkserver import ForkServer

_IMPORTS_TORCH = re.compile(r"^(import|from) torch\b", re.MULTILINE)
_AFTER_TORCH, _BARE = ForkServer("import torch"), ForkServer("")


def run(snippet: Path, *readable: Path) -> subprocess.CompletedProcess[str]:
    """Run a snippet as a reader would: a fresh interpreter, an empty folder, no help from here.

    It fails if it reaches for the network or for files elsewhere; `readable` are folders that it
    may read nevertheless.
    """
    # What torch imports on its way is there for a snippet that imports torch, and for no other.
    imports_torch = _IMPORTS_TORCH.search(files.read(snippet))
    server = _AFTER_TORCH if imports_torch else _BARE
    with tempfile.TemporaryDirectory() as folder:
        arguments = ["-I", sandbox.__file__, str(snippet.resolve()), *map(str, readable)]
        return server.run(arguments, Path(folder))


def record(snippet: Path, oldest: bool = False) -> str:
    """Record one snippet's output and say in a word what became of it; raises RuntimeError."""
    ran = run(snippet)
    if ran.returncode:
        raise RuntimeError(
            f"{snippet}: it fails, so its output was left as it was; mend it:\n{ran.stderr}"
        )
    out, usual = snippet.with_suffix(".out"), None
    if oldest:
        usual = out.read_text("utf-8")
        out = snippet.parent / "oldest" / out.name
    before = out.read_text("utf-8") if out.exists() else usual
    if ran.stdout == before:
        return "unchanged"
    if ran.stdout == usual:
        out.unlink()
    else:
        out.parent.mkdir(exist_ok=True)
        files.replace(out, ran.stdout)
    return "new" if before is None else "CHANGED: read the pages that show it"


def main() -> int:
    """Record every snippet in ./snippets; exit status 1 if one fails, the others recorded."""
    pinned, oldest = (versions.pins(Path(f))["torch"] for f in (versions.PINNED, versions.OLDEST))
    running = metadata.version("torch").partition("+")[0]
    if running not in (pinned, oldest):
        print(f"This is torch {running}; outputs are recorded with torch {pinned}, "
              f"and with {oldest} by make oldest.", file=sys.stderr)  # fmt: skip
        return 1
    failed = 0
    for snippet in sorted(Path("snippets").glob("*.py")):
        try:
            print(f"{snippet}: {record(snippet, oldest=running == oldest)}")
        except (RuntimeError, errors.UserError) as error:
            print(error, file=sys.stderr)
            failed = 1
    return failed


if __name__ == "__main__":
    errors.run(main)
