"""Recording outputs: what a snippet prints is kept, and a failure loses nothing."""

from importlib import metadata

import pytest

from tools.project.errors import UserError
from tools.running import forkserver, record, versions


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A project's folder whose pinned PyTorch is the one that is running."""
    monkeypatch.chdir(tmp_path)
    running = metadata.version("torch").partition("+")[0]
    (tmp_path / versions.PINNED).write_text(f"torch=={running}\n", "utf-8")
    (tmp_path / versions.OLDEST).write_text("torch==1.0\n", "utf-8")
    (tmp_path / "snippets").mkdir()
    return tmp_path / "snippets"


def test_the_output_is_recorded_and_a_change_is_reported(tmp_path):
    snippet = tmp_path / "a.py"
    snippet.write_text("print(1)\n", "utf-8")
    assert record.record_output(snippet) == "new"
    assert record.record_output(snippet) == "unchanged"
    snippet.write_text("print(2)\n", "utf-8")
    assert record.record_output(snippet).startswith("CHANGED")
    assert (tmp_path / "a.out").read_text("utf-8") == "2\n"


@pytest.mark.parametrize(
    "one, other, near",
    [
        ("net 0.76\n", "net 0.75\n", True),
        ("net 0.76\n", "net 0.66\n", False),
        ("net 0.76\n", "gru 0.76\n", False),
        ("net 0.76\n", "net 0.76 0.5\n", False),
        ("8 nets\n", "9 nets\n", False),
        ("TH AA T\nnet 0.76\n", "TH UW\nnet 0.75\n", True),
        ("to be\n\nnet 0.76\n", "or not\n\nnet 0.75\n", True),
        ("to be\n\nnet 0.76\n", "to be\n\nnet 0.66\n", False),
    ],
)
def test_which_outputs_are_near(one, other, near):
    assert record.near(one, other) is near


def test_a_trained_net_of_the_oldest_pytorch_is_kept_apart_where_it_is_far(tmp_path):
    (tmp_path / "recipes").mkdir()
    snippet = tmp_path / "recipes" / "a.py"
    other = snippet.with_suffix(".oldest.out")
    snippet.with_suffix(".out").write_text("net 0.76\n", "utf-8")
    for printed, kept in (("0.75", False), ("0.25", True)):
        snippet.write_text(f"print('net', {printed})\n", "utf-8")
        record.record_output(snippet, oldest=True)
        assert other.exists() is kept


def test_what_the_oldest_pytorch_prints_otherwise_is_kept_apart(tmp_path):
    snippet, other = tmp_path / "a.py", tmp_path / "a.oldest.out"
    snippet.write_text("print(1)\n", "utf-8")
    record.record_output(snippet)
    assert record.record_output(snippet, oldest=True) == "unchanged"
    assert not other.exists()
    snippet.write_text("print(2)\n", "utf-8")
    assert record.record_output(snippet, oldest=True).startswith("CHANGED")
    assert record.record_output(snippet, oldest=True) == "unchanged"
    assert other.read_text("utf-8") == "2\n"
    assert (tmp_path / "a.out").read_text("utf-8") == "1\n"
    snippet.write_text("print(1)\n", "utf-8")
    assert record.record_output(snippet, oldest=True).startswith("CHANGED")
    assert not other.exists()


def test_another_pytorch_records_nothing_and_says_which_may(folder, capsys):
    (folder.parent / versions.PINNED).write_text("torch==9.0\n", "utf-8")
    (folder / "a.py").write_text("print(1)\n", "utf-8")
    assert record.main([], standalone_mode=False) == 1
    assert not (folder / "a.out").exists()
    errors = capsys.readouterr().err
    assert "outputs are recorded with torch 9.0, and with 1.0 by make oldest" in errors


def test_a_failing_snippet_keeps_its_old_output_and_does_not_stop_the_others(folder, capsys):
    (folder / "a.py").write_text("1 / 0\n", "utf-8")
    (folder / "a.out").write_text("old\n", "utf-8")
    (folder / "b.py").write_text("print(1)\n", "utf-8")
    assert record.main([], standalone_mode=False) == 1
    assert (folder / "a.out").read_text("utf-8") == "old\n"
    assert (folder / "b.out").read_text("utf-8") == "1\n"
    assert "snippets/a.py: it fails, so its output was left as it was" in capsys.readouterr().err
    assert sorted(p.name for p in folder.iterdir()) == ["a.out", "a.py", "b.out", "b.py"]


def test_a_snippet_that_is_not_in_utf_8_is_named_and_does_not_stop_the_others(folder, capsys):
    (folder / "a.py").write_bytes(b"print('\xff')\n")
    (folder / "b.py").write_text("print(1)\n", "utf-8")
    assert record.main([], standalone_mode=False) == 1
    assert "snippets/a.py:1: this file is not in UTF-8; save it as UTF-8" in capsys.readouterr().err
    assert (folder / "b.out").read_text("utf-8") == "1\n"


def test_a_snippet_that_hangs_is_named_and_does_not_stop_the_others(folder, capsys, monkeypatch):
    monkeypatch.setattr(forkserver, "LIMIT", 1)
    (folder / "a.py").write_text("while True: pass\n", "utf-8")
    (folder / "b.py").write_text("print(1)\n", "utf-8")
    assert record.main([], standalone_mode=False) == 1
    errors = capsys.readouterr().err
    assert "snippets/a.py: it fails, so its output was left as it was" in errors
    assert "a.py was still running after 1 seconds and was ended" in errors
    assert (folder / "b.out").read_text("utf-8") == "1\n"


def test_a_snippet_gets_no_help_from_the_project(tmp_path):
    snippet = tmp_path / "a.py"
    snippet.write_text("import tools\n", "utf-8")
    assert "No module named 'tools'" in record.run(snippet).stderr


def test_a_snippet_does_not_lean_on_what_torch_imports(tmp_path):
    snippet = tmp_path / "a.py"
    for code, message in (
        ("print(torch.ones(1))", "name 'torch' is not defined"),
        ("from torch import nn\ntorch.ones(1)", "name 'torch' is not defined"),
        (
            "import concurrent\nprint(concurrent.futures)",
            "module 'concurrent' has no attribute 'futures'",
        ),
    ):
        snippet.write_text(f"{code}\n", "utf-8")
        assert message in record.run(snippet).stderr


@pytest.fixture
def two_pages(folder):
    for name in ("gates/gru/step", "gates/gru/gru_step", "gates/lstm/step", "gates/lstm/bias"):
        file = folder / f"{name}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("print(1)\n", "utf-8")
    return folder


@pytest.mark.parametrize(
    "name, recorded",
    [
        ("bias", ["gates/lstm/bias.out"]),
        ("snippets/gates/lstm/bias.py", ["gates/lstm/bias.out"]),
        ("gru/step", ["gates/gru/step.out"]),
        ("gates/gru", ["gates/gru/gru_step.out", "gates/gru/step.out"]),
        ("gates/lstm.md", ["gates/lstm/bias.out", "gates/lstm/step.out"]),
    ],
)
def test_what_is_recorded_is_named_by_snippet_or_page(two_pages, name, recorded):
    assert record.main([name], standalone_mode=False) == 0
    found = (file.relative_to(two_pages).as_posix() for file in two_pages.rglob("*.out"))
    assert sorted(found) == recorded


@pytest.mark.parametrize(
    "name, advice",
    [
        ("gru_stop", r"no snippet gru_stop. Did you mean gru_step\?"),
        ("gates/gro", r"no snippet gates/gro. Did you mean gates/gru\?"),
        ("step", "there are 2 snippets step: write one of gates/gru/step, gates/lstm/step"),
    ],
)
def test_a_name_that_does_not_say_which_records_nothing(two_pages, name, advice):
    with pytest.raises(UserError, match=advice):
        record.main(["bias", name], standalone_mode=False)
    assert not list(two_pages.rglob("*.out"))
