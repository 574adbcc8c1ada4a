"""What one takes along of a page: how its Markdown is written, and what its notebook brings."""

import json

import nbformat
import pytest
from bs4 import BeautifulSoup

from tests.sources import LANGUAGES, ROOT, SITE_URL
from tools.rendering import mathml, notebook, twin

ADDRESS = "https://example.org/gate/gates/gru/"
NORM = mathml.convert(r"|h| < \|x\|", display=False)
CASES = {
    "bold beside a bracket, in Chinese": (
        "<p>这是<strong>重置门（reset gate）</strong>决定的</p>",
        "这是<strong>重置门（reset gate）</strong>决定的",
    ),
    "bold beside a space": ("<p>the <strong>gate r</strong> opens</p>", "the **gate r** opens"),
    "signs of Markdown": ("<p>[-1], *, `, _x_, $5, a_b</p>", r"\[-1\], \*, \`, \_x\_, \$5, a_b"),
    "what would begin a list": (
        "<p>1. is first</p><p>- no list</p>", "1\\. is first\n\n\\- no list",
    ),
    "a formula": (f"<p>so {NORM}</p>", r"so $|h| < \|x\|$"),
    "a formula on a line of its own": (
        f'<div class="math">{NORM}</div>', "$$\n" r"|h| < \|x\|" "\n$$",
    ),
    "a formula and code in a table": (
        f"<table><tr><th>a</th><th>b</th></tr><tr><td>{NORM}</td><td><code>a|b</code></td></tr></table>",
        "| a | b |\n| --- | --- |\n" r"| $\vert h\vert  < \Vert x\Vert $ | `a\|b` |",
    ),
    "lines in a cell": (
        "<table><tr><th>a</th></tr><tr><td>b<br>c</td></tr></table>", "| a |\n| --- |\n| b<br>c |",
    ),
    "a block in its colours": (
        '<div class="language-python highlight"><span class="filename">a.py</span>'
        '<pre><code><span class="k">if</span> a &lt; 1:</code></pre></div>',
        '```python title="a.py"\nif a < 1:\n```',
    ),
    "a block that holds a fence": (
        '<div class="language-markdown highlight"><pre><code>```\n</code></pre></div>',
        "````markdown\n```\n````",
    ),
    "what folds out": (
        "<details><summary>Why?</summary><p>So.</p></details>", "> **Why?**\n>\n> So.",
    ),
    "a hint": (
        '<details class="gg-hint"><summary>Hint</summary><p>Add.</p></details>',
        "> **Hint**\n>\n> Add.",
    ),
    "the code of a plot": (
        '<details class="gg-fold"><summary>Python</summary><div class="language-python highlight">'
        "<pre><code>a</code></pre></div></details>",
        "```python\na\n```",
    ),
    "a definition shown to who points at it": (
        '<p><span class="gg-term"><a href="../#gate">gate</a><span id="t" role="tooltip">A number'
        "</span></span> r</p>",
        "gate r",
    ),
    "a verdict": (
        '<p><span class="gg-whole"><span class="gg-verdict">holds</span></span> '
        '<span class="gg-whole">Evidence: weak</span></p>',
        "**holds** · Evidence: weak",
    ),
    "a link to another page": (
        '<p><a href="../why/#a">why</a></p>', f"[why]({SITE_URL}gates/why/#a)",
    ),
    "a link to the page itself": (
        '<p><a href="#b">below</a></p><h2 id="b">B<a class="headerlink" href="#b">#</a></h2>'
        '<h2 id="c">C</h2>',
        '[below](#b)\n\n<a id="b"></a>\n\n## B\n\n## C',
    ),
    "a drawing with a link to its file": (
        '<figure class="figure" style="a"><svg role="img" aria-label="A cell"><g></g></svg>'
        '<a class="gg-svg" title="a" href="../../drawings/gru-cell.svg">SVG</a></figure>',
        f"![A cell]({SITE_URL}drawings/gru-cell.svg)",
    ),
    "what is worked with": ("<p>a</p><form><input></form><p hidden>b</p><button>c</button>", "a"),
}  # fmt: skip


@pytest.mark.parametrize("html, markdown", CASES.values(), ids=CASES)
def test_a_twin_says_it_so_that_any_reader_of_markdown_understands(html, markdown):
    assert twin.of_html(html, ADDRESS) == f"{markdown}\n"


def test_links_stay_relative_where_nobody_knows_where_the_site_will_stand():
    assert twin.of_html('<p><a href="../why/">why</a></p>', "") == "[why](../why/)\n"


TWIN = """\
# GRU

Read.

## A gate

> **Worked out**
>
> See:
>
> ```python title="a.py"
> import torch
>
> print("a\\n\\nb")
> ```
>
> ```text title="Output"
> a
>
> b
> ```
>
> So it is.

```console
## no heading
```

## Another

```python
import sys

torch.set_default_dtype(torch.float64)
open("plays.txt"), sys.argv[1:]
```
"""


def read(markdown: str):
    text = notebook.written(markdown, None, ROOT, SITE_URL, LANGUAGES["en"].text, {})
    assert text == notebook.written(markdown, None, ROOT, SITE_URL, LANGUAGES["en"].text, {})
    book = nbformat.reads(text, as_version=4)
    nbformat.validate(book)
    return book.cells


def test_a_notebook_has_a_cell_for_each_block_and_each_section():
    title, _, lead, before, code, after, another, last = read(TWIN)
    assert title.source.startswith("# GRU\n\n")
    assert lead.source == "Read."
    assert before.source == "## A gate\n\n> **Worked out**\n>\n> See:"
    assert code.source == 'import torch\n\nprint("a\\n\\nb")'
    assert [output.text for output in code.outputs] == ["a\n\nb\n"]
    assert after.source == "> So it is.\n\n```console\n## no heading\n```"
    assert another.source == "## Another"
    assert (last.cell_type, last.outputs) == ("code", [])


def test_the_first_cell_says_the_versions_and_brings_what_the_code_reads():
    title, first, *_ = read(TWIN)
    assert first.outputs[0].text == "torch 2.13.0 (2.13.0)\n"
    assert "%pip install torch==2.13.0" in title.source
    assert f"{SITE_URL}texts/" in first.source and "`plays.txt`" in title.source
    assert "torch.set_default_dtype(torch.float32)" in first.source  # before each cell
    assert 'sys.argv = [""]' in first.source


def test_a_page_without_python_makes_no_notebook():
    assert notebook.written("# A\n\n```text\na\n```\n", None, ROOT, SITE_URL, {}, {}) is None


def line(project, path: str) -> BeautifulSoup:
    return BeautifulSoup(project.read(f"site/{path}index.html"), "html.parser").select_one(
        ".gg-along"
    )


def test_the_line_leads_to_where_the_notebooks_are_published(project):
    ran = project.build(NOTEBOOKS_URL="https://github.com/me/gate/tree/books/made")
    assert ran.returncode == 0, ran.stdout
    blob = "me/gate/blob/books/made/"
    open_in = {
        name: [a["href"] for a in line(project, path).select("a[href^=http]")]
        for name, path in (("en", "gates/gru/"), ("zh", "zh/gates/gru/"))
    }
    assert open_in["en"] == [
        f"https://colab.research.google.com/github/{blob}gates/gru/gru.ipynb",
        f"https://kaggle.com/kernels/welcome?src=https://github.com/{blob}gates/gru/gru.ipynb",
        "https://codespaces.new/me/gate/tree/books",
    ]
    assert open_in["zh"] == [
        "https://modelscope.cn/my/mynotebook",
        f"https://kaggle.com/kernels/welcome?src=https://github.com/{blob}zh/gates/gru/gru.ipynb",
        f"https://colab.research.google.com/github/{blob}zh/gates/gru/gru.ipynb",
    ]
    assert not line(project, "").select("a[href^=http]")  # no code, no notebook
    metadata = json.loads(project.read("site/zh/gates/gru/gru.ipynb"))["metadata"]
    assert metadata["逐门"]["url"] == f"{SITE_URL}zh/gates/gru/"


@pytest.mark.parametrize(
    "address", ["https://gitlab.com/me/gate", "https://github.com/me/gate", "notebooks"]
)
def test_an_address_where_nothing_opens_a_notebook_is_refused_in_a_sentence(project, address):
    ran = project.build(NOTEBOOKS_URL=address)
    assert ran.returncode == 1
    assert (
        f"NOTEBOOKS_URL is '{address}'; set it to the address of a branch on GitHub" in ran.stdout
    )
    assert "Traceback" not in ran.stdout
