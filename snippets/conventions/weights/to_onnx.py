import numpy as np
import onnxruntime
import torch
from onnx import parser
from torch import Tensor, nn

# z r n, i o f g
ORDER = {"GRU": [1, 0, 2], "LSTM": [0, 3, 1, 2]}


def reorder(w: Tensor, order: list[int]) -> Tensor:
    blocks = w.chunk(len(order))
    return torch.cat([blocks[k] for k in order])


def to_onnx(
    rnn: nn.GRU | nn.LSTM,
) -> list[dict[str, np.ndarray]]:
    if not rnn.bias or rnn.proj_size:
        needs = "needs bias=True and proj_size=0"
        raise ValueError(f"{needs}: {rnn}")
    order, layers = ORDER[type(rnn).__name__], []
    sides = 1 + rnn.bidirectional
    for k in range(0, len(rnn.all_weights), sides):
        cells = rnn.all_weights[k : k + sides]
        W, R, b_i, b_h = (
            torch.stack([reorder(w, order) for w in both])
            for both in zip(*cells, strict=True)
        )
        tensors = W, R, torch.cat([b_i, b_h], 1)
        arrays = [w.numpy(force=True) for w in tensors]
        layers.append(dict(zip("WRB", arrays, strict=True)))
    return layers


ONE_LAYER = """<ir_version: 10, opset_import: ["": 22]>
one_layer (float[T, N, D] x, float[S, G, D] W,
           float[S, G, H] R, float[S, G2] B)
    => (float[T, S, N, H] y) {
    y = NAME <hidden_size=8, direction="bidirectional">
        (x, W, R, B)
}"""
RESET = "hidden_size=8, linear_before_reset=1"
torch.manual_seed(0)
x = torch.randn(7, 3, 5)  # (time, batch, features)
for name in "GRU", "LSTM":
    rnn = getattr(nn, name)(5, 8, 2, bidirectional=True)
    text = ONE_LAYER.replace("NAME", name)
    if name == "GRU":
        text = text.replace("hidden_size=8", RESET)
    model = parser.parse_model(text).SerializeToString()
    session = onnxruntime.InferenceSession(model)
    out = x.numpy()
    for arrays in to_onnx(rnn):
        (y,) = session.run(None, {"x": out} | arrays)
        T, _, N, _ = y.shape
        out = y.transpose(0, 2, 1, 3).reshape(T, N, -1)
    far = (torch.from_numpy(out) - rnn(x)[0]).abs().max()
    print(f"{name:4} |y - y_rnn| < 1e-6:", bool(far < 1e-6))
