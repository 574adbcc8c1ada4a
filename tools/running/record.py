"""Writes what each snippet, or each of those named, prints into NAME.out beside it.

A name is a snippet's, such as gru_step, or that of a page's folder, such as gates/gru. Run with the
oldest PyTorch that the snippets work with, it writes what that one prints otherwise into
NAME.oldest.out.
"""

import math
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import metadata
from pathlib import Path, PurePosixPath

import click

from tools.project import errors, files
from tools.project.errors import UserError
from tools.running import sandbox, versions
from tools.running.forkserver import ForkServer
from tools.sources import texts

_IMPORTS_TORCH = re.compile(r"^(import|from) torch\b", re.MULTILINE)
ROOT = Path(__file__).parents[2]
RECIPES, RECIPE_LIMIT = "recipes", 800  # seconds; a whole script trains a net for up to a minute
_COUNTED = re.compile(r".*\d.*")  # a line
_DECIMAL = re.compile(r"\d+\.\d+")
_AFTER_TORCH, _BARE = ForkServer("import torch"), ForkServer("")


def run(snippet: Path, limit: float | None = None) -> subprocess.CompletedProcess[str]:
    """Run a snippet as a reader would: in a fresh interpreter and an empty folder.

    It fails if it reaches for the network or for files elsewhere; `limit` is in seconds.
    """
    # What torch imports on its way is there for a snippet that imports torch, and for no other.
    code = files.read(snippet)
    server = _AFTER_TORCH if _IMPORTS_TORCH.search(code) else _BARE
    with tempfile.TemporaryDirectory() as folder:
        texts.give(ROOT, code, Path(folder))
        arguments = ["-I", sandbox.__file__, str(snippet.resolve())]
        return server.run(arguments, Path(folder), limit=limit)


def record_output(snippet: Path, oldest: bool = False) -> str:
    """Record one snippet's output and say in a word what became of it; raises RuntimeError."""
    is_recipe = snippet.parent.name == RECIPES
    ran = run(snippet, limit=RECIPE_LIMIT if is_recipe else None)
    if ran.returncode:
        raise RuntimeError(
            f"{snippet}: it fails, so its output was left as it was; mend it:\n{ran.stderr}"
        )
    out, usual = snippet.with_suffix(".out"), None
    if oldest:
        usual = out.read_text("utf-8")
        out = snippet.with_suffix(".oldest.out")
    before = out.read_text("utf-8") if out.exists() else usual
    if ran.stdout == before or (oldest and is_recipe and before and near(ran.stdout, before)):
        return "unchanged"
    if ran.stdout == usual:
        out.unlink()
    else:
        files.replace(out, ran.stdout)
    return "new" if before is None else "CHANGED: read the pages that show it"


def near(one: str, other: str) -> bool:
    """Tell whether outputs say the same, but for decimals within a tenth of one another.

    So far a net that a recipe trains may end elsewhere, on another processor or by another PyTorch.
    What stands before an empty line was drawn from such a net, and may be anything, as may an
    answer in words, which is a line without a digit.
    """
    one, other = ("\n".join(_COUNTED.findall(text.rpartition("\n\n")[2])) for text in (one, other))
    pairs = zip(_DECIMAL.findall(one), _DECIMAL.findall(other), strict=False)
    return _DECIMAL.sub("#", one) == _DECIMAL.sub("#", other) and all(
        math.isclose(float(a), float(b), rel_tol=0.1) for a, b in pairs
    )


def named(names: Sequence[str], folder: Path) -> list[Path]:
    """Find the snippets of these names and these pages; all of them without a name."""
    every = sorted(folder.rglob("*.py"))
    if not every:
        raise UserError(
            f"there is no snippet in {folder.resolve()}; run this in the project's folder"
        )
    chosen = [found for name in names for found in _meant(name, every, folder)]
    return list(dict.fromkeys(chosen)) if names else every


def _meant(name: str, every: list[Path], folder: Path) -> list[Path]:
    """Find the snippets that a name or a page's folder means, however it is spelled."""
    wanted = PurePosixPath(name.removeprefix(f"{folder.as_posix()}/")).with_suffix("").parts
    paths = {file: file.relative_to(folder).with_suffix("").parts for file in every}
    page = [file for file, parts in paths.items() if parts[: len(wanted)] == wanted]
    found = page or [file for file, parts in paths.items() if parts[-len(wanted) :] == wanted]
    if not found:
        known = {"/".join(p) for parts in paths.values() for p in (parts, parts[:-1], parts[-1:])}
        near = get_close_matches("/".join(wanted), sorted(known), n=1, cutoff=0)[0]
        raise UserError(f"there is no snippet {name}. Did you mean {near}?")
    if len(found) > 1 and found is not page:
        which = ", ".join("/".join(paths[file]) for file in found)
        raise UserError(f"there are {len(found)} snippets {name}: write one of {which}")
    return found


@click.command(help=__doc__)
@click.argument("names", metavar="[NAME]...", nargs=-1)
def main(names: tuple[str, ...]) -> int:
    """Record snippets in ./snippets; exit status 1 if one fails, the others recorded."""
    snippets = named(names, Path("snippets"))
    pinned, oldest = (versions.pins(Path(f))["torch"] for f in (versions.PINNED, versions.OLDEST))
    running = metadata.version("torch").partition("+")[0]
    if running not in (pinned, oldest):
        print(f"This is torch {running}; outputs are recorded with torch {pinned}, "
              f"and with {oldest} by make oldest.", file=sys.stderr)  # fmt: skip
        return 1
    failed = 0
    for snippet in snippets:
        try:
            print(f"{snippet}: {record_output(snippet, oldest=running == oldest)}", flush=True)
        except (RuntimeError, UserError) as error:
            print(error, file=sys.stderr)
            failed = 1
    return failed


if __name__ == "__main__":
    errors.run(main)
