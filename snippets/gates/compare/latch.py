import torch
from torch import nn

gru, lstm = (
    cell(2, 1).requires_grad_(False)
    for cell in (nn.GRU, nn.LSTM)
)
for p in [*gru.parameters(), *lstm.parameters()]:
    p.zero_()
# x = (value, flag): take the value where the flag is 1, keep it elsewhere
# r, z, n
gru.weight_ih_l0[:] = torch.tensor(
    [[0.0, 0], [0, -200], [1, 0]]
)
gru.bias_ih_l0[1] = 100
lstm.weight_ih_l0[:] = torch.tensor(
    [[0.0, 200], [0, -200], [1, 0], [0, 0]]  # i, f, g, o
)
lstm.bias_ih_l0[:] = torch.tensor([-100.0, 100, 0, 100])

torch.manual_seed(0)
x = torch.randn(10001, 2)  # (time, features)
x[0], x[1:, 1] = torch.tensor([0.5, 1]), 0
for name, (out, _) in {
    "GRU": gru(x),
    "LSTM": lstm(x),
}.items():
    first, last = out[0].item(), out[-1].item()
    print(f"{name:4} h_1 = {first:.3f}", end=", ")
    print(f"h_10001 = {last:.3f}")
