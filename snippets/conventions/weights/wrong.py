import onnxruntime
import torch
from onnx import parser
from torch import nn

MODEL = """<ir_version: 10, opset_import: ["": 22]>
g (float[T, N, 8] x, float[1, G, 8] W,
   float[1, G, 8] R, float[1, B] B)
    => (float[T, 1, N, 8] y) { y = OP (x, W, R, B) }"""
GRU = "GRU <hidden_size=8, linear_before_reset=1>"
LSTM = "LSTM <hidden_size=8>"
DEFAULT = "GRU <hidden_size=8>"


def reorder(w, order):
    blocks = w.chunk(len(order))
    return torch.cat([blocks[k] for k in order])


def run(operator, x, W, R, b_i, b_h):
    W, R, B = W[None], R[None], torch.cat([b_i, b_h])[None]
    arrays = {"x": x, "W": W, "R": R, "B": B}
    feed = {name: a.numpy() for name, a in arrays.items()}
    text = MODEL.replace("OP", operator)
    model = parser.parse_model(text).SerializeToString()
    session = onnxruntime.InferenceSession(model)
    out = session.run(None, feed)[0][:, 0]
    return torch.from_numpy(out)


torch.manual_seed(0)
x = torch.randn(20, 3, 8)  # (time, batch, features)
for cell, operator, order, names in (
    (nn.GRU, GRU, [1, 0, 2], "rzn"),
    (nn.LSTM, LSTM, [0, 3, 1, 2], "ifgo"),
):
    rnn = cell(8, 8).requires_grad_(False)
    raw = list(rnn.parameters())
    right = [reorder(w, order) for w in raw]
    W, R, b_i, b_h = right
    W_T, R_T = (
        torch.cat([gate.T for gate in w.chunk(len(order))])
        for w in (W, R)
    )
    b = b_i + b_h
    wrong = {
        "W, R, b_i, b_h": (operator, right),
        names: (operator, raw),
        "b, b": (operator, [W, R, b, b]),
        "b_i, 0": (operator, [W, R, b_i, 0 * b_h]),
        "W^T, R^T": (operator, [W_T, R_T, b_i, b_h]),
    }
    if cell is nn.GRU:
        wrong["linear_before_reset=0"] = (DEFAULT, right)
        wrong["b, 0"] = (operator, [W, R, b, 0 * b])
    print(cell.__name__)
    for name, (op, weights) in wrong.items():
        far = (run(op, x, *weights) - rnn(x)[0]).abs().max()
        far = "< 1e-6" if far < 1e-6 else f"{far:.2f}"
        print(f"  {name:21} {far}")
