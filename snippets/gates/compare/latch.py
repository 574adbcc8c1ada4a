import torch
from torch import nn

gru = nn.GRU(2, 1).requires_grad_(False)
lstm = nn.LSTM(2, 1).requires_grad_(False)
for p in [*gru.parameters(), *lstm.parameters()]:
    p.zero_()
# x = (value, flag): take the value where the flag is 1,
# keep it elsewhere; rows r, z, n
gru.weight_ih_l0[:] = torch.tensor(
    [[0.0, 0], [0, -200], [1, 0]]
)
gru.bias_ih_l0[1] = 100
# rows i, f, g, o
lstm.weight_ih_l0[:] = torch.tensor(
    [[0.0, 200], [0, -200], [1, 0], [0, 0]]
)
lstm.bias_ih_l0[:] = torch.tensor([-100.0, 100, 0, 100])

torch.manual_seed(0)
x = torch.randn(10001, 2)  # (time, features)
x[0], x[1:, 1] = torch.tensor([0.5, 1]), 0
for name, net in {"GRU": gru, "LSTM": lstm}.items():
    out, _ = net(x)
    first, last = out[0].item(), out[-1].item()
    print(f"{name:4} h_1 = {first:.3f}", end=", ")
    print(f"h_10001 = {last:.3f}")
