"""The line that says with which versions a page's code was run."""

from tests.sources import ROOT, codes_with, html
from tools.running import versions


def requirements(folder, pinned: str, oldest: str):
    (folder / versions.PINNED).write_text(pinned, "utf-8")
    (folder / versions.OLDEST).write_text(oldest, "utf-8")
    return folder


def test_both_versions_of_what_the_code_imports_are_told_and_nothing_else(tmp_path):
    root = requirements(
        tmp_path, "numpy==2.4\ntorch==2.13.0\ntqdm==4.70\n", "# old\nnumpy==2.4\ntorch==2.6.0\n"
    )
    code = "import math\nimport numpy as np\nfrom torch import nn\n"
    assert versions.summary([code], root) == "torch 2.13.0, 2.6.0 · numpy 2.4"
    assert versions.summary(["def f():\n    from tqdm import tqdm\n"], root) == "tqdm 4.70"
    assert versions.summary(["import math\n"], root) == ""


def test_a_package_is_told_whatever_its_modules_are_called(tmp_path):
    root = requirements(tmp_path, "scikit-learn==1.9.1\nnumpy==2.4\n", "scikit-learn==1.5.2\n")
    summary = versions.summary(["from sklearn.linear_model import Ridge\n"], root)
    assert summary == "scikit-learn 1.9.1, 1.5.2"


def test_a_pin_for_some_systems_alone_counts_too(tmp_path):
    file = tmp_path / "tests.txt"
    file.write_text("torch==2.13.0\nuvloop==0.23 ; sys_platform != 'win32'\n", "utf-8")
    assert versions.pins(file) == {"torch": "2.13.0", "uvloop": "0.23"}


def test_a_page_says_which_versions_ran_its_code(site):
    pinned, oldest = (
        versions.pins(ROOT / name)["torch"] for name in (versions.PINNED, versions.OLDEST)
    )
    for code in codes_with("gates/gru.md"):
        last = html(site, code, "gates/gru.md").select("article p.gg-quiet:not(.gg-along)")[-1]
        assert f"torch {pinned}, {oldest}" in last.get_text()
        assert not html(site, code, "glossary.md").find(string=lambda text: oldest in text)


def test_what_a_tensor_becomes_is_needed_too(tmp_path):
    root = requirements(tmp_path, "numpy==2.4\ntorch==2.13.0\n", "torch==2.6.0\n")
    assert versions.needs("import torch\nx = torch.ones(1).numpy()\n", root) == ["numpy"]
    assert versions.needs("import torch\nx = torch.ones(1)\n", root) == []
