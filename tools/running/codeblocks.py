"""pytest plugin: pytest-codeblocks, fed with the blocks that a reader sees.

Alone it passes over ```py, ``` python, ~~~python and fences with a title, and does not expand
includes. Here each page is parsed, each Python block is expanded and handed over with the output
shown after it, and a failure names the page's own file and line. Each block is run as a reader
would: pasted into an empty file, in a fresh interpreter.
"""

import functools
import hashlib
import inspect
import json
import operator
import os
import subprocess
import sys
import tempfile
from importlib import metadata
from io import StringIO
from pathlib import Path

import pytest
from filelock import FileLock
from pytest_codeblocks import plugin
from pytest_codeblocks.main import CodeBlock, extract_from_buffer

from tools.project import cache
from tools.running import forkserver, record, sandbox
from tools.sources import pages

FENCE = "`" * 12
_RESULTS = "CODEBLOCKS_RESULTS"  # the variable that names the folder which all workers share


def pytest_configure(config: pytest.Config) -> None:
    """Take the place of pytest-codeblocks' own collector and runner."""
    plugin.extract_from_file = lambda path: extract(Path(path), config.rootpath / "snippets")
    plugin.TestBlock.runtest = _runtest
    plugin.TestBlock.repr_failure = lambda self, excinfo: str(excinfo.value)
    if "PYTEST_XDIST_WORKER" not in os.environ:
        results = cache.folder(config.rootpath) / "runs"
        results.mkdir(exist_ok=True)
        os.environ[_RESULTS] = str(results)


@pytest.hookimpl(tryfirst=True)  # before -m looks at the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put blocks of the same code one after another: the later ones take what the first printed.

    Elsewhere two workers would meet at the same block, and one would wait for the other.
    Blocks that are slow are left to `make proof`.
    """
    blocks = [item for item in items if isinstance(item, plugin.TestBlock)]
    for block in blocks:
        if _is_recipe(block):
            block.add_marker(pytest.mark.proof)
    first: dict[str, int] = {}
    for place, block in enumerate(blocks):
        first.setdefault(block.obj.code, place)
    in_order = iter(sorted(blocks, key=lambda block: first[block.obj.code]))
    items[:] = [next(in_order) if isinstance(item, plugin.TestBlock) else item for item in items]


def _is_recipe(block: plugin.TestBlock) -> bool:
    return bool(block.path.parent.name == record.RECIPES)


def run(code: str, limit: float | None = None) -> subprocess.CompletedProcess[str]:
    """Run a block, once for all pages that show it and all tests that ask.

    What it printed is kept for the next time too, until the block or a package changes.
    """
    code = code.rstrip() + "\n"
    result = Path(os.environ[_RESULTS], _key(code))
    with FileLock(f"{result}.lock"):
        if not result.exists():
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder, "pasted.py")
                file.write_text(code, "utf-8")
                ran = record.run(file, limit)
            if ran.returncode:
                return ran  # to be run again, as whoever mends it does
            result.write_text(json.dumps([ran.returncode, ran.stdout, ran.stderr]), "utf-8")
    return subprocess.CompletedProcess(code, *json.loads(result.read_text("utf-8")))


def _key(code: str) -> str:
    """Name what a block prints by a hash of all that it depends on."""
    return hashlib.sha256("\0".join([code, *_rests_on()]).encode()).hexdigest()


@functools.cache
def _rests_on() -> list[str]:
    """List what every block depends on: Python, the packages, and what runs it here."""
    packages = {f"{each.name} {each.version}" for each in metadata.distributions()}
    runners = [inspect.getsource(module) for module in (forkserver, record, sandbox)]
    return [sys.version, *sorted(packages), *runners]


def extract(path: Path, snippets: Path) -> list[CodeBlock]:
    """Find each Python block of a page, includes expanded, with its output and its line."""
    blocks = []
    for fence, code, output in pages.read(path).blocks(snippets):
        text = f"{FENCE}python\n{code.rstrip()}\n{FENCE}\n"
        if output is not None:
            text += (
                f"<!--pytest-codeblocks:expected-output-->\n{FENCE}\n{output.rstrip()}\n{FENCE}\n"
            )
        (block,) = extract_from_buffer(StringIO(text))
        block.lineno = fence.line
        blocks.append(block)
    return blocks


def _runtest(self: plugin.TestBlock) -> None:
    block = self.obj
    place = f"{self.path.relative_to(self.config.rootpath).as_posix()}:{block.lineno}"
    ran = run(block.code, limit=record.RECIPE_LIMIT if _is_recipe(self) else None)
    if ran.returncode:
        raise RuntimeError(f"{place}: {ran.stderr.strip().splitlines()[-1]}\n{ran.stderr}")
    expected = block.expected_output
    agree = record.near if _is_recipe(self) else operator.eq
    if expected is not None and not agree(expected, ran.stdout):
        raise RuntimeError(
            f"{place}: it prints something else than the page shows\n"
            f"Expected output\n{expected}\nbut got\n{ran.stdout}"
        )
