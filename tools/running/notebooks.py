"""Runs a notebook's code once for all languages, and again when what it rests on changed."""

import ast
import hashlib
import os
import re
from contextlib import suppress
from copy import deepcopy
from functools import lru_cache
from html import unescape
from importlib import metadata
from pathlib import Path
from typing import Any

import jupytext
import mkdocs_jupyter.config
import nbformat
from filelock import FileLock
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert.preprocessors import CoalesceStreamsPreprocessor, ExecutePreprocessor
from nbformat import NotebookNode

from tools.project import cache, files
from tools.project.errors import UserError
from tools.project.files import EXPERIMENTS
from tools.running import versions
from tools.sources import pages
from tools.sources.pages import PLOT

_LINE = re.compile(r"Cell In\s*\[\d+\], line (\d+)")
_PUBLISHED = re.compile(rf"!\[.*\]\({PLOT}(?P<name>\w+)\)", re.DOTALL)
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


class CellError(Exception):
    """A code cell that cannot be shown: its number among the code cells and the line within it."""

    def __init__(self, reason: str, cell: int, line: int = 1):
        super().__init__(reason)
        self.cell, self.line = cell, line

    def on_page(self, file: Path) -> UserError:
        """The same as a person is told it, with the line of the page."""
        cells = [fence for fence in pages.read(file).fences if fence.cell]
        line = cells[self.cell].line + self.line
        return UserError(f"{self}. Mend the cell and build again.", file, line)


class CachedExecute(ExecutePreprocessor):
    """nbconvert's execution with a cache that every language shares.

    The cache's key is the code alone, so two notebooks that differ in their text run once.
    """

    root = Path(".")  # the project's folder

    def preprocess(
        self, nb: NotebookNode, resources: Any = None, km: Any = None
    ) -> tuple[NotebookNode, Any]:
        """Fill in the outputs of `nb`; raises CellError for a cell that raises."""
        code = [cell for cell in nb.cells if cell.cell_type == "code"]
        folder = cache_folder(self.root)
        folder.mkdir(exist_ok=True)
        stored = folder / f"{key([cell.source for cell in code], self.root)}.ipynb"
        with FileLock(stored.with_suffix(".lock")):  # of two builds at once the second waits
            if stored.exists():
                for cell, run in zip(code, nbformat.read(stored, as_version=4).cells, strict=True):
                    cell.outputs = run.outputs
                self._publish_plots(code)
            else:
                # Two kernels that start at once may be given the same ports.
                with FileLock(folder / "kernel.lock"):
                    self._execute(nb, code, resources, km)
                run = nbformat.v4.new_notebook(cells=deepcopy(code))
                self._publish_plots(code)
                # Only now, since what cannot be shown is not kept.
                files.replace(stored, nbformat.writes(run))
        return nb, resources

    def _execute(self, nb: NotebookNode, code: list[NotebookNode], resources: Any, km: Any) -> None:
        try:
            super().preprocess(nb, resources, km)
        except CellExecutionError as error:
            failed = next(n for n, cell in enumerate(code) if _has_error(cell))
            lines = _LINE.findall(_ANSI.sub("", error.traceback)) or ["1"]
            reason = f"this cell raises {error.ename}: {error.evalue}"
            raise CellError(reason, failed, int(lines[0])) from None
        except (CellTimeoutError, DeadKernelError, RuntimeError) as error:
            begun = [number for number, cell in enumerate(code) if cell.execution_count]
            reason = f"this cell, or the one after it, did not end: {str(error).splitlines()[0]}"
            raise CellError(reason, max(begun, default=0)) from None

    def _publish_plots(self, code: list[NotebookNode]) -> None:
        """Put each plot into a file and its place on the page into the cell's output."""
        folder = cache_folder(self.root)
        for number, cell in enumerate(code):
            for output in cell.outputs:
                data = output.get("data", {})
                if "image/png" in data:
                    raise CellError("this cell's plot is no SVG; show it with matplotlib", number)
                if "image/svg+xml" not in data:
                    continue
                if not cell.metadata.get("alt"):
                    reason = 'this cell shows a plot; say what it shows: # %% alt="..."'
                    raise CellError(reason, number, 0)
                svg = data["image/svg+xml"]
                if "<use" in svg and "<text" not in svg:
                    reason = "this plot's words are drawn as shapes, which no language can replace"
                    raise CellError(f"{reason}; import plots before you draw", number)
                name = hashlib.sha256(svg.encode()).hexdigest()[:32]
                files.replace(folder / f"{name}.svg", svg)
                image = f"![{cell.metadata.alt}]({PLOT}{name})"
                output.data = NotebookNode({"text/markdown": image})


def prepare(root: Path) -> None:
    """Let mkdocs-jupyter use this project's templates, execution and experiments."""
    CachedExecute.root = root
    mkdocs_jupyter.config.settings.templates_dir = str(root / "tools" / "jupyter")
    os.environ["JUPYTER_CONFIG_PATH"] = str(root / "tools" / "jupyter")
    os.environ["PYTHONPATH"] = str(root / EXPERIMENTS)


def markdown(content: str) -> str:
    """What mkdocs-jupyter made of a notebook as Markdown, which it escapes as if it were HTML."""
    return unescape(content)


def executed(file: Path, root: Path) -> list[NotebookNode]:
    """Give the code cells of a built page with their outputs, plots as they were drawn.

    A build that runs nothing has no outputs.
    """
    cells = [cell for cell in jupytext.read(file).cells if cell.cell_type == "code"]
    folder = cache_folder(root)
    ran = folder / f"{key([cell.source for cell in cells], root)}.ipynb"
    if not ran.exists():
        return cells
    stored = nbformat.read(ran, as_version=4)
    # What a cell prints comes in as many parts as its time took.
    stored, _ = CoalesceStreamsPreprocessor().preprocess(stored, {})
    for cell in stored.cells:
        for output in cell.outputs:
            if plot := _PUBLISHED.fullmatch(output.get("data", {}).get("text/markdown", "")):
                svg = files.read(folder / f"{plot['name']}.svg")
                output.data = NotebookNode({"image/svg+xml": svg})
    return list(stored.cells)


def cache_folder(root: Path) -> Path:
    """Give the folder where executed notebooks and their plots are kept."""
    return cache.folder(root) / "notebooks"


def key(sources: list[str], root: Path) -> str:
    """Name the outputs of some cells by a hash of all that they depend on."""
    digest = hashlib.sha256("\0".join([*versions_of(root), *sources]).encode())
    for file in called_files("\n".join(sources), root / EXPERIMENTS):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:32]


def versions_of(root: Path) -> list[str]:
    """List the packages that may show in an output, all that are pinned, with their versions."""
    pinned = root / versions.SITE
    names = {"torch", *(versions.pins(pinned) if pinned.exists() else ())}
    with_versions = []
    for name in sorted(names):
        with suppress(metadata.PackageNotFoundError):  # one of another system's
            with_versions.append(f"{name} {_version(name)}")
    return with_versions


@lru_cache(maxsize=1024)  # of a server that builds again and again, too
def _version(package: str) -> str:
    return metadata.version(package)


def called_files(code: str, folder: Path) -> list[Path]:
    """Find the modules in a folder that some code imports, directly or not, and their data."""
    found: set[Path] = set()
    waiting = [code]
    while waiting:
        for name in imported_modules(waiting.pop()):
            module = folder / f"{name}.py"
            if module.exists() and module not in found:
                found.update(folder.glob(f"{name}.*"), folder.glob(f"records/{name}.*"))
                waiting.append(files.read(module))
    return sorted(found)


@lru_cache(maxsize=1024)  # experiments import one another
def imported_modules(code: str) -> frozenset[str]:
    """Find the modules that some code imports itself."""
    try:
        nodes = list(ast.walk(ast.parse(code)))
    except SyntaxError:  # running it says so, with the line
        return frozenset()
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return frozenset(
        names | {n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.module}
    )


def _has_error(cell: NotebookNode) -> bool:
    return any(output.output_type == "error" for output in cell.outputs)
