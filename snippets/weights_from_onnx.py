import io

import onnx
import torch
from onnx import numpy_helper, parser
from onnx.helper import get_attribute_value
from torch import nn

ORDER = {"GRU": [1, 0, 2], "LSTM": [0, 2, 3, 1]}  # r z n, i f g o


def require(key, want, got):
    if got != want:
        raise ValueError(f"{key}: expected {want}, got {got}")


@torch.no_grad()
def from_onnx(model, rnn):
    require("bias", True, rnn.bias)
    require("proj_size", 0, rnn.proj_size)
    sides, new = 1 + rnn.bidirectional, []
    arrays = {a.name: a for a in model.graph.initializer}
    nodes = [n for n in model.graph.node if n.op_type in ORDER]
    require("layers", rnn.num_layers, len(nodes))
    for k, node in enumerate(nodes):
        got = {"direction": b"forward", "linear_before_reset": 0}
        got |= {a.name: get_attribute_value(a) for a in node.attribute}
        want = {
            "hidden_size": rnn.hidden_size,
            "direction": b"bidirectional" if sides == 2 else b"forward",
            "linear_before_reset": int(node.op_type == "GRU"),
            "input_forget": 0,
            "layout": got.get("layout"),
        }
        for name, value in got.items():
            require(f"layer {k}, {name}", want.get(name), value)
        require(f"layer {k}, peepholes", [], list(node.input[7:]))
        W_i, W_h, b_i, _ = rnn.all_weights[k * sides]
        wanted = W_i.shape, W_h.shape, (2 * len(b_i),)
        parts, order = [], ORDER[node.op_type]
        keys = [*node.input, ""][1:4]
        for name, key, shape in zip("WRB", keys, wanted, strict=True):
            w = arrays.get(key)
            w = None if w is None else numpy_helper.to_array(w)
            got = "nothing" if w is None else w.shape
            require(f"layer {k}, {name}", (sides, *shape), got)
            parts.append(torch.tensor(w))
        for W, R, B in zip(*parts, strict=True):
            for w in W, R, *B.chunk(2):
                blocks = w.chunk(len(order))
                new.append(torch.cat([blocks[i] for i in order]))
    for parameter, w in zip(rnn.parameters(), new, strict=True):
        parameter.copy_(w)


torch.manual_seed(0)
sizes = dict(num_layers=2, bidirectional=True)
x = torch.randn(7, 3, 5)  # (time, batch, features)
for cell in nn.GRU, nn.LSTM:
    exported, rnn = cell(5, 8, **sizes), cell(5, 8, **sizes)
    torch.onnx.export(exported, (x,), file := io.BytesIO(), dynamo=False)
    model = onnx.load_from_string(file.getvalue())
    from_onnx(model, rnn)
    print(cell.__name__, torch.equal(rnn(x)[0], exported(x)[0]))
default = parser.parse_model("""<ir_version: 10, opset_import: ["": 22]>
g (float[T, N, 5] x, float[1, 24, 5] W, float[1, 24, 8] R, float[1, 48] B)
    => (float[T, 1, N, 8] y) { y = GRU <hidden_size=8> (x, W, R, B) }""")
for wrong, rnn in (
    (model, nn.GRU(5, 8, **sizes)),
    (model, nn.LSTM(5, 9, **sizes)),
    (model, nn.LSTM(5, 8)),
    (default, nn.GRU(5, 8)),
):
    try:
        from_onnx(wrong, rnn)
    except ValueError as error:
        print(error)
