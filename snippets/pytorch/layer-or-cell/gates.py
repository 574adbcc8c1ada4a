import torch
from torch import Tensor, nn


@torch.no_grad()
def gates(
    layer: nn.GRU | nn.LSTM, x: Tensor
) -> dict[str, Tensor]:
    is_layer = isinstance(layer, (nn.GRU, nn.LSTM))
    if not (is_layer and torch.is_tensor(x)):
        raise TypeError("nn.GRU or nn.LSTM, and a tensor")
    if layer.num_layers > 1 or layer.bidirectional:
        raise ValueError("num_layers=1, one direction")
    out, w = layer(x)[0], layer.state_dict()
    time = int(layer.batch_first and x.dim() == 3)
    h = out.roll(1, time)
    h.select(time, 0).zero_()
    x = x @ w["weight_ih_l0"].T + w.get("bias_ih_l0", 0)
    h = h @ w["weight_hh_l0"].T + w.get("bias_hh_l0", 0)
    if isinstance(layer, nn.GRU):
        x_r, x_z, x_n = x.chunk(3, -1)
        h_r, h_z, h_n = h.chunk(3, -1)
        r, z = (x_r + h_r).sigmoid(), (x_z + h_z).sigmoid()
        return {"r": r, "z": z, "n": (x_n + r * h_n).tanh()}
    i, f, g, o = (x + h).chunk(4, -1)
    g = g.tanh()
    i, f, o = (gate.sigmoid() for gate in (i, f, o))
    c = [torch.zeros_like(g.select(time, 0))]
    for t in range(g.shape[time]):
        i_t, f_t, g_t = (
            s.select(time, t) for s in (i, f, g)
        )
        c.append(f_t * c[t] + i_t * g_t)
    c = torch.stack(c[1:], time)
    return {"i": i, "f": f, "g": g, "o": o, "c": c}


torch.manual_seed(0)
x = torch.randn(3, 7, 5)  # (batch, time, features)
gru = nn.GRU(5, 8, batch_first=True)
r, z, n = gates(gru, x).values()
out, _ = gru(x)
before = out.roll(1, 1)
before[:, 0] = 0
far = ((1 - z) * n + z * before - out).abs().max()
print(f"GRU   {tuple(z.shape)} < 1e-6: {bool(far < 1e-6)}")

lstm = nn.LSTM(5, 8, batch_first=True)
i, f, g, o, c = gates(lstm, x).values()
far = (o * c.tanh() - lstm(x)[0]).abs().max()
print(f"LSTM  {tuple(f.shape)} < 1e-6: {bool(far < 1e-6)}")
