"""pytest plugin: pytest-codeblocks, fed with the blocks that a reader sees.

Alone it passes over ```py, ``` python, ~~~python and fences with a title, and does not expand
includes. Here each page is parsed, each Python block is expanded and handed over with the output
shown after it, and a failure names the page's own file and line.
"""

from io import StringIO
from pathlib import Path

import pytest
from pytest_codeblocks import plugin
from pytest_codeblocks.main import CodeBlock, extract_from_buffer

from tools import pages

FENCE = "`" * 12


def pytest_configure(config):
    """Take the place of pytest-codeblocks' own collector."""
    plugin.extract_from_file = lambda path: extract(Path(path), config.rootpath / "snippets")
    plugin.TestBlock.repr_failure = _repr_failure


def extract(path: Path, snippets: Path) -> list[CodeBlock]:
    """Each Python block of a page, includes expanded, with its output and its line."""
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


def _repr_failure(self: pytest.Item, excinfo) -> str:
    page = self.path.relative_to(self.config.rootpath).as_posix()
    cause = excinfo.value.__context__ or excinfo.value
    return f"{page}:{self.obj.lineno}: {type(cause).__name__}\n{excinfo.value}"
