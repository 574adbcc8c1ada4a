"""Chinese is set as Chinese is set, and what is not Chinese prose is never touched."""

from pathlib import Path

import pytest

from tests.sources import ROOT
from tools.checks import typography

ZH = "docs/zh/gates/gru.md"

MENDED = {
    "用PyTorch写": "用 PyTorch 写",
    "第3步": "第 3 步",
    "好,对": "好，对",
    "对吗?": "对吗？",
    "`code`的": "`code` 的",
    "是$x$吗": "是 $x$ 吗",
    "见`a`,再": "见 `a`，再",
    "- 列表item": "- 列表 item",
    "| 表a | b |": "| 表 a | b |",
    "## 标题A { #some-id }": "## 标题 A { #some-id }",
    '??? question "问题A"': '??? question "问题 A"',
    "!!! note\n\n    缩进A": "!!! note\n\n    缩进 A",
    "[链接A](x,y中.md)的": "[链接 A](x,y中.md)的",
    "**粗A**的": "**粗 A**的",
    "![图A](figure:gru-cell){ lit=门a }": "![图 A](figure:gru-cell){ lit=门a }",
}

LEFT_ALONE = [
    "`中文,a`",
    "$W_{门a},x$",
    "$$\n门a,b\n$$",
    "```console\n中文a,b\n```",
    "    ```console\n    中文a,b\n    ```",
    '--8<-- "中文a.py"',
    "<span class='中a'>好</span>",
    "https://例a.org/中a,b",
    "[文字](https://例.org/a中)",
    "{ #id .类a }",
    "English, only. 3.5 and `x`?",
    "[^注a]: 好",
    "好 [LSTM](lstm.md)。",
    "M`x`M 和 **M**M 和 [M](x)M",
    "| :---: | --- |",
    "<!-- generated: glossary -->",
    "    代码a中,b",
    "`x\n  中a,b中`",
    "是$中a,\n中b,中$",
    "<pre>中a,b</pre>",
    "好<code>a中,b</code>",
    "<!--\n中a,b\n-->",
    "见[参考a]",
    "见[参考a][]",
    "好[^注a]",
    "[好](x.md '中a,中b')",
    "[好](x(a中b)y,中.md)",
    "[好](<x)a中b,中.md>)",
    "{ .x,中y }",
    "中文{ #id中a }",
    "中\ue000a,中",
]


@pytest.mark.parametrize("text", MENDED)
def test_what_is_mended(text):
    page = Path("page.md")
    assert typography.mended(f"{text}\n", page) == f"{MENDED[text]}\n"
    assert typography.mended(f"{MENDED[text]}\n", page) == f"{MENDED[text]}\n"


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_is_left_alone(text):
    assert typography.mended(f"前。\n\n{text}\n", Path("page.md")) == f"前。\n\n{text}\n"


def test_of_the_front_matter_only_sentences_are_mended():
    text = "---\ndescription: 用A,好\ntags: [中a, 中,b]\n---\n\n# 题 { #t }\n"
    assert typography.mended(text, Path("page.md")) == text.replace("用A,好", "用 A，好")


def test_a_notebooks_cells_are_left_alone_and_its_text_is_mended():
    text = '# %% [markdown]\n# # 题A { #t }\n#\n# 用PyTorch,好\n\n# %% alt="图A"\nprint("中a,b")\n'
    assert typography.mended(text, Path("run.py")) == (
        '# %% [markdown]\n# # 题 A { #t }\n#\n# 用 PyTorch，好\n\n# %% alt="图 A"\nprint("中a,b")\n'
    )


def test_a_fault_is_named_with_its_line_and_mended_on_demand(project):
    project.edit(ZH, "The 重置门 $r_t$.", "用PyTorch写的重置门 $r_t$。")
    line = project.read(ZH).splitlines().index("用PyTorch写的重置门 $r_t$。") + 1
    english = project.read("docs/en/gates/gru.md")
    ran = project.run("tools.checks.typography")
    assert ran.returncode == 1
    assert ran.stderr == (
        f"{ZH}:{line}: set this as: 用 PyTorch 写的重置门 $r_t$。   (make fix does it)\n"
    )
    ran = project.run("tools.checks.typography", "--fix")
    assert (ran.returncode, ran.stdout) == (0, f"mended {ZH}\n")
    assert "用 PyTorch 写的重置门 $r_t$。" in project.read(ZH)
    assert project.read("docs/en/gates/gru.md") == english
    assert project.run("tools.checks.typography").returncode == 0


def test_mending_does_not_make_a_section_look_changed(project):
    project.edit(ZH, "The 重置门", "用PyTorch写的重置门")
    project.sync()
    project.run("tools.checks.typography", "--fix")
    assert all(s.state == "in sync" for r in project.overview().rows for s in r.standings.values())


def test_the_chinese_pages_are_set_well():
    assert [str(finding) for finding in typography.check(ROOT)] == []
