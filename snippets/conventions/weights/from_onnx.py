import io
from itertools import zip_longest

import onnx
import torch
from onnx import parser
from onnx.helper import get_attribute_value
from onnx.numpy_helper import to_array
from torch import Tensor, nn

# float32, float16, float64, bfloat16
FLOATS = 1, 10, 11, 16
# r z n, i f g o
ORDER = {"GRU": [1, 0, 2], "LSTM": [0, 2, 3, 1]}
BESIDE = ["sequence_lens", "initial_h", "initial_c", "P"]
WHY = {
    "linear_before_reset": " (0: r before the product)",
    "direction": " (reverse=True: turn x and out round)",
}


def require(key: str, want: object, got: object) -> None:
    if got != want:
        why = WHY.get(key.split()[-1], "")
        message = f"{key}: expected {want}, got {got}{why}"
        raise ValueError(message)


def reorder(w: Tensor, order: list[int]) -> Tensor:
    blocks = w.chunk(len(order))
    return torch.cat([blocks[k] for k in order])


def check(
    k: int,
    node: onnx.NodeProto,
    rnn: nn.GRU | nn.LSTM,
    reverse: bool,
) -> None:
    gru = node.op_type == "GRU"
    # what a file may leave out
    got = dict(direction=b"forward", linear_before_reset=0)
    for a in node.attribute:
        got[a.name] = get_attribute_value(a)
    direction = b"reverse" if reverse else b"forward"
    if rnn.bidirectional:
        direction = b"bidirectional"
    functions = [b"Sigmoid", b"Tanh", b"Tanh"][: 3 - gru]
    want = {
        "hidden_size": rnn.hidden_size,
        "direction": direction,
        "linear_before_reset": int(gru),
        "activations": functions * (1 + rnn.bidirectional),
        "input_forget": 0,
        "layout": got.get("layout"),
    }
    for name, value in got.items():
        require(f"layer {k}, {name}", want.get(name), value)


def stored(
    graph: onnx.GraphProto, key: str
) -> list[onnx.TensorProto]:
    found = [a for a in graph.initializer if a.name == key]
    for node in graph.node:
        makes_key = key and key in node.output
        if not makes_key or node.op_type == "Shape":
            continue
        for a in node.attribute:
            if a.HasField("t"):
                found.append(a.t)
        for name in node.input:
            for a in stored(graph, name):
                if a.data_type in FLOATS:
                    found.append(a)
    return [a for a in found if to_array(a).any()]


@torch.no_grad()
def from_onnx(
    model: onnx.ModelProto,
    rnn: nn.GRU | nn.LSTM,
    reverse: bool = False,
) -> None:
    require("bias", True, rnn.bias)
    require("proj_size", 0, rnn.proj_size)
    graph, sides = model.graph, 1 + rnn.bidirectional
    arrays = {
        a.name: to_array(a) for a in graph.initializer
    }
    nodes = [n for n in graph.node if n.op_type in ORDER]
    require("layers", rnn.num_layers, len(nodes))
    new = []
    for k, node in enumerate(nodes):
        check(k, node, rnn, reverse)
        names, given = [*"WRB", *BESIDE], node.input[1:]
        keys = dict(zip_longest(names, given, fillvalue=""))
        more = [n for n in BESIDE if stored(graph, keys[n])]
        P = keys["P"]
        more += [P] if P and P not in arrays else []
        require(f"layer {k}, beside W, R, B", [], more)
        W_i, W_h, b_i, _ = rnn.all_weights[k * sides]
        parts, order = [], ORDER[node.op_type]
        wanted = W_i.shape, W_h.shape, (2 * len(b_i),)
        for name, shape in zip("WRB", wanted, strict=True):
            w = torch.zeros(sides, *shape)
            if name != "B" or keys["B"]:
                a = arrays.get(keys[name])
                got = "nothing" if a is None else a.shape
                want = tuple(w.shape)
                require(f"layer {k}, {name}", want, got)
                w = torch.tensor(a)
            parts.append(w)
        for W, R, B in zip(*parts, strict=True):
            for w in W, R, *B.chunk(2):
                new.append(reorder(w, order))
    for old, w in zip(rnn.parameters(), new, strict=True):
        old.copy_(w)


torch.manual_seed(0)
sizes = dict(num_layers=2, bidirectional=True)
x = torch.randn(7, 3, 5)  # (time, batch, features)
for cell in nn.GRU, nn.LSTM:
    exported, rnn = cell(5, 8, **sizes), cell(5, 8, **sizes)
    file = io.BytesIO()
    torch.onnx.export(exported, (x,), file, dynamo=False)
    model = onnx.load_from_string(file.getvalue())
    from_onnx(model, rnn)
    same = torch.equal(rnn(x)[0], exported(x)[0])
    print(cell.__name__, same)
DEFAULT = """<ir_version: 10, opset_import: ["": 22]>
g (float[T, N, 5] x, float[1, 24, 5] W,
   float[1, 24, 8] R, float[1, 48] B)
    => (float[T, 1, N, 8] y) {
    y = GRU <hidden_size=8> (x, W, R, B)
}"""
default = parser.parse_model(DEFAULT)
for wrong, rnn in (
    (model, nn.GRU(5, 8, **sizes)),
    (default, nn.GRU(5, 8)),
):
    try:
        from_onnx(wrong, rnn)
    except ValueError as error:
        print(f"{type(error).__name__}: {error}")
