"""A page shows what was run: code and output by an include, and text of few languages beside."""

import re
from pathlib import Path

import pytest

from tests.sources import ROOT
from tools.sources import blocks, markup, pages

HOLDS_CODE = "this block holds code; put it into a file in snippets/"
TYPED = "this output was typed; include what the snippet printed"
NO_SUCH = "a page has no block of "
COMMANDS = "a block of console holds commands alone"
ALONE = "an include stands alone in a block of python, c, text"
NO_BLOCK = "this does not begin a block"
COMPARED = "is compared only where the block before it is its own"

# What somebody might add to a page, the line of it that is at fault, and what is said.
REFUSED = {
    # an output under another name
    "output": ("```output\n2\n```", 1, NO_SUCH + "'output'"),
    "txt": ("```txt\n2\n```", 1, NO_SUCH + "'txt'"),
    "plaintext": ("```plaintext\n2\n```", 1, NO_SUCH + "'plaintext'"),
    "a traceback": ("```pytb\nValueError: 2\n```", 1, NO_SUCH + "'pytb'"),
    "json": ('```json\n{"loss": 2}\n```', 1, NO_SUCH + "'json'"),
    "a prompt": ("```console\n>>> 1 + 1\n2\n```", 2, COMMANDS),
    "what a command printed": ("```console\nmake test\n12 passed\n```", 3, COMMANDS),
    "typed text": ("```text\n2\n```", 1, TYPED),
    "typed text, otherwise spelled": ("``` { .text }\n2\n```", 1, TYPED),
    "text beside its include": ('```text\n--8<-- "gates/gru/one.out"\n2\n```', 1, TYPED),
    "text without a language": ("```\n2\n```", 1, "this block does not say its language"),
    # Python under another name, or not read as a block
    "py": ('```py\n--8<-- "gates/gru/one.py"\n```', 1, NO_SUCH + "'py'"),
    "cython": ("```cython\nprint(2)\n```", 1, NO_SUCH + "'cython'"),
    "sage": ("```sage\nprint(2)\n```", 1, NO_SUCH + "'sage'"),
    "python2": ("```python2\nprint(2)\n```", 1, NO_SUCH + "'python2'"),
    "mojo": ("```mojo\nprint(2)\n```", 1, NO_SUCH + "'mojo'"),
    "bash": ("```bash\npython - <<E\nprint(2)\nE\n```", 1, NO_SUCH + "'bash'"),
    "a command behind another": ("```console\nmake test; ls | sh\n```", 2, "this runs more than"),
    "an index": ("```console\npip install --index-url https://a.test\n```", 2, "take --index-url"),
    "fed to a command": ("```console\npython - <<E\nprint(2)\nE\n```", 2, "this runs code that"),
    "on a page for readers": ("```markdown\n2\n```", 1, "a block of markdown stands on the pages"),
    "tildes": ("~~~python\nprint(2)\n~~~", 1, HOLDS_CODE),
    "capitals": ("```PYTHON\nprint(2)\n```", 1, HOLDS_CODE),
    "a session": ("```ipython\nprint(2)\n```", 1, HOLDS_CODE),
    "attributes": (
        '```python hl_lines="1"\n--8<-- "gates/gru/one.py"\n```', 1, "write ```python or",
    ),
    "braces": ('```{ .python .copy }\n--8<-- "gates/gru/one.py"\n```', 1, "write ```python or"),
    "indented": ("    print(2)", 1, "this block does not say its language"),
    "in a box": ("!!! note\n\n    ```python\n    print(2)\n    ```", 3, HOLDS_CODE),
    "folded": ("??? note\n\n    ```python\n    print(2)\n    ```", 3, HOLDS_CODE),
    "quoted": ("> ```python\n> print(2)\n> ```", 1, HOLDS_CODE),
    "in a list": ("- a\n\n    ```python\n    print(2)\n    ```", 3, HOLDS_CODE),
    "in a footnote": ("a[^1]\n\n[^1]: b\n\n    ```python\n    print(2)\n    ```", 5, HOLDS_CODE),
    "in HTML": ("<div markdown>\n```python\nprint(2)\n```\n</div>", 2, NO_BLOCK),
    "folded HTML": ("<details markdown>\n```python\nprint(2)\n```\n</details>", 2, NO_BLOCK),
    "as HTML": ('<pre><code class="language-python">2</code></pre>', 1, "a page holds no <pre>"),
    "as HTML in a table": ("| a |\n| - |\n| <pre>print(2)</pre> |", 3, "a page holds no <pre>"),
    "as HTML in a line": ('<code class="language-python">a</code>', 1, "a page holds no <code>"),
    "as a sample": ("<samp>2</samp>", 1, "a page holds no <samp>"),
    "as a field": ("<textarea>print(2)</textarea>", 1, "a page holds no <textarea>"),
    "as a frame": ('<iframe srcdoc="print(2)"></iframe>', 1, "a page holds no <iframe>"),
    "by a class": (
        '<div class="language-python highlight" markdown>\n\nprint(2)\n\n</div>',
        1, '<div> has no class="language-python highlight" on a page',
    ),
    # includes
    "an include in prose": ('--8<-- "gates/gru/one.py"', 1, ALONE),
    "an include of what is not there": ('--8<-- "nope.md"', 1, ALONE),
    "a block of includes": ("--8<--\none.py\n--8<--", 1, ALONE),
    "a block of includes in a block": ("```python\n--8<--\none.py\n--8<--\n```", 1, HOLDS_CODE),
    "an include among commands": ('```console\n--8<-- "gates/gru/one.out"\n```', 2, ALONE),
    "some lines of a file": (
        '```python\n--8<-- "gates/gru/one.py:1:1"\n```', 2, "'gates/gru/one.py:1:1' is no file",
    ),
    "a file of another page": (
        '```python\n--8<-- "gates/lstm/three.py"\n```',
        2, "gates/lstm/three.py is another page's; this one includes from snippets/gates/gru/",
    ),
    "C that is typed": ("```c\nint n = 1;\n```", 1, HOLDS_CODE),
    "Python as C": (
        '```c\n--8<-- "gates/gru/one.py"\n```', 2, "a block of c includes a file of code",
    ),
    "a file elsewhere": ('```text\n--8<-- "../a.out"\n```', 2, "'../a.out' is no file of"),
    "code as text": (
        '```text\n--8<-- "gates/gru/one.py"\n```',
        2, "a block of text includes what a snippet printed",
    ),
    "an output as code": (
        '```python\n--8<-- "gates/gru/one.out"\n```',
        2, "a block of python includes a file of code",
    ),
    "an output alone": (
        '```text\n--8<-- "gates/gru/one.out"\n```',
        2, f"gates/gru/one.out {COMPARED} gates/gru/one.py",
    ),
    "the output of another": (
        '```python\n--8<-- "gates/gru/two.py"\n```\n\n```text\n--8<-- "gates/gru/one.out"\n```',
        6, f"gates/gru/one.out {COMPARED} gates/gru/one.py",
    ),
    "a second output": (
        '```python\n--8<-- "gates/gru/two.py"\n```\n\n```text\n--8<-- "gates/gru/two.out"\n```\n\n'
        '```text\n--8<-- "gates/gru/one.out"\n```',
        10, f"gates/gru/one.out {COMPARED} gates/gru/one.py",
    ),
    "an output after a command": (
        '```python\n--8<-- "gates/gru/two.py"\n```\n\n```console\nmake test\n```\n\n'
        '```text\n--8<-- "gates/gru/two.out"\n```',
        10, f"gates/gru/two.out {COMPARED} gates/gru/two.py",
    ),
    "a title of another file": (
        '```python title="two.py"\n--8<-- "gates/gru/one.py"\n```',
        1, 'the title is "two.py" and the file below it gates/gru/one.py; make them the same',
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def faults_on(tmp_path_factory):
    """What is said of a page: the lines and the messages."""
    snippets = tmp_path_factory.mktemp("snippets")
    for name in ("gates/gru/one", "gates/gru/two", "gates/lstm/three"):
        (snippets / name).parent.mkdir(parents=True, exist_ok=True)
        (snippets / f"{name}.py").write_text(f"print('{name}')\n", "utf-8")
        (snippets / f"{name}.out").write_text(f"{name}\n", "utf-8")
    (snippets.parent / "a.out").write_text("a\n", "utf-8")

    def faults_on(text: str, path: str = "gates/gru.md") -> list[tuple[int, str]]:
        page = pages.parse(f"{text}\n", Path(path))
        return [*blocks.faults(page, path, snippets), *markup.in_page(page)]

    return faults_on


@pytest.mark.parametrize("name", REFUSED)
def test_a_block_that_nobody_ran_is_refused_with_its_line(faults_on, name):
    text, line, message = REFUSED[name]
    found = faults_on(text)
    assert [fault for at, fault in found if at == line and fault.startswith(message)], found


ALLOWED = {
    "code and its output": (
        '```python title="two.py"\n--8<-- "gates/gru/two.py"\n```\n\nIt prints\n\n'
        '```text title="Output"\n--8<-- "gates/gru/two.out"\n```'
    ),
    "a sign of the shell between quotation marks": '```console\npython -c "a; b"\n```',
    "commands": "```console\nPYTHONPATH=a .venv/bin/python x.py \\\n    --quick\nmake test\n```",
    "backticks in a line": 'Text with `--8<-- "x"` and ``` code ``` in it.',
    "a box of the site's own": '<div class="gg-close" markdown>\n\nText.\n\n</div>',
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_pages_use_is_allowed(faults_on, name):
    assert faults_on(ALLOWED[name]) == []


def test_a_page_of_one_script_includes_it_from_beside_its_folder(faults_on):
    block = '```python\n--8<-- "gates/gru/one.py"\n```'
    assert not faults_on(block, "gates/gru/one.md")
    assert faults_on(block, "gates/gru/two.md")


def test_the_page_for_contributors_shows_how_an_include_is_written(faults_on):
    page = (ROOT / "docs/en/contribute/snippets.md").read_text("utf-8")
    example = re.search(r"````markdown.*?````", page, re.DOTALL)[0]
    assert '\n;--8<-- "' in example
    assert faults_on(example, "contribute/snippets.md") == []
    assert faults_on(example.replace(";--8<--", "--8<--"), "contribute/snippets.md")


def test_such_a_block_stops_the_build(project):
    page = "docs/en/gates/gru.md"
    project.write(page, project.read(page) + "\n```cython\nprint(2)\n```\n")
    line = pages.line_of(project.folder / page, "cython")
    ran = project.build()
    assert ran.returncode != 0 and f"{page}:{line}: {NO_SUCH}'cython'" in ran.stdout
