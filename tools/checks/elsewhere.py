"""Compares the notebooks that are published for Colab and its like with those of a built site.

They are read from a folder, or from where NOTEBOOKS_URL says, by git.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tools.project import errors, published
from tools.project.errors import UserError
from tools.project.published import Published


def differences(built: Path, folder: Path) -> Iterator[str]:
    """Find each notebook that is missing in the published folder, differs, or is too many."""
    ours, theirs = (
        {_name(file, each): file for file in each.rglob("*.ipynb")} for each in (built, folder)
    )
    if not ours:
        raise UserError("this folder holds no notebook; run make build first", built)
    for name in sorted(ours.keys() | theirs.keys()):
        if name not in theirs:
            yield f"{name} is not published"
        elif name not in ours:
            yield f"{name} is published, and the site has none such; take it away"
        elif ours[name].read_bytes() != theirs[name].read_bytes():
            yield f"{name} is published, but another one; publish it anew"


def _name(file: Path, folder: Path) -> str:
    return file.relative_to(folder).as_posix()


def fetch(where: Published, folder: Path) -> Path:
    """Get the branch into a folder, and give the folder of the notebooks; raises UserError."""
    git = ["git", "clone", "--quiet", "--depth", "1", "--branch", where.branch, where.url]
    if subprocess.run([*git, str(folder)]).returncode:
        raise UserError(f"the branch '{where.branch}' of {where.url} cannot be read; see above")
    return folder / where.folder


@click.command(help=__doc__)
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument(
    "folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
def main(site: Path, folder: Path | None) -> int:
    """Compare the notebooks of SITE with those in FOLDER; exit status 1 if any differs."""
    with TemporaryDirectory() as temporary:
        if folder is None:
            where = published.read()
            if where is None:
                raise UserError(
                    f"name the folder of the published notebooks, or set {published.VARIABLE}"
                )
            folder = fetch(where, Path(temporary) / "clone")
        found = list(differences(site, folder))
    print(*found, sep="\n", file=sys.stderr, end="\n" if found else "")
    print(f"{len(found)} differ" if found else "Every notebook is published as it was built.")
    return 1 if found else 0


if __name__ == "__main__":
    errors.run(main)
