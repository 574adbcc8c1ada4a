"""Every Python block of every page is run, and a failure names the page and its line."""

import pytest

from tests.sources import ROOT, SOURCES
from tools.running import codeblocks, forkserver, guard
from tools.sources import pages

PAGE = "# Title\n\n```python\nprint(1)\n```\n\n```text\n1\n```\n"


@pytest.fixture
def run(pytester):
    """Run pytest --codeblocks on one page."""
    pytester.makeconftest('pytest_plugins = ["tools.running.codeblocks"]')

    def run(page: str, **snippets: str):
        folder = pytester.mkdir("snippets")
        for name, text in snippets.items():
            (folder / name.replace("__", ".")).write_text(text, "utf-8")
        (pytester.path / "page.md").write_text(page, "utf-8")
        return pytester.runpytest_inprocess("--codeblocks", "-p", "no:xdist", "page.md")

    return run


def test_decimals_of_a_recipe_may_be_near_and_of_another_page_not(run, pytester):
    page = PAGE.replace("print(1)", "print('net', 0.75)").replace("\n1\n", "\nnet 0.76\n")
    run(page).assert_outcomes(failed=1)
    folder = pytester.mkdir("recipes")
    for text, outcome in ((page, "passed"), (page.replace("0.76", "0.96"), "failed")):
        (folder / "page.md").write_text(text, "utf-8")
        result = pytester.runpytest_inprocess("--codeblocks", "-p", "no:xdist", "recipes/page.md")
        result.assert_outcomes(**{outcome: 1})


def test_a_block_with_the_right_output_passes(run):
    run(PAGE).assert_outcomes(passed=1)


def test_a_changed_output_fails_and_names_page_and_line(run):
    result = run(PAGE.replace("\n1\n", "\n2\n"))
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["page.md:3: *", "*Expected output*"])


def test_a_block_that_raises_names_page_line_and_exception(run):
    result = run(PAGE.replace("print(1)", "1 / 0"))
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["page.md:3: ZeroDivisionError*"])


def test_a_block_that_hangs_names_page_and_line(run, monkeypatch):
    monkeypatch.setattr(forkserver, "LIMIT", 1)
    result = run(PAGE.replace("print(1)", "while True: pass"))
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["page.md:3: *pasted.py was still running after 1 seconds *"])


def test_blocks_of_the_same_code_follow_each_other(run, pytester):
    (pytester.path / "twin.md").write_text(PAGE.replace("# Title", "# 标题\n"), "utf-8")
    page = PAGE + "```python\nprint(2)\n```\n"
    run(page)
    result = pytester.runpytest_inprocess(
        "--codeblocks", "-p", "no:xdist", "--collect-only", "-q", "page.md", "twin.md"
    )
    assert result.outlines[:3] == ["page.md::line 3", "twin.md::line 4", "page.md::line 10"]


def test_included_snippets_are_expanded(run):
    page = PAGE.replace("print(1)", '--8<-- "a.py"').replace("\n1\n", '\n--8<-- "a.out"\n')
    run(page, a__py="print(1)\n", a__out="1\n").assert_outcomes(passed=1)


def test_an_included_snippet_whose_output_changed_fails(run):
    page = PAGE.replace("print(1)", '--8<-- "a.py"').replace("\n1\n", '\n--8<-- "a.out"\n')
    run(page, a__py="print(2)\n", a__out="1\n").assert_outcomes(failed=1)


@pytest.mark.parametrize(
    "first, last",
    [("```py", "```"), ("``` python", "```"), ("~~~python", "~~~"), ('```python title="a"', "```"),
     ("```{ .python }", "```"), ("````Python", "````")],
)  # fmt: skip
def test_a_fence_is_run_however_it_is_spelled(run, first, last):
    run(f"{first}\nraise SystemError\n{last}\n").assert_outcomes(failed=1)


def test_a_block_in_an_admonition_is_run(run):
    run("??? question\n\n    ```python\n    raise SystemError\n    ```\n").assert_outcomes(failed=1)


def test_a_mark_that_would_skip_a_block_does_not(run):
    run("<!--pytest.mark.skip-->\n```python\nraise SystemError\n```\n").assert_outcomes(failed=1)


@pytest.fixture
def now(tmp_path, monkeypatch):
    """Run a block that prints the time, or a different one, in the same folder of results."""
    monkeypatch.setenv("CODEBLOCKS_RESULTS", str(tmp_path))
    return lambda more="": codeblocks.run(f"import time\nprint(time.time_ns())\n{more}").stdout


def test_what_a_block_printed_is_kept_until_the_block_changes(now):
    assert now() == now()
    assert now() != now("# changed")


def test_it_is_not_kept_when_a_package_changes(now, monkeypatch):
    before = now()
    monkeypatch.setattr(codeblocks, "_rests_on", lambda: ["torch 99"])
    assert now() != before


def test_a_block_that_fails_is_run_again(now):
    assert now("1 / 0") != now("1 / 0")


def test_every_page_of_the_site_is_collected():
    for by_path in SOURCES.pages.values():
        for path, page in by_path.items():
            if path.endswith(".md"):
                blocks = codeblocks.extract(page.path, ROOT / "snippets")
                assert len(blocks) == sum(fence.is_python for fence in page.fences), path


def test_every_snippet_is_shown_on_a_page_and_has_its_output():
    every = [page for by_path in SOURCES.pages.values() for page in by_path.values()]
    included = {name for page in every for fence in page.fences for name, _ in fence.includes}
    for snippet in (ROOT / "snippets").rglob("*.py"):
        if snippet.name == "exercises.py":  # computes the numbers that a page's exercises name
            assert SOURCES.find_page(f"{snippet.parent.relative_to(ROOT / 'snippets')}.md", "en")
            continue
        output = snippet.with_suffix(".out")
        shown = [snippet, output] if output.read_text("utf-8") else [snippet]  # a function alone
        for file in shown:
            name = file.relative_to(ROOT / "snippets").as_posix()
            assert name in included, f"{name} is on no page"


def test_nothing_is_shown_that_was_not_run(site):
    assert guard.unrun(ROOT, site) == []


@pytest.mark.parametrize(
    "html, message",
    [
        ('<div class="language-python highlight"><pre><code>print(2)</code></pre></div>',
         "index.md:1: this Python block is shown but was not run:\nprint(2)"),
        ('<pre><code class="language-py">print(2)</code></pre>',
         "index.md:1: no page shows a block of 'py':\nprint(2)"),
        ('<pre><code class="language-cython">print(2)</code></pre>',
         "index.md:1: no page shows a block of 'cython':\nprint(2)"),
        ("<pre><code>print(2)</code></pre>",
         "index.md:1: this block does not say its language:\nprint(2)"),
        ('<div class="language-text highlight"><pre><code>2</code></pre></div>',
         "index.md:1: this output is shown but was not recorded:\n2"),
    ],
)  # fmt: skip
def test_the_guard_names_a_block_that_was_not_run(tmp_path, html, message):
    page = tmp_path / "index.md"
    page.write_text("# Title\n", "utf-8")
    found = guard.unrun_on(pages.read(page), f"<article>{html}</article>", tmp_path)
    assert found == [message]


@pytest.mark.parametrize("copied", [True, False])
def test_a_cell_that_needs_those_above_it_may_not_have_a_button_to_copy(tmp_path, copied):
    page = tmp_path / "index.py"
    page.write_text("# %%\nprint(2)\n", "utf-8")
    kind = "" if copied else " no-copy"
    html = f'<div class="language-python{kind} highlight"><pre><code>print(2)</code></pre></div>'
    found = guard.unrun_on(pages.read(page), f"<article>{html}</article>", tmp_path)
    message = "index.py:2: this cell has a button to copy, and needs those above:\nprint(2)"
    assert found == [message] * copied


def test_the_guard_takes_no_typed_text_for_an_output(tmp_path):
    page = tmp_path / "index.md"
    page.write_text("# Title\n\n```plaintext\n2\n```\n", "utf-8")
    html = '<article><pre><code class="language-text">2</code></pre></article>'
    assert guard.unrun_on(pages.read(page), html, tmp_path) == [
        "index.md:4: this output is shown but was not recorded:\n2"
    ]
