"""Weights move between PyTorch, Keras, ONNX Runtime, Flax and JAX without loss, at any size.

What is tested is what a reader pastes: the snippets themselves are run, and their functions used.
Only the tests that use JAX and Flax import them.
"""

import io
import warnings

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import helper, numpy_helper, parser
from torch import nn

from tests.sources import names

# The same examples in each run: a failure is found again, and a change that passes stays passed.
FEW = settings(max_examples=12, deadline=None, derandomize=True)
CELLS = [nn.GRU, nn.LSTM]
jax_and_flax = pytest.mark.proof  # they take ten seconds to import, and seconds to compile a net
LIMIT = 1e-6


def function(name: str, snippet: str | None = None):
    """A function of a snippet, by the snippet's name where it is another."""
    return names(f"conventions/weights/{snippet or name}")[name]


@pytest.fixture(scope="module")
def keras():
    function("to_keras")  # the snippet chooses Keras's backend before it imports it
    import keras

    return keras


@st.composite
def nets(draw, cells=CELLS, most_layers=3):
    """A layer of PyTorch with random weights, and an input for it."""
    features, hidden = draw(st.integers(1, 6)), draw(st.integers(1, 9))
    torch.manual_seed(draw(st.integers(0, 999)))
    rnn = draw(st.sampled_from(cells))(
        features,
        hidden,
        draw(st.integers(1, most_layers)),
        bidirectional=draw(st.booleans()),
        batch_first=True,
    )
    return rnn, torch.randn(draw(st.integers(1, 3)), draw(st.integers(1, 5)), features)


def like(rnn):
    """A net of the same sizes, with other weights."""
    return type(rnn)(
        rnn.input_size, rnn.hidden_size, rnn.num_layers,
        bidirectional=rnn.bidirectional, batch_first=True,
    )  # fmt: skip


def close(ours, theirs) -> bool:
    return bool(np.abs(np.asarray(ours) - np.asarray(theirs)).max() < LIMIT)


def output(rnn, x):
    return rnn(x)[0].numpy(force=True)


def with_gradients(rnn, x, summed: int):
    """A net of the same sizes whose weights are the gradients of the mean square of the output.

    In the first `summed` gates the other framework has one bias for PyTorch's two. There the second
    is 0, so that the sum of both is the gradient of the one.
    """
    rnn(x)[0].square().mean().backward()
    gradients = like(rnn)
    with torch.no_grad():
        for found, parameter in zip(gradients.parameters(), rnn.parameters(), strict=True):
            found.copy_(parameter.grad)
        for *_, b_h in gradients.all_weights:
            b_h[: summed * rnn.hidden_size] = 0
    return gradients


def keras_like(keras, rnn):
    """Keras's layers of the same sizes."""
    layer = getattr(keras.layers, type(rnn).__name__)
    model = keras.Sequential([keras.Input((None, rnn.input_size))])
    for _ in range(rnn.num_layers):
        one = layer(rnn.hidden_size, return_sequences=True)
        model.add(keras.layers.Bidirectional(one) if rnn.bidirectional else one)
    return model


@FEW
@given(net=nets())
def test_keras_and_back(keras, net):
    rnn, x = net
    model, back = keras_like(keras, rnn), like(rnn)
    model.set_weights(function("to_keras")(rnn))
    function("from_keras")(model.weights, back)
    assert close(output(rnn, x), model(x).numpy(force=True))
    assert close(output(rnn, x), output(back, x))


def test_keras_counts_as_many_in_a_gru_and_one_bias_a_gate_fewer_in_an_lstm(keras):
    for rnn, fewer in ((nn.GRU(3, 4), 0), (nn.LSTM(3, 4), 4 * 4)):
        ours = sum(parameter.numel() for parameter in rnn.parameters())
        assert keras_like(keras, rnn).count_params() == ours - fewer


@FEW
@given(net=nets())
def test_keras_has_the_same_gradients(keras, net):
    rnn, x = net
    model = keras_like(keras, rnn)
    model.set_weights(function("to_keras")(rnn))
    model(x).square().mean().backward()
    summed = {nn.GRU: 0, nn.LSTM: 4}[type(rnn)]
    expected = function("to_keras")(with_gradients(rnn, x, summed))
    for w, gradient in zip(model.weights, expected, strict=True):
        assert close(gradient, w.value.grad), w.path


def onnx_model(rnn):
    """The operators of the layers of a net, one after another, with their weights."""
    cell, sides = type(rnn).__name__, 1 + rnn.bidirectional
    options = f"hidden_size={rnn.hidden_size}"
    options += ', direction="bidirectional"' if rnn.bidirectional else ""
    options += ", linear_before_reset=1" if cell == "GRU" else ""
    lines, y = [], "x"
    for k in range(rnn.num_layers):
        lines += [
            f"Y{k} = {cell} <{options}> ({y}, W{k}, R{k}, B{k})",
            f"T{k} = Transpose <perm = [0, 2, 1, 3]> (Y{k})",
            f"y{k} = Reshape (T{k}, shape)",
        ]
        y = f"y{k}"
    model = parser.parse_model(
        f'<ir_version: 10, opset_import: ["": 22]> g (float[T, N, {rnn.input_size}] x) => '
        f"(float[T, N, {sides * rnn.hidden_size}] {y}) <int64[3] shape = {{0, 0, -1}}> "
        f"{{ {' '.join(lines)} }}"
    )
    for k, arrays in enumerate(function("to_onnx")(rnn)):
        for name, array in arrays.items():
            model.graph.initializer.append(
                helper.make_tensor(f"{name}{k}", 1, array.shape, array.tobytes(), raw=True)
            )
    return model


@FEW
@given(net=nets())
def test_onnx_runtime_and_back(net):
    rnn, x = net
    model, back = onnx_model(rnn), like(rnn)
    session = onnxruntime.InferenceSession(model.SerializeToString())
    (out,) = session.run(None, {"x": x.transpose(0, 1).numpy()})
    assert close(output(rnn, x), out.transpose(1, 0, 2))
    function("from_onnx")(model, back)
    assert all(torch.equal(a, b) for a, b in zip(rnn.parameters(), back.parameters(), strict=True))


def linen_like(rnn):
    from flax import linen

    cell = linen.GRUCell if isinstance(rnn, nn.GRU) else linen.OptimizedLSTMCell
    runs = [
        [linen.RNN(cell(rnn.hidden_size)) for _ in range(1 + rnn.bidirectional)]
        for _ in range(rnn.num_layers)
    ]
    return linen.Sequential(
        [linen.Bidirectional(*run) if rnn.bidirectional else run[0] for run in runs]
    )


@jax_and_flax
@settings(FEW, max_examples=6)
@given(net=nets(most_layers=2))
def test_flax_and_back(net):
    rnn, x = net
    model, params, back = linen_like(rnn), function("to_flax")(rnn), like(rnn)
    assert close(output(rnn, x), model.apply(params, x.numpy()))
    function("from_flax")(params, back)
    assert close(output(rnn, x), output(back, x))


@jax_and_flax
@settings(FEW, max_examples=4)
@given(net=nets(most_layers=2))
def test_flax_has_the_same_gradients(net):
    import jax

    rnn, x = net
    model = linen_like(rnn)
    loss = jax.jit(jax.grad(lambda params: (model.apply(params, x.numpy()) ** 2).mean()))
    found = loss(function("to_flax")(rnn))
    summed = {nn.GRU: 2, nn.LSTM: 4}[type(rnn)]
    expected = function("to_flax")(with_gradients(rnn, x, summed))
    assert jax.tree.all(jax.tree.map(close, expected, found))


@jax_and_flax
@settings(FEW, max_examples=4)
@given(net=nets(most_layers=2))
def test_nnx_and_back_unless_the_gru_has_a_bias_that_nnx_has_not(net):
    import jax
    from flax import nnx

    rnn, x = net
    cell = nnx.GRUCell if isinstance(rnn, nn.GRU) else nnx.OptimizedLSTMCell
    sides, hidden = 1 + rnn.bidirectional, rnn.hidden_size
    sizes = [rnn.input_size] + [sides * hidden] * (rnn.num_layers - 1)
    cells = [cell(size, hidden, rngs=nnx.Rngs(0)) for size in sizes for _ in range(sides)]
    to_nnx, from_nnx = function("to_nnx", "nnx"), function("from_nnx", "nnx")
    if cell is nnx.GRUCell:
        before = [jax.device_get(c.dense_i.kernel[...]) for c in cells]
        with pytest.raises(ValueError, match=r"^cells\[0\]: no place for b_hn"):
            to_nnx(rnn, cells)
        assert all((c.dense_i.kernel[...] == b).all() for c, b in zip(cells, before, strict=True))
        for *_, b_h in rnn.all_weights:
            nn.init.zeros_(b_h[2 * hidden :])
    to_nnx(rnn, cells)
    y = x.numpy()
    for k in range(0, len(cells), sides):
        runs = [nnx.RNN(cell) for cell in cells[k : k + sides]]
        y = (nnx.Bidirectional(*runs) if rnn.bidirectional else runs[0])(y)
    assert close(output(rnn, x), y)
    from_nnx(cells, back := like(rnn))
    assert close(output(rnn, x), output(back, x))


@jax_and_flax
@settings(FEW, max_examples=4)
@given(net=nets(cells=[nn.LSTM], most_layers=2))
def test_jax(net):
    import jax
    from jax.experimental import rnn as jax_rnn

    lstm, x = net
    sizes = lstm.input_size, lstm.hidden_size, lstm.num_layers
    flat = jax.numpy.asarray(function("to_jax", "jax_cell")(lstm))
    weights = jax_rnn.unpack_lstm_weights(flat, *sizes, lstm.bidirectional)
    state = np.zeros((len(lstm.all_weights), len(x), lstm.hidden_size), np.float32)
    lengths = np.full(len(x), x.shape[1], np.int32)
    out, _, _ = jax_rnn.lstm_ref(
        x.numpy(), state, state, *weights, lengths, *sizes, 0.0, lstm.bidirectional
    )
    assert close(output(lstm, x), out)


@pytest.mark.parametrize("rnn", [nn.GRU(2, 3, bias=False), nn.LSTM(2, 3, proj_size=1)], ids=str)
@pytest.mark.parametrize("target", ["keras", "onnx", pytest.param("flax", marks=jax_and_flax)])
def test_what_has_no_place_is_refused(target, rnn):
    with pytest.raises(ValueError, match="needs bias=True and proj_size=0"):
        function(f"to_{target}")(rnn)


def keras_weights(keras, change):
    """The weights of a Keras LSTM with 2 features and 3 units, or what was made of them."""
    layer = keras.layers.LSTM(3, name="lstm")
    layer.build((None, None, 2))
    return change(layer.weights)


@pytest.mark.parametrize(
    "change, rnn, message",
    [
        (list, nn.GRU(2, 3), "lstm/lstm_cell/kernel: expected (2, 9), got (2, 12)"),
        (list, nn.LSTM(2, 4), "lstm/lstm_cell/kernel: expected (2, 16), got (2, 12)"),
        (lambda w: w[:2], nn.LSTM(2, 3), "cell 0: expected (12,), got nothing"),
        (lambda w: w + w, nn.LSTM(2, 3), "weights left: expected 0, got 3"),
    ],
)
def test_keras_weights_that_do_not_fit_are_named_and_nothing_is_changed(
    keras, change, rnn, message
):
    refused("from_keras", keras_weights(keras, change), rnn, message)


@FEW
@given(net=nets())
def test_keras_weights_may_come_as_layers_variables_or_arrays(keras, net):
    rnn, x = net
    model = keras_like(keras, rnn)
    for source in model.layers, model.weights, model.get_weights():
        function("from_keras")(source, back := like(rnn))
        assert close(output(back, x), model(x).numpy(force=True))


def test_a_keras_array_that_does_not_fit_is_named_by_its_place(keras):
    weights = keras_weights(keras, lambda variables: [w.numpy() for w in variables])
    refused("from_keras", weights, nn.LSTM(2, 4), "cell 0: expected (2, 16), got (2, 12)")


@pytest.mark.parametrize(
    "settings, bidirectional, message",
    [
        ({"go_backwards": True}, False, "lstm, go_backwards: expected False, got True"),
        ({"activation": "relu"}, False, "lstm, activation: expected tanh, got relu"),
        ({"recurrent_activation": "hard_sigmoid"}, False,
         "lstm, recurrent_activation: expected sigmoid, got hard_sigmoid"),
        ({}, True, "lstm, bidirectional: expected True, got False"),
        ({"merge_mode": "sum"}, True, "lstm, merge_mode: expected concat, got sum"),
        ({"merge_mode": "concat"}, False, "lstm, bidirectional: expected False, got True"),
    ],
)  # fmt: skip
def test_what_a_keras_layer_computes_otherwise_is_refused(keras, settings, bidirectional, message):
    if "merge_mode" in settings:
        layer = keras.layers.Bidirectional(keras.layers.LSTM(3), name="lstm", **settings)
    else:
        layer = keras.layers.LSTM(3, name="lstm", **settings)
    layer.build((None, None, 2))
    refused("from_keras", [layer], nn.LSTM(2, 3, bidirectional=bidirectional), message)


def refused(name, weights, rnn, message, **options):
    """That a function refuses weights with a message, and leaves the net as it was."""
    before = [p.clone() for p in rnn.parameters()]
    with pytest.raises(ValueError) as error:
        function(name)(weights, rnn, **options)
    assert str(error.value) == message
    assert all(torch.equal(a, b) for a, b in zip(before, rnn.parameters(), strict=True))


def test_a_keras_gru_with_the_reset_before_the_product_is_refused(keras):
    layer = keras.layers.GRU(3, reset_after=False, name="gru")
    layer.build((None, None, 2))
    refused("from_keras", layer.weights, nn.GRU(2, 3),
            "gru/gru_cell/bias: expected (2, 9), got (9,)")  # fmt: skip


@pytest.mark.parametrize(
    "rnn, message",
    [
        (nn.GRU(2, 3), "layer 0, W: expected (1, 9, 2), got (1, 12, 2)"),
        (nn.LSTM(2, 4), "layer 0, hidden_size: expected 4, got 3"),
        (nn.LSTM(5, 3), "layer 0, W: expected (1, 12, 5), got (1, 12, 2)"),
        (nn.LSTM(2, 3, 2), "layers: expected 2, got 1"),
        (
            nn.LSTM(2, 3, bidirectional=True),
            "layer 0, direction: expected b'bidirectional', got b'forward'"
            " (reverse=True: turn x and out round)",
        ),
    ],
)
def test_onnx_weights_that_do_not_fit_are_named_and_nothing_is_changed(rnn, message):
    refused("from_onnx", onnx_model(nn.LSTM(2, 3)), rnn, message)


R_BEFORE = "linear_before_reset: expected 1, got 0 (0: r before the product)"
TURN = " (reverse=True: turn x and out round)"


def test_an_onnx_gru_with_the_reset_before_the_product_is_refused():
    model = onnx_model(nn.GRU(2, 3))
    del model.graph.node[0].attribute[1]
    refused("from_onnx", model, nn.GRU(2, 3), f"layer 0, {R_BEFORE}")


@pytest.mark.parametrize(
    "name, value, message",
    [
        ("direction", "reverse", f"direction: expected b'forward', got b'reverse'{TURN}"),
        ("clip", 0.5, "clip: expected None, got 0.5"),
        ("input_forget", 1, "input_forget: expected 0, got 1"),
        (
            "activations",
            ["Relu"],
            "activations: expected [b'Sigmoid', b'Tanh', b'Tanh'], got [b'Relu']",
        ),
    ],
)
def test_an_onnx_lstm_that_computes_something_else_is_refused(name, value, message):
    model = onnx_model(nn.LSTM(2, 3))
    model.graph.node[0].attribute.append(helper.make_attribute(name, value))
    refused("from_onnx", model, nn.LSTM(2, 3), f"layer 0, {message}")


def onnx_lstm(*more: np.ndarray | None, direction="forward", **attributes):
    """An operator LSTM with its weights stored, and what comes behind B stored or handed in."""
    model = onnx_model(nn.LSTM(2, 3))
    node, keys = model.graph.node[0], ["lens", "h", "c", "P"]
    node.input.extend(keys[: len(more)])
    node.attribute.extend(helper.make_attribute(k, v) for k, v in attributes.items())
    for key, array in zip(keys, more, strict=False):
        if array is not None:
            model.graph.initializer.append(numpy_helper.from_array(array, key))
    return model


LENS, ZERO, ONE = np.array([4, 2, 1], np.int32), np.zeros((1, 3, 3), "f"), np.ones((1, 3, 3), "f")


@pytest.mark.parametrize(
    "more, named",
    [
        ([LENS], ["sequence_lens"]),
        ([None, ONE], ["initial_h"]),
        ([None, ZERO, ONE], ["initial_c"]),
        ([LENS, ONE, ONE, np.ones((1, 9), "f")],
         ["sequence_lens", "initial_h", "initial_c", "P"]),
        ([None, ZERO, ZERO, None], ["P"]),
    ],
)  # fmt: skip
def test_what_an_onnx_file_stores_beside_the_weights_is_refused(more, named):
    refused("from_onnx", onnx_lstm(*more), nn.LSTM(2, 3),
            f"layer 0, beside W, R, B: expected [], got {named}")  # fmt: skip


@pytest.mark.parametrize(
    "model",
    [
        onnx_lstm(None, ZERO, ZERO, np.zeros((1, 9), "f")),
        onnx_lstm(None, None, None),
        onnx_lstm(layout=1),
        onnx_lstm(activations=["Sigmoid", "Tanh", "Tanh"]),
    ],
    ids=["zeros", "handed in", "layout", "activations"],
)
def test_what_changes_no_weight_is_accepted(model):
    function("from_onnx")(model, rnn := nn.LSTM(2, 3))
    stored = {a.name: numpy_helper.to_array(a) for a in model.graph.initializer}
    assert torch.equal(rnn.weight_ih_l0[:3], torch.tensor(stored["W0"][0, :3]))


class LearnedStart(nn.Module):
    def __init__(self, start):
        super().__init__()
        self.h_0, self.gru = nn.Parameter(start), nn.GRU(2, 3)

    def forward(self, x):
        return self.gru(x, self.h_0.expand(1, x.shape[1], 3).contiguous())


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("axes", [None, {"x": {0: "time", 1: "batch"}}])
@pytest.mark.parametrize("start, is_moved", [(torch.zeros(1, 1, 3), True),
                                             (torch.ones(1, 1, 3), False)])  # fmt: skip
def test_a_start_state_that_was_learnt_is_not_dropped(start, is_moved, axes):
    net, back, file = LearnedStart(start), nn.GRU(2, 3), io.BytesIO()
    torch.onnx.export(net, (torch.randn(4, 5, 2),), file, dynamo=False, verbose=False,
                      input_names=["x"], dynamic_axes=axes)  # fmt: skip
    model = onnx.load_from_string(file.getvalue())
    if is_moved:
        function("from_onnx")(model, back)
        assert torch.equal(net.gru.weight_hh_l0, back.weight_hh_l0)
    else:
        refused("from_onnx", model, back,
                "layer 0, beside W, R, B: expected [], got ['initial_h']")  # fmt: skip


def test_an_onnx_lstm_without_a_bias_has_biases_of_0():
    model = onnx_model(nn.LSTM(2, 3))
    del model.graph.node[0].input[3:]
    function("from_onnx")(model, rnn := nn.LSTM(2, 3))
    assert not rnn.bias_ih_l0.any() and not rnn.bias_hh_l0.any()
    model.graph.node[0].input.append("computed")
    refused("from_onnx", model, nn.LSTM(2, 3), "layer 0, B: expected (1, 24), got nothing")


MOVED = ["test_lstm_defaults", "test_lstm_with_initial_bias", "test_lstm_batchwise",
         "test_lstm_reverse", "test_lstm_bidirectional"]  # fmt: skip
REFUSED = {
    "test_gru_defaults": R_BEFORE,
    "test_gru_with_initial_bias": R_BEFORE,
    "test_gru_seq_length": R_BEFORE,
    "test_gru_batchwise": R_BEFORE,
    "test_gru_reverse": R_BEFORE,
    "test_gru_bidirectional": R_BEFORE,
    "test_lstm_with_peepholes": "beside W, R, B: expected [], got ['sequence_lens', 'P']",
}


@pytest.fixture(scope="module")
def cases():
    """The examples of GRU and LSTM that ship with onnx; W, R, B and P are handed in there."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from onnx.backend.test.case import node
        from onnx.backend.test.case.node import gru, lstm  # noqa: F401 (they fill the list)
    # Its public function imports and computes the examples of every operator, for seconds.
    return {case.name: case for case in node._NodeTestCases}


def test_every_case_of_the_onnx_project_is_here(cases):
    assert sorted([*MOVED, *REFUSED]) == sorted(
        name for name in cases if name.startswith(("test_gru_", "test_lstm_"))
    )


@pytest.mark.parametrize("name", [*MOVED, *REFUSED])
def test_a_case_of_the_onnx_project_gives_its_output_or_is_refused(cases, name):
    case = cases[name]
    model, (arrays, expected) = case.model, case.data_sets[0]
    (node,) = model.graph.node
    x, *stored = zip([key for key in node.input if key], arrays, strict=True)
    for key, array in stored:
        model.graph.initializer.append(numpy_helper.from_array(array, key))
    attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
    reverse = attributes.get("direction") == b"reverse"
    rnn = getattr(nn, node.op_type)(
        x[1].shape[2], attributes["hidden_size"],
        batch_first=bool(attributes.get("layout")),
        bidirectional=attributes.get("direction") == b"bidirectional",
    )  # fmt: skip
    if name in REFUSED:
        refused("from_onnx", model, rnn, f"layer 0, {REFUSED[name]}", reverse=reverse)
        return
    function("from_onnx")(model, rnn, reverse)
    time = 1 if rnn.batch_first else 0
    last_input = torch.tensor(x[1])
    out, states = rnn(last_input.flip(time) if reverse else last_input)
    out = out.flip(time) if reverse else out
    out = out.unflatten(-1, (1 + rnn.bidirectional, -1))
    turned = [s.transpose(0, 1) if rnn.batch_first else s for s in states]
    ours = {
        "Y": out if rnn.batch_first else out.transpose(1, 2),
        "Y_h": turned[0],
        "Y_c": turned[1],
    }
    for key, array in zip([key for key in node.output if key], expected, strict=True):
        torch.testing.assert_close(ours[key], torch.tensor(array), atol=LIMIT, rtol=0)


@jax_and_flax
@pytest.mark.parametrize(
    "rnn, message",
    [
        (nn.GRU(2, 3), "layers_0/cell/ir/kernel: expected (2, 3), got nothing"),
        (nn.LSTM(2, 4), "layers_0/cell/ii/kernel: expected (2, 4), got (2, 3)"),
        (nn.LSTM(2, 3, 2), "layers_1/cell/ii/kernel: expected (3, 3), got nothing"),
        (nn.LSTM(2, 3, bias=False), "bias: expected True, got False"),
        (nn.LSTM(2, 3, proj_size=1), "proj_size: expected 0, got 1"),
        (nn.LSTM(2, 3, bidirectional=True),
         "layers_0/forward_rnn/cell/ii/kernel: expected (2, 3), got nothing"),
    ],
)  # fmt: skip
def test_flax_weights_that_do_not_fit_are_named_and_nothing_is_changed(rnn, message):
    refused("from_flax", function("to_flax")(nn.LSTM(2, 3)), rnn, message)


@jax_and_flax
def test_a_flax_layer_too_many_is_refused():
    params = function("to_flax")(nn.GRU(2, 3, 2))
    with pytest.raises(
        ValueError, match=r"arrays left: expected \[\], got \['layers_1/cell/hn/bias'"
    ):
        function("from_flax")(params, nn.GRU(2, 3))


@jax_and_flax
def test_what_was_moved_does_not_change_with_the_net():
    lstm = nn.LSTM(2, 3)
    for kernel in (
        function("to_keras")(lstm)[0],
        function("to_flax")(lstm)["params"]["layers_0"]["cell"]["ii"]["kernel"],
    ):
        before = kernel.copy()
        nn.init.zeros_(lstm.weight_ih_l0)
        assert (kernel == before).all()
        lstm = nn.LSTM(2, 3)


@jax_and_flax
@pytest.mark.parametrize(
    "rnn, message",
    [
        (nn.LSTM(2, 4), "cells[0].dense_i.kernel: expected (2, 16), got (2, 12)"),
        (nn.GRU(2, 3), "cells[0].dense_i.kernel: expected (2, 9), got (2, 12)"),
    ],
)
def test_nnx_weights_that_do_not_fit_are_named_and_nothing_is_changed(rnn, message):
    from flax import nnx

    cells = [nnx.OptimizedLSTMCell(2, 3, rngs=nnx.Rngs(0))]
    with pytest.raises(ValueError) as error:
        function("from_nnx", "nnx")(cells, rnn)
    assert str(error.value) == message
    with pytest.raises(ValueError, match="cells: expected 2, got 1"):
        function("from_nnx", "nnx")(cells, nn.LSTM(2, 3, 2))
    with pytest.raises(ValueError, match="dense_i.kernel: expected .*, got nothing"):
        function("to_nnx", "nnx")(nn.LSTM(2, 3), [nnx.LSTMCell(2, 3, rngs=nnx.Rngs(0))])


def arrays(rnn):
    """A layer's two matrices, and its two biases as one array."""
    W, R, *b = (w.detach().clone() for w in rnn.parameters())
    return W, R, torch.cat(b)


def found(x, y, W, R, b) -> list:
    return list(function("identify")(x, y, W, R, b))


@pytest.fixture
def x():
    torch.manual_seed(0)
    return torch.randn(6, 2, 5)  # (time, batch, features)


@pytest.mark.parametrize(
    "cell, expected",
    [
        (nn.GRU, ("rzn", {"after": True, "keeps": True})),
        (nn.LSTM, ("ifgo", {"forget": 0.0})),
    ],
)
def test_the_convention_of_pytorch_is_found_and_no_other(x, cell, expected):
    rnn = cell(5, 8)
    assert found(x, rnn(x)[0].detach(), *arrays(rnn)) == [expected]


def test_the_convention_is_found_where_the_input_matrix_is_square():
    torch.manual_seed(0)
    x, gru = torch.randn(6, 2, 24), nn.GRU(24, 8)
    assert found(x, gru(x)[0].detach(), *arrays(gru)) == [("rzn", {"after": True, "keeps": True})]


@pytest.mark.parametrize("after", [True, False])
def test_the_convention_of_keras_is_found(keras, x, after):
    layer = keras.layers.GRU(8, reset_after=after, return_sequences=True)
    layer.build((None, None, 5))
    layer.set_weights([np.random.default_rng(0).normal(0, 0.3, w.shape) for w in layer.weights])
    y = layer(x.transpose(0, 1)).detach().transpose(0, 1)
    weights = [torch.tensor(w) for w in layer.get_weights()]
    assert found(x, y, *weights) == [("zrn", {"after": after, "keeps": True})]


def test_an_update_gate_that_points_the_other_way_is_found(x):
    gru = nn.GRU(5, 8)
    y = gru(x)[0].detach()
    for parameter in gru.parameters():
        parameter.data[8:16] *= -1
    assert found(x, y, *arrays(gru)) == [("rzn", {"after": True, "keeps": False})]


def test_a_forget_bias_that_is_added_at_run_time_is_found(x):
    lstm = nn.LSTM(5, 8)
    y = lstm(x)[0].detach()
    lstm.bias_ih_l0.data[8:16] -= 1
    assert found(x, y, *arrays(lstm)) == [("ifgo", {"forget": 1.0})]


def test_outputs_of_another_net_fit_no_convention(x):
    assert found(x, nn.GRU(5, 8)(x)[0].detach(), *arrays(nn.GRU(5, 8))) == []
