"""Reading a page's source: what stands on it, and on which line."""

import pytest

from tests.sources import PAGES_OF_TESTS
from tools.sources import pages


@pytest.fixture
def page(tmp_path):
    def read(text: str, name: str = "page.md") -> pages.Page:
        file = tmp_path / name
        file.write_text(text, "utf-8")
        return pages.read(file)

    return read


@pytest.mark.parametrize(
    "fence",
    [
        "```python\n{}\n```",
        "``` python\n{}\n```",
        "```py\n{}\n```",
        "```Python3\n{}\n```",
        "~~~python\n{}\n~~~",
        '```python title="x.py" hl_lines="1"\n{}\n```',
        "```{.python}\n{}\n```",
        '``` {{ .py title="x.py" }}\n{}\n```'.replace("{{", "{{").replace("}}", "}}"),
        "````python\n{}\n````",
        "- in a list\n\n    ```python\n    {}\n    ```",
        "??? question\n\n    ```python\n    {}\n    ```",
        "> ```python\n> {}\n> ```",
    ],
)
def test_a_python_block_is_found_however_it_is_spelled(page, fence):
    text = fence.replace("{}", "print(1)").replace("{{", "{").replace("}}", "}")
    (block,) = page(text).fences
    assert block.is_python
    assert block.body == "print(1)\n"


def test_everything_has_its_line():
    read = pages.read(PAGES_OF_TESTS / "everything.md")
    assert read.headings == [pages.Heading(1, "Title", "title", line=4, end=4)]
    assert [(f.latex, f.line) for f in read.formulas] == [("x_t", 6), ("h", 7), ("a = b", 11)]
    assert read.links[0] == pages.Link("b.md#c", 7)
    assert read.links[1] == pages.Link("figure:gru-cell", 9, True, "A cell", "reset-gate")
    assert read.fences[0].includes == [("a.py", 16)]


def test_a_notebook_keeps_its_lines():
    read = pages.read(PAGES_OF_TESTS / "everything.py")
    assert read.headings == [pages.Heading(1, "Title", "title", line=2, end=2)]
    assert [(f.body, f.line, f.cell) for f in read.fences] == [
        ("import a\n\nprint(a)\n", 6, True),
        ("a.plot()\n", 11, True),
    ]


def test_front_matter_of_pages_and_notebooks(tmp_path):
    for name, mark in (("a.md", ""), ("a.py", "# ")):
        (tmp_path / name).write_text(f"{mark}---\n{mark}section: Gates\n{mark}---\n", "utf-8")
        assert pages.front_matter(tmp_path / name) == {"section": "Gates"}
    (tmp_path / "b.md").write_text("# Title\n\n---\n\na: b\n\n---\n", "utf-8")
    assert pages.front_matter(tmp_path / "b.md") == {}
