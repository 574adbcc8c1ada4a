import onnxruntime
import torch
from onnx import parser
from torch import nn

# z r n, i o f g
ORDER = {"GRU": [1, 0, 2], "LSTM": [0, 3, 1, 2]}


def to_onnx(rnn):
    if not rnn.bias or rnn.proj_size:
        raise ValueError(
            f"needs bias=True and proj_size=0: {rnn}"
        )
    order, sides, layers = (
        ORDER[type(rnn).__name__],
        1 + rnn.bidirectional,
        [],
    )
    for k in range(0, len(rnn.all_weights), sides):
        stacked = []
        for tensors in zip(
            *rnn.all_weights[k : k + sides], strict=True
        ):
            blocks = [w.chunk(len(order)) for w in tensors]
            blocks = [
                torch.cat([b[i] for i in order])
                for b in blocks
            ]
            stacked.append(torch.stack(blocks))
        W, R, b_i, b_h = stacked
        arrays = {
            "W": W,
            "R": R,
            "B": torch.cat([b_i, b_h], 1),
        }
        layers.append(
            {
                k: w.numpy(force=True)
                for k, w in arrays.items()
            }
        )
    return layers


ONE_LAYER = """<ir_version: 10, opset_import: ["": 22]>
one_layer (float[T, B, D] x, float[S, G, D] W, float[S, G, H] R,
           float[S, G2] B) => (float[T, S, B, H] y) {
    y = NAME <hidden_size=8, direction="bidirectional"> (x, W, R, B)
}"""
RESET = "hidden_size=8, linear_before_reset=1"
torch.manual_seed(0)
x = torch.randn(7, 3, 5)  # (time, batch, features)
for name in "GRU", "LSTM":
    rnn = getattr(nn, name)(
        5, 8, num_layers=2, bidirectional=True
    )
    text = ONE_LAYER.replace("NAME", name)
    if name == "GRU":
        text = text.replace("hidden_size=8", RESET)
    model = parser.parse_model(text)
    session = onnxruntime.InferenceSession(
        model.SerializeToString()
    )
    out = x.numpy()
    for arrays in to_onnx(rnn):
        (y,) = session.run(None, {"x": out} | arrays)
        out = y.transpose(0, 2, 1, 3).reshape(
            *y.shape[::2], -1
        )
    far = (torch.from_numpy(out) - rnn(x)[0]).abs().max()
    print(f"{name:4} |y - y_rnn| < 1e-6:", bool(far < 1e-6))
