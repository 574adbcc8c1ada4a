import io

import onnx
import torch
from onnx import numpy_helper, parser
from onnx.helper import get_attribute_value
from torch import nn

# float32, float16, float64, bfloat16
FLOATS = 1, 10, 11, 16
# r z n, i f g o
ORDER = {"GRU": [1, 0, 2], "LSTM": [0, 2, 3, 1]}
INPUTS = [
    "W",
    "R",
    "B",
    "sequence_lens",
    "initial_h",
    "initial_c",
    "P",
]
WHY = {
    "linear_before_reset": " (0: r before the product)",
    "direction": " (reverse=True: turn x and out round)",
}


def require(key, want, got):
    if got != want:
        why = WHY.get(key.split()[-1], "")
        raise ValueError(
            f"{key}: expected {want}, got {got}{why}"
        )


def check(k, node, rnn, reverse):
    sides, gru = (
        1 + rnn.bidirectional,
        node.op_type == "GRU",
    )
    one_way = b"reverse" if reverse else b"forward"
    got = {
        "direction": b"forward",
        "linear_before_reset": 0,
    }
    got |= {
        a.name: get_attribute_value(a)
        for a in node.attribute
    }
    want = {
        "hidden_size": rnn.hidden_size,
        "direction": b"bidirectional"
        if sides == 2
        else one_way,
        "linear_before_reset": int(gru),
        "activations": [b"Sigmoid", b"Tanh", b"Tanh"][
            : 3 - gru
        ]
        * sides,
        "input_forget": 0,
        "layout": got.get("layout"),
    }
    for name, value in got.items():
        require(f"layer {k}, {name}", want.get(name), value)


def stored(graph, key):
    found = [a for a in graph.initializer if key == a.name]
    for node in graph.node:
        if (
            key
            and key in node.output
            and node.op_type != "Shape"
        ):
            found += [
                a.t
                for a in node.attribute
                if a.HasField("t")
            ]
            below = sum(
                (
                    stored(graph, name)
                    for name in node.input
                ),
                [],
            )
            found += [
                a for a in below if a.data_type in FLOATS
            ]
    return [
        a for a in found if numpy_helper.to_array(a).any()
    ]


@torch.no_grad()
def from_onnx(model, rnn, reverse=False):
    require("bias", True, rnn.bias)
    require("proj_size", 0, rnn.proj_size)
    graph, sides, new = (
        model.graph,
        1 + rnn.bidirectional,
        [],
    )
    arrays = {
        a.name: numpy_helper.to_array(a)
        for a in graph.initializer
    }
    nodes = [n for n in graph.node if n.op_type in ORDER]
    require("layers", rnn.num_layers, len(nodes))
    for k, node in enumerate(nodes):
        check(k, node, rnn, reverse)
        given = dict(
            zip(INPUTS, node.input[1:], strict=False)
        )
        P = given.get("P", "")
        more = [
            n
            for n in INPUTS[3:]
            if stored(graph, given.get(n))
        ]
        more += [P] if P and P not in arrays else []
        require(f"layer {k}, beside W, R, B", [], more)
        W_i, W_h, b_i, _ = rnn.all_weights[k * sides]
        parts, order = [], ORDER[node.op_type]
        wanted = W_i.shape, W_h.shape, (2 * len(b_i),)
        for name, shape in zip("WRB", wanted, strict=True):
            w = torch.zeros(sides, *shape)
            if name != "B" or given.get("B"):
                a = arrays.get(given.get(name))
                got = "nothing" if a is None else a.shape
                require(
                    f"layer {k}, {name}",
                    tuple(w.shape),
                    got,
                )
                w = torch.tensor(a)
            parts.append(w)
        for W, R, B in zip(*parts, strict=True):
            for w in W, R, *B.chunk(2):
                blocks = w.chunk(len(order))
                new.append(
                    torch.cat([blocks[i] for i in order])
                )
    for parameter, w in zip(
        rnn.parameters(), new, strict=True
    ):
        parameter.copy_(w)


torch.manual_seed(0)
sizes = dict(num_layers=2, bidirectional=True)
x = torch.randn(7, 3, 5)  # (time, batch, features)
for cell in nn.GRU, nn.LSTM:
    exported, rnn = cell(5, 8, **sizes), cell(5, 8, **sizes)
    torch.onnx.export(
        exported, (x,), file := io.BytesIO(), dynamo=False
    )
    model = onnx.load_from_string(file.getvalue())
    from_onnx(model, rnn)
    print(
        cell.__name__,
        torch.equal(rnn(x)[0], exported(x)[0]),
    )
default = parser.parse_model("""<ir_version: 10, opset_import: ["": 22]>
g (float[T, N, 5] x, float[1, 24, 5] W, float[1, 24, 8] R, float[1, 48] B)
    => (float[T, 1, N, 8] y) { y = GRU <hidden_size=8> (x, W, R, B) }""")
for wrong, rnn in (
    (model, nn.GRU(5, 8, **sizes)),
    (default, nn.GRU(5, 8)),
):
    try:
        from_onnx(wrong, rnn)
    except ValueError as error:
        print(f"{type(error).__name__}: {error}")
