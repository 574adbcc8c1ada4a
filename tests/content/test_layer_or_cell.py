"""Layer or cell: the modules are nn.LSTM with one thing changed, and the gates are the net's own.

What is tested is what a reader pastes. Beside each stands a loop written from the equations of the
code that the page names, or that library itself.
"""

import inspect
import re
import runpy
from itertools import product
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import onnxruntime
import pytest
import torch
from torch import nn
from torch.nn.functional import dropout
from torch.nn.utils.rnn import pack_sequence

from tests import recipes
from tests.cells import TORCH, equations
from tests.sources import LANGUAGES, ROOT, names

pytestmark = pytest.mark.usefixtures("one_thread")
PAGE = "pytorch/layer-or-cell"
CELLS = {nn.GRU: nn.GRUCell, nn.LSTM: nn.LSTMCell}
D, H = 3, 4

by_language = pytest.mark.parametrize("language", LANGUAGES)
by_order = pytest.mark.parametrize("batch_first", [False, True])
projected = pytest.mark.filterwarnings("ignore:LSTM with projections")
by_layer = pytest.mark.parametrize("layer", CELLS, ids=lambda layer: layer.__name__)


@pytest.fixture(autouse=True)
def seeded(tmp_path, monkeypatch):
    torch.manual_seed(0)
    monkeypatch.chdir(tmp_path)  # a snippet saves its plot


@pytest.fixture(scope="module")
def keras():
    names("conventions/weights/to_keras")  # the snippet chooses Keras's backend
    import keras

    return keras


def text(language: str) -> str:
    return (ROOT / "docs" / language / f"{PAGE}.md").read_text("utf-8")


def same(ours, theirs, limit=1e-12) -> bool:
    ours, theirs = (torch.as_tensor(each).detach() for each in (ours, theirs))
    return ours.shape == theirs.shape and torch.allclose(ours, theirs, rtol=0, atol=limit)


def of_cell(weights: dict) -> dict:
    return {name.removesuffix("_l0"): weight for name, weight in weights.items()}


def without_norms(net, lstm):
    """Give a module with layer norm an LSTM's weights, and take its norms out."""
    net.norm_x = net.norm_h = net.norm_c = nn.Identity()
    net.ih.weight, net.hh.weight, b_i, b_h = lstm.all_weights[0]
    net.ih.bias = nn.Parameter((b_i + b_h).detach())


def variants(batch_first):
    """The modules with nothing changed, each beside the net that it then is."""
    lstm, gru = (layer(D, H, batch_first=batch_first) for layer in (nn.LSTM, nn.GRU))
    normed = names(f"{PAGE}/layer_norm")["LayerNormLSTM"](D, H, batch_first=batch_first)
    both = names(f"{PAGE}/norm_dropout")["NormDropoutLSTM"](D, H, batch_first=batch_first)
    for net in normed, both:
        without_norms(net, lstm)
    dropped = names(f"{PAGE}/dropout")["RecurrentDropoutLSTM"](D, H, 0.0, True, batch_first)
    dropped.cell.load_state_dict(of_cell(lstm.state_dict()))
    wrap = names(f"{PAGE}/weight_drop")["WeightDrop"]
    ours = [(net, lstm) for net in (normed, dropped, both)]
    return [*ours, (wrap(lstm, 0.0), lstm), (wrap(gru, 0.0), gru)]


@by_layer
def test_a_cell_is_one_step_of_the_layer(layer):
    net, cell = layer(D, H), CELLS[layer](D, H)
    cell.load_state_dict(of_cell(net.state_dict()))
    x, start = torch.randn(5, 2, D), torch.randn(2, 1, 2, H)
    start = tuple(start) if layer is nn.LSTM else start[0]
    state = tuple(s[0] for s in start) if layer is nn.LSTM else start[0]
    for x_t in x:
        state = cell(x_t, state)
    last = net(x, start)[1]
    pairs = zip(state, last, strict=True) if layer is nn.LSTM else [(state, last)]
    assert all(same(ours[None], theirs, 1e-6) for ours, theirs in pairs)


def rows(language: str) -> dict[str, list[str]]:
    found = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \|", text(language), re.MULTILINE)
    return {name: rest for name, *rest in found}


@by_language
def test_the_table_has_all_arguments_and_their_defaults(language):
    signature = inspect.signature(nn.RNNBase.__init__).parameters.values()
    expected = {
        p.name: "none" if p.default is p.empty else f"`{p.default}`"
        for p in signature
        if p.name not in ("self", "mode")
    }
    shown = {name: default.replace("无", "none") for name, (default, _) in rows(language).items()}
    assert list(shown.items()) == list(expected.items())
    with pytest.raises(ValueError, match="only supported for LSTM"):
        nn.GRU(D, H, proj_size=2)


@projected
@by_language
def test_the_table_says_what_an_argument_changes(language):
    def sizes(**setting):
        net = nn.LSTM(D, H, **setting)
        out, (h_n, _) = net(torch.zeros(5, 2, D))
        count = sum(p.numel() for p in net.parameters())
        return {"`out`": out.shape, "`h_n`": h_n.shape, "weights": count}

    plain = sizes()
    for setting in ({"num_layers": 2}, {"bias": False}, {"bidirectional": True}, {"proj_size": 2}):
        other = sizes(**setting)
        ((name, _),) = setting.items()
        changed = rows(language)[name][1].replace("权重", "weights")
        said = {part for part in plain if part in changed}
        assert said == {part for part in plain if plain[part] != other[part]}, name


@by_layer
@pytest.mark.parametrize("batch_first, bias, single", list(product([False, True], repeat=3)))
def test_the_gates_are_those_of_the_equations(layer, batch_first, bias, single):
    net = layer(D, H, batch_first=batch_first, bias=bias).double()
    x = torch.randn(6, D) if single else torch.randn(5, 6, D)
    found = names(f"{PAGE}/gates")["gates"](net, x.double())
    zeros = torch.zeros(len(net.weight_ih_l0)).tolist()
    weights = {name: weight.tolist() for name, weight in of_cell(net.state_dict()).items()}
    case = {"net": {"bias_ih": zeros, "bias_hh": zeros, **weights}, "conventions": TORCH}
    case["net"]["kind"] = layer.__name__.lower()
    sequence = x if single else x[1] if batch_first else x[:, 1]
    ours = {k: v if single else v[1] if batch_first else v[:, 1] for k, v in found.items()}
    h = c = torch.zeros(H).double()
    for t, x_t in enumerate(sequence.double()):
        step = equations(case, x_t, h, c)
        h, c = step["h"], step.get("c", c)
        assert all(same(value[t], step[gate]) for gate, value in ours.items())
    assert list(found) == (["r", "z", "n"] if layer is nn.GRU else ["i", "f", "g", "o", "c"])


@projected
def test_the_gates_of_a_projected_net_give_its_output():
    net, x = nn.LSTM(D, H, proj_size=2), torch.randn(5, 2, D)
    found = names(f"{PAGE}/gates")["gates"](net, x)
    assert same(found["o"] * found["c"].tanh() @ net.weight_hr_l0.T, net(x)[0], 1e-6)


@by_layer
@pytest.mark.parametrize("setting", [{"num_layers": 2}, {"bidirectional": True}], ids=str)
def test_the_gates_of_a_stack_are_refused(layer, setting):
    with pytest.raises(ValueError, match="num_layers=1"):
        names(f"{PAGE}/gates")["gates"](layer(D, H, **setting), torch.randn(5, 2, D))


def test_what_is_no_single_layer_or_no_tensor_is_refused():
    gates, x = names(f"{PAGE}/gates")["gates"], torch.randn(5, 2, D)
    model = nn.Sequential(nn.GRU(D, H))
    compiled = torch.compile(nn.GRU(D, H), backend="eager")
    for other in nn.RNN(D, H), nn.GRUCell(D, H), model, compiled:
        with pytest.raises(TypeError, match=r"nn.GRU or nn.LSTM"):
            gates(other, x)
    with pytest.raises(TypeError, match=r"tensor"):
        gates(nn.GRU(D, H), pack_sequence([x[:, 0]]))


@by_layer
@pytest.mark.parametrize("setting", [{"bias": False}, {"dtype": torch.float64}], ids=str)
def test_a_layer_is_taken_out_of_a_stack_as_it_is(layer, setting):
    net, x = layer(D, H, 2, **setting), torch.randn(5, 2, D, dtype=setting.get("dtype"))
    one_layer = names(f"{PAGE}/exercise_second")["one_layer"]
    assert same(one_layer(net, 1)(one_layer(net, 0)(x)[0])[0], net(x)[0], 1e-6)


@pytest.mark.parametrize("setting", [{"bidirectional": True}, {"proj_size": 2}], ids=str)
def test_a_layer_of_another_kind_of_stack_is_refused(setting):
    net = nn.LSTM(D, H, 2, **setting)
    with pytest.raises(ValueError, match="one direction"):
        names(f"{PAGE}/exercise_second")["one_layer"](net, 1)


@by_order
def test_a_sequence_without_a_batch_is_refused(batch_first):
    for name, module, more in (
        ("layer_norm", "LayerNormLSTM", ()),
        ("dropout", "RecurrentDropoutLSTM", (0.5, True)),
        ("norm_dropout", "NormDropoutLSTM", (0.5,)),
    ):
        net = names(f"{PAGE}/{name}")[module](D, H, *more, batch_first)
        with pytest.raises(ValueError, match="three dimensions"):
            net(torch.randn(5, D))
        with pytest.raises(AttributeError, match="'PackedSequence' object has no attribute 'dim'"):
            net(pack_sequence([torch.randn(5, D)]))


@by_layer
def test_a_stack_is_its_layers_one_after_another(layer):
    net, x = layer(D, H, 3), torch.randn(5, 2, D)
    out = x
    for k in range(3):
        out = names(f"{PAGE}/exercise_second")["one_layer"](net, k)(out)[0]
    assert same(out, net(x)[0], 1e-6)


@by_order
@pytest.mark.parametrize(
    "which", range(5), ids=["norm", "dropout", "both", "drop-lstm", "drop-gru"]
)
def test_with_nothing_changed_a_variant_is_the_layer(which, batch_first):
    ours, theirs = variants(batch_first)[which]
    x, parts = torch.randn(5, 6, D), []
    out, last = theirs(x)
    state = None
    for part in x.split(2, 1 if batch_first else 0):  # the state is handed on
        piece, state = ours(part, state)
        parts.append(piece)
    assert same(torch.cat(parts, 1 if batch_first else 0), out, 1e-6)
    for one, other in zip(state, last, strict=True):
        assert same(one, other, 1e-6)


@pytest.mark.parametrize("name", ["norm", "dropout", "both", "weights"])
def test_gradients_of_a_variant_are_right(name):
    if name == "norm":
        net = names(f"{PAGE}/layer_norm")["LayerNormLSTM"](2, 3)
    elif name == "dropout":
        net = names(f"{PAGE}/dropout")["RecurrentDropoutLSTM"](2, 3, 0.5, False)
    elif name == "both":
        net = names(f"{PAGE}/norm_dropout")["NormDropoutLSTM"](2, 3, 0.5)
    else:
        net = names(f"{PAGE}/weight_drop")["WeightDrop"](nn.LSTM(2, 3))
    net.double()
    parameters = dict(net.named_parameters())

    def run(x, *values):
        torch.manual_seed(1)  # the same masks each time
        given = dict(zip(parameters, values, strict=True))
        return torch.func.functional_call(net, given, (x,))[0]

    x = torch.randn(4, 2, 2).double().requires_grad_()
    assert torch.autograd.gradcheck(run, (x, *parameters.values()))


def normed(a, norm):
    """Layer normalisation as layers.py has it."""
    scale, bias = norm.weight.numpy(force=True), norm.bias.numpy(force=True)
    a = (a - a.mean(1)[:, None]) / np.sqrt(a.var(1)[:, None] + 1e-5)
    return scale * a + bias


def layer_norm_loop(net, x, carry_normed):
    """LSTM + LN in numpy, after lnlstm_layer; carry_normed: after PyTorch's LayerNormLSTMCell."""
    W, U, b = (w.numpy(force=True) for w in (net.ih.weight, net.hh.weight, net.ih.bias))
    h = c = np.zeros((x.shape[1], H))
    out = []
    for x_t in x.numpy():
        a = normed(x_t @ W.T + b, net.norm_x) + normed(h @ U.T, net.norm_h)
        i, f, g, o = np.split(a, 4, 1)
        i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
        c = f * c + i * np.tanh(g)
        seen = normed(c, net.norm_c)
        c = seen if carry_normed else c
        h = o * np.tanh(seen)
        out.append(h)
    return np.stack(out)


def lines_of_the_benchmark(language: str) -> list[str]:
    """The two lines that the page names for a norm on what is carried."""
    return re.findall(r"`([ch] = [^`]*tanh\(\)\)?)`", text(language))


@by_language
@pytest.mark.parametrize("carry_normed", [False, True], ids=["carried as is", "carried normed"])
def test_layer_norm_is_that_of_the_two_codes(language, carry_normed):
    source = (ROOT / f"snippets/{PAGE}/layer_norm.py").read_text("utf-8")
    if carry_normed:
        for line in lines_of_the_benchmark(language):
            source, count = re.subn(rf"(?m)^( +){line[0]} = .*tanh.*$", rf"\1{line}", source)
            assert count == 1
    scope: dict = {}
    exec(source, scope)
    net = scope["LayerNormLSTM"](D, H).double()
    for parameter in net.parameters():
        nn.init.normal_(parameter)
    x = torch.randn(5, 2, D).double()
    assert same(net(x)[0], layer_norm_loop(net, x, carry_normed))
    assert not same(net(x)[0], layer_norm_loop(net, x, not carry_normed), 1e-3)


def given(mask):
    """A stand-in for the module's own draw."""
    return lambda h: mask


@by_order
def test_recurrent_dropout_is_that_of_keras_with_one_mask_for_all_gates(keras, batch_first):
    net = names(f"{PAGE}/dropout")["RecurrentDropoutLSTM"](D, H, 0.5, True, batch_first)
    lstm = nn.LSTM(D, H)
    net.cell.load_state_dict(of_cell(lstm.state_dict()))
    x, mask = torch.randn(2, 5, D), dropout(torch.ones(2, H))
    theirs = keras.layers.LSTM(H, recurrent_dropout=0.5, return_sequences=True)
    theirs.build((None, None, D))
    theirs.set_weights(names("conventions/weights/to_keras")["to_keras"](lstm))
    theirs.cell.get_recurrent_dropout_mask = given([mask] * 4)
    net.mask = given(mask)
    out = net(x if batch_first else x.movedim(0, 1))[0]
    assert same(out if batch_first else out.movedim(0, 1), theirs(x, training=True), 1e-6)


def test_keras_draws_a_mask_for_each_gate_and_keeps_them_for_all_steps(keras):
    cell = keras.layers.LSTMCell(64, recurrent_dropout=0.5)
    masks = cell.get_recurrent_dropout_mask(torch.ones(1, 64))
    assert len({tuple(mask[0].tolist()) for mask in masks}) == 4
    assert cell.get_recurrent_dropout_mask(torch.ones(1, 64)) is masks


@pytest.mark.parametrize("once", [True, False])
def test_a_mask_is_drawn_once_or_at_each_step_and_is_each_sequence_s_own(once):
    net = names(f"{PAGE}/dropout")["RecurrentDropoutLSTM"](D, 64, 0.5, once)
    seen = []
    net.cell.register_forward_pre_hook(lambda _, args: seen.append(args[1]))
    net(torch.randn(6, 2, D), (torch.ones(1, 2, 64), torch.ones(1, 2, 64)))
    hidden = torch.stack([h == 0 for h, _ in seen])  # (time, batch, hidden)
    assert len(hidden.unique(dim=0)) == (1 if once else 6)
    assert not torch.equal(hidden[:, 0], hidden[:, 1])
    assert all((c != 0).all() for _, c in seen)


@pytest.mark.parametrize("once", [True, False])
def test_in_use_recurrent_dropout_does_nothing(once):
    net = names(f"{PAGE}/dropout")["RecurrentDropoutLSTM"](D, H, 0.5, once).eval()
    lstm = nn.LSTM(D, H)
    net.cell.load_state_dict(of_cell(lstm.state_dict()))
    x = torch.randn(5, 2, D)
    assert same(net(x)[0], lstm(x)[0], 1e-6)


def test_in_a_gru_the_mask_belongs_before_the_product_alone(keras):
    source = (ROOT / "snippets/pytorch/from-scratch/gru.py").read_text("utf-8")
    assert source.count("(h @ W_h.T") == 1
    scope: dict = {}
    mask = scope["mask"] = dropout(torch.ones(2, H))
    exec(source.replace("(h @ W_h.T", "((h * mask) @ W_h.T").split("limits =")[0], scope)
    gru, x = nn.GRU(D, H), torch.randn(5, 2, D)
    out, _ = scope["gru_layer"](x, torch.zeros(2, H), *gru.parameters())
    theirs = keras.layers.GRU(H, recurrent_dropout=0.5, return_sequences=True)
    theirs.build((None, None, D))
    theirs.set_weights(names("conventions/weights/to_keras")["to_keras"](gru))
    theirs.cell.get_recurrent_dropout_mask = given([mask] * 3)
    assert same(out, theirs(x.movedim(0, 1), training=True).movedim(0, 1), 1e-6)


def both(p, batch_first=False):
    return names(f"{PAGE}/norm_dropout")["NormDropoutLSTM"](D, H, p, batch_first)


def test_both_in_one_is_in_use_the_lstm_with_layer_norm():
    net, x = both(0.5).eval(), torch.randn(5, 2, D)
    alone = names(f"{PAGE}/layer_norm")["LayerNormLSTM"](D, H)
    alone.load_state_dict(net.state_dict())
    assert torch.equal(net(x)[0], alone(x)[0])


def test_both_in_one_is_without_norms_the_lstm_with_recurrent_dropout():
    net, lstm, x = both(0.5), nn.LSTM(D, H), torch.randn(5, 2, D)
    without_norms(net, lstm)
    alone = names(f"{PAGE}/dropout")["RecurrentDropoutLSTM"](D, H, 0.5, True)
    alone.cell.load_state_dict(of_cell(lstm.state_dict()))
    outs = []
    for each in net, alone:
        torch.manual_seed(1)  # the same mask
        outs.append(each(x)[0])
    assert same(*outs, 1e-6)
    assert not same(outs[0], net(x)[0], 1e-3)


@by_order
def test_the_forget_gates_kept_are_those_of_the_layer_and_hold_no_graph(batch_first):
    net, lstm = both(0.5, batch_first).eval(), nn.LSTM(D, H, batch_first=batch_first)
    without_norms(net, lstm)
    x, kept = torch.randn(5, 6, D), []
    net(x, forget=kept)
    forget = torch.stack(kept, int(batch_first))
    assert same(forget, names(f"{PAGE}/gates")["gates"](lstm, x)["f"], 1e-6)
    assert not forget.requires_grad


def test_the_gates_are_drawn_a_row_for_each_unit():
    plt.close("all")
    found = runpy.run_path(str(ROOT / f"snippets/{PAGE}/norm_dropout.py"))
    (image,) = plt.gcf().axes[0].images
    assert np.allclose(image.get_array(), found["f"][:, 0].T)
    assert Path("forget.png").read_bytes().startswith(b"\x89PNG")


@by_layer
@pytest.mark.parametrize("suffix", ["", "_reverse"])
def test_one_direction_of_a_net_of_both_is_a_layer_of_its_own(layer, suffix):
    net, half, x = layer(D, H, bidirectional=True), layer(D, H), torch.randn(5, 2, D)
    own = [name + suffix for name in half.state_dict()]
    half.load_state_dict({k.removesuffix("_reverse"): net.state_dict()[k] for k in own})
    parts = net(x)[0].chunk(2, -1)
    if suffix:
        assert same(half(x.flip(0))[0].flip(0), parts[1], 1e-6)
    else:
        assert same(half(x)[0], parts[0], 1e-6)


def classifier(language: str, name: str) -> str:
    """The recipe, or the file that uses its net, with the changes that the page names."""
    code = recipes.script("classify") if name == "script" else recipes.snippet("classify", name)
    table = text(language).partition("{ #both }")[2].partition("\n## ")[0]
    changes = re.findall(r"^\| `(.+)` \| `(.+)` \|$", table, re.M)
    assert len(changes) == 6
    (line,) = re.findall(r"`(from torch\.nn\.functional [^`]+)`", table)
    source = (ROOT / f"snippets/{PAGE}/norm_dropout.py").read_text("utf-8")
    code = recipes.applied(code, *changes)
    return code.replace("\nclass ", f"\n{recipes.net(source)}\n\n\nclass ", 1).replace(
        "import torch\n", f"import torch\n{line}\n", 1
    )


@by_language
def test_a_module_of_one_s_own_goes_into_the_script_that_classifies(language, tmp_path):
    script = recipes.load(tmp_path, classifier(language, "script"), EPOCHS=1, HIDDEN=4)
    assert script.run(0)["GRU"].keys() == {"accuracy", "balanced"}
    net = script.Classifier(["a", "b"]).eval()
    batch = ["of seven words or more", "ø", "abc"]
    alone = torch.cat([net([sequence]) for sequence in batch])
    assert same(net(batch), alone, 1e-6)
    assert not same(net(batch), net(["of seven", "øa", "ab"]), 1e-3)


@by_language
def test_a_module_of_one_s_own_goes_into_the_file_that_predicts(language, tmp_path):
    found = recipes.load(tmp_path, classifier(language, "use"))
    script = recipes.load(tmp_path, classifier(language, "script"))
    ours, theirs = (each.Classifier(["a", "b"]).eval() for each in (found, script))
    ours.load_state_dict(theirs.state_dict())
    assert torch.equal(ours(["abc", "ø"]), theirs(["abc", "ø"]))


@by_language
def test_the_gates_of_the_net_that_classifies_are_read_as_the_page_says(language, tmp_path):
    script = recipes.load(tmp_path, classifier(language, "script"))
    scope = {"net": script.Classifier(["a", "b"]), "s": "goedemorgen", "torch": torch}
    lines = re.findall(r"`(x = net\.embed.+?|net\.eval\(\)\.gru.+?)`", text(language))
    assert len(lines) == 2
    for line in lines:
        exec(line, scope)
    assert torch.stack(scope["kept"]).shape == (len("goedemorgen"), 1, script.HIDDEN)


@pytest.mark.proof
@by_language
def test_one_step_of_it_goes_into_onnx_as_the_page_says(language, tmp_path):
    script = recipes.load(tmp_path, classifier(language, "script"), HIDDEN=4)
    net = script.Classifier(["a", "b"]).eval().requires_grad_(False)
    step, answer = re.findall(r"`(out, \(h, c\) = net\.gru.+?|return net\.fc.+?)`", text(language))
    source = f"class OneStep(nn.Module):\n def forward(self, x_t, h, c):\n  {step}\n  {answer}\n"
    exec(source, scope := {"net": net, "nn": nn})
    model = scope["OneStep"]()
    model.net = net
    model.eval()
    h, c = torch.zeros(2, 1, 4)
    torch.onnx.export(model, (torch.tensor([97]), h, c), file := tmp_path / "step.onnx",
                      input_names=["x", "h", "c"], dynamo=True, verbose=False)  # fmt: skip
    session = onnxruntime.InferenceSession(file)
    for s in ("a", "goedemorgen"):
        h, c = np.zeros((2, 1, 4), np.float32)
        for byte in s.encode():
            y, h, c = session.run(None, {"x": np.array([byte]), "h": h, "c": c})
        assert same(torch.tensor(y), net([s]), 1e-5)


@by_layer
def test_weight_drop_runs_the_layer_with_the_weights_that_were_drawn(layer):
    wrapped, plain = (layer(D, H, 2, bidirectional=True) for _ in range(2))
    net, x = names(f"{PAGE}/weight_drop")["WeightDrop"](wrapped), torch.randn(5, 2, D)
    torch.manual_seed(1)
    out = net(x)[0]
    plain.load_state_dict(net.rnn.state_dict())  # the layer's own are where and what they were
    torch.manual_seed(1)
    with torch.no_grad():
        for name, weight in plain.named_parameters():
            if name.startswith("weight_hh"):
                weight.copy_(dropout(weight, 0.5))
    assert same(out, plain(x)[0], 1e-6)
    assert not same(out, net(x)[0], 1e-3)  # drawn anew
    assert torch.equal(net.eval()(x)[0], wrapped(x)[0])


@by_layer
def test_the_size_found_is_the_largest_within_the_budget(layer):
    found = names(f"{PAGE}/size")
    size = found["largest"](layer, 20_000)
    model = found["Model"](layer, size)
    count = sum(p.numel() for p in model.parameters())
    assert count == found["parameters"](layer, size) <= 20_000
    assert found["parameters"](layer, size + 1) > 20_000


@by_layer
@pytest.mark.parametrize("budget", [100, 10**10])
def test_a_budget_that_no_size_spends_is_refused(layer, budget):
    with pytest.raises(ValueError, match="hidden_size"):
        names(f"{PAGE}/size")["largest"](layer, budget)
