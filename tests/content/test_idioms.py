"""What is copied from a snippet survives the move to a GPU, or to another default type."""

import ast
import importlib.util
import re
import runpy

import pytest
import torch

from tests.sources import ROOT

TREES = {
    file.relative_to(ROOT / "snippets").with_suffix("").as_posix(): ast.parse(
        file.read_text("utf-8")
    )
    for file in sorted((ROOT / "snippets").rglob("*.py"))
}
SHOW_THE_FAULT = {"pytorch/errors/lengths_device", "pytorch/sequences/lengths"}


@pytest.mark.parametrize("name", TREES)
def test_a_snippet_that_a_reader_saves_is_not_imported_in_a_modules_place(name):
    file = name.rpartition("/")[2]
    module = importlib.util.find_spec(file)
    ours = module and module.origin == str(ROOT / f"experiments/{file}.py")  # on our own path alone
    assert module is None or ours, f"snippets/{name}.py: rename it, there is a module {file}"


def calls(tree: ast.AST, name: str) -> list[ast.Call]:
    """The calls of a function or a method of this name."""
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [node for node in found if name in (getattr(node.func, a, "") for a in ("id", "attr"))]


def where(*names: str):
    """The snippets that call one of these functions."""
    return pytest.mark.parametrize(
        "name", [n for n, tree in TREES.items() if any(calls(tree, name) for name in names)]
    )


def assigned(tree: ast.AST) -> dict[str, list[ast.expr]]:
    """What each name of a snippet is bound to, `a, b = 1, 2` included."""
    values: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            left, right = node.targets[0], node.value
            both = isinstance(left, ast.Tuple) and isinstance(right, ast.Tuple)
            pairs = zip(left.elts, right.elts, strict=True) if both else [(left, right)]
            for name, value in pairs:
                values.setdefault(ast.unparse(name), []).append(value)
    return values


def is_on_the_cpu(value: ast.expr, names: dict[str, list[ast.expr]]) -> bool:
    """A list of numbers, what `.cpu()` gave, or a name for nothing else."""
    if isinstance(value, ast.Name):
        return all(is_on_the_cpu(v, names) for v in names.get(value.id, [value.ctx]))
    return isinstance(value, ast.List) or value in calls(value, "cpu")


@where("pack_padded_sequence")
def test_lengths_come_from_the_cpu_where_they_are_packed(name):
    if name in SHOW_THE_FAULT:
        pytest.skip("its output is the message")
    tree = TREES[name]
    for call in calls(tree, "pack_padded_sequence"):
        lengths = call.args[1]
        assert is_on_the_cpu(lengths, assigned(tree)), (
            f"snippets/{name}.py:{call.lineno}: {ast.unparse(lengths)} may lie on a GPU, which "
            "packing refuses; write .cpu(), or a list of numbers"
        )


@where("arange")
def test_a_mask_is_made_where_the_data_are(name):
    tree = TREES[name]
    compared = {ast.unparse(n.left) for n in ast.walk(tree) if isinstance(n, ast.Compare)}
    for names, values in assigned(tree).items():
        for call in (c for value in values for c in calls(value, "arange")):
            is_mask = names in compared or ast.unparse(call) in compared
            assert not is_mask or "device" in [k.arg for k in call.keywords], (
                f"snippets/{name}.py:{call.lineno}: this mask lies on the CPU; write device="
            )


@where("randperm")
def test_an_order_is_drawn_on_the_cpu(name):
    for call in calls(TREES[name], "randperm"):
        assert "device='cpu'" in ast.unparse(call), f"snippets/{name}.py:{call.lineno}"


def test_the_recommended_model_runs_where_float64_is_the_default(double, capsys):
    runpy.run_path(str(ROOT / "snippets/pytorch/gru-model/recommended.py"))
    assert (
        capsys.readouterr().out == (ROOT / "snippets/pytorch/gru-model/recommended.out").read_text()
    )


def test_a_bucket_sampler_draws_under_another_default_device():
    sampler_class = runpy.run_path(str(ROOT / "snippets/pytorch/sequences/bucketing.py"))[
        "BucketSampler"
    ]
    with torch.device("meta"):
        batches = list(sampler_class([5, 3, 8, 2, 9], 2, 2))
    assert sorted(sum(batches, [])) == [0, 1, 2, 3, 4]


def test_no_two_states_are_one_tensor():
    """An LSTM that is exported with `h = c = torch.zeros(...)` never reads h."""
    assert not [
        f"snippets/{name}.py:{node.lineno}: {ast.unparse(node)}"
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and len(node.targets) > 1 and calls(node.value, "zeros")
    ]


# Models that a page offers to be kept; the others make a fault, or a run of a probe.
OFFERED = re.compile(r"pytorch/(gru-model|sequences|training|deploy|layer-or-cell)/(?!exercise)")


@pytest.mark.parametrize("name", [name for name in TREES if OFFERED.match(name)])
def test_the_methods_of_a_model_say_what_they_take_and_return(name):
    for model in (node for node in TREES[name].body if isinstance(node, ast.ClassDef)):
        for method in (node for node in model.body if isinstance(node, ast.FunctionDef)):
            args, given = method.args.args[1:], len(method.args.defaults)
            untyped = [arg.arg for arg in args[: len(args) - given] if not arg.annotation]
            place = f"snippets/{name}.py:{method.lineno}"
            assert not untyped, f"{place}: say of what type {', '.join(untyped)} are"
            assert method.returns or method.name == "__init__", f"{place}: say what it returns"
