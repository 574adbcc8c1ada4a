import torch
from torch import nn

# each with a row for r, one for z and one for n
weights = {
    "weight_ih": [[1.0], [1.0], [1.0]],
    "weight_hh": [[1.0], [1.0], [2.0]],
    "bias_ih": [0.0, 0.0, 0.0],
    "bias_hh": [0.0, 0.0, 0.0],
}
before = {"x": 1.0, "h": -0.8}

gru = nn.GRUCell(1, 1)
with torch.no_grad():
    for name, values in weights.items():
        getattr(gru, name).copy_(torch.tensor(values))
    x, h = torch.tensor(list(before.values())).view(2, 1, 1)
    new = gru(x, h)

    # the gates, which GRUCell does not return
    from_x = x @ gru.weight_ih.T + gru.bias_ih
    from_h = h @ gru.weight_hh.T + gru.bias_hh
    rz = torch.sigmoid(from_x + from_h)[:, :2]
    r, z = rz.chunk(2, dim=1)
    n = torch.tanh(from_x[:, 2:] + r * from_h[:, 2:])
    torch.testing.assert_close(new, (1 - z) * n + z * h)

values = {"r": r, "z": z, "n": n, "new": new}
for name, value in values.items():
    print(f"{name} = {value.item():.2f}")
