import onnxruntime
import torch
from onnx import parser
from torch import nn

MODEL = """<ir_version: 10, opset_import: ["": 22]>
g (float[T, N, 5] x, float[1, 32, 5] W,
   float[1, 32, 8] R, float[1, 64] B, float[1, 24] P)
    => (float[T, 1, N, 8] y) {
    y = LSTM <hidden_size=8> (x, W, R, B, , , , P)
}"""


def by_hand(x, p_i, p_f, p_o):
    W_i, W_h, b_i, b_h = lstm.parameters()
    (h, c), out = torch.zeros(2, x.shape[1], 8), []
    for x_t in x:
        a = x_t @ W_i.T + b_i + h @ W_h.T + b_h
        i, f, g, o = a.chunk(4, -1)  # (batch, hidden)
        i = (i + p_i * c).sigmoid()
        f = (f + p_f * c).sigmoid()
        c = f * c + i * g.tanh()
        h = (o + p_o * c).sigmoid() * c.tanh()
        out.append(h)
    return torch.stack(out)


torch.manual_seed(0)
lstm = nn.LSTM(5, 8).requires_grad_(False)
x = torch.randn(20, 3, 5)  # (time, batch, features)
blocks = (w.chunk(4) for w in lstm.parameters())
W, R, b_i, b_h = (
    torch.cat([i, o, f, g])[None] for i, f, g, o in blocks
)
B = torch.cat([b_i, b_h], 1)
arrays = {"x": x, "W": W, "R": R, "B": B}
feed = {name: a.numpy() for name, a in arrays.items()}
model = parser.parse_model(MODEL).SerializeToString()
session = onnxruntime.InferenceSession(model)
direction = torch.randn(1, 24)
print("P    nn.LSTM  i,o,f   i,f,o")
for scale in 0.0, 0.1, 1.0:
    P = scale * direction
    feed["P"] = P.numpy()
    out = session.run(None, feed)[0][:, 0]
    row = [f"{scale}"]
    p_1, p_2, p_3 = P[0].chunk(3)
    for other in (
        lstm(x)[0],
        by_hand(x, p_i=p_1, p_o=p_2, p_f=p_3),
        by_hand(x, p_i=p_1, p_f=p_2, p_o=p_3),
    ):
        far = (torch.from_numpy(out) - other).abs().max()
        row.append("< 1e-6" if far < 1e-6 else f"{far:.3f}")
    print("{:3}  {:7}  {:6}  {}".format(*row))
