import onnxruntime
import torch
from onnx import parser
from torch import nn


def run(x, W_i, W_h, b_i, b_h):
    h, out = torch.zeros(x.shape[1], W_h.shape[1]), []
    for x_t in x:
        i_r, i_z, i_n = (x_t @ W_i.T + b_i).chunk(3, -1)
        h_r, h_z, _ = (h @ W_h.T + b_h).chunk(3, -1)
        r = torch.sigmoid(i_r + h_r)
        z = torch.sigmoid(i_z + h_z)
        h_n = (r * h) @ W_h[16:].T + b_h[16:]
        n = torch.tanh(i_n + h_n)
        h = (1 - z) * n + z * h
        out.append(h)
    return torch.stack(out)


MODEL = """<ir_version: 10, opset_import: ["": 22]>
g (float[T, N, 5] x, float[1, 24, 5] W,
   float[1, 24, 8] R, float[1, 48] B)
    => (float[T, 1, N, 8] y) {
    y = GRU <hidden_size=8, linear_before_reset=WHERE>
        (x, W, R, B)
}"""
torch.manual_seed(0)
gru = nn.GRU(5, 8).requires_grad_(False)
x = torch.randn(20, 3, 5)  # (time, batch, features)
after, before = gru(x)[0], run(x, *gru.parameters())
blocks = (w.chunk(3) for w in gru.parameters())
W, R, b_i, b_h = (
    torch.cat([z, r, n])[None] for r, z, n in blocks
)
B = torch.cat([b_i, b_h], 1)
arrays = {"x": x, "W": W, "R": R, "B": B}
feed = {name: a.numpy() for name, a in arrays.items()}
print("linear_before_reset  nn.GRU  W_hn @ (r * h)")
for where in "1", "0":
    text = MODEL.replace("WHERE", where)
    model = parser.parse_model(text).SerializeToString()
    session = onnxruntime.InferenceSession(model)
    out = torch.from_numpy(session.run(None, feed)[0][:, 0])
    d = [(out - y).abs().max() for y in (after, before)]
    row = [f"{v:.3f}" if v > 1e-6 else "< 1e-6" for v in d]
    print("{:>19}  {:>6}  {:>14}".format(where, *row))
