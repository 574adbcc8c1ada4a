import torch
from torch import nn

gru, lstm = (cell(1, 1).requires_grad_(False) for cell in (nn.GRU, nn.LSTM))
for p in [*gru.parameters(), *lstm.parameters()]:
    p.zero_()
gru.weight_ih_l0[:] = torch.tensor([[-200.0], [0], [0.5]])  # r, z, n
gru.bias_ih_l0[:] = torch.tensor([100.0, -100, 0])  # r = 1 - x, z = 0
gru.weight_hh_l0[2] = 1
lstm.weight_ih_l0[2], lstm.weight_hh_l0[2] = 0.5, 1  # g
lstm.bias_ih_l0[0] = 100  # i = 1

zero = torch.zeros(1, 1)
for x in (0.0, 1.0):
    x_t = torch.tensor([[x]])
    drafts = []
    for h in torch.tensor([[[-0.8]], [[0.8]]]):
        n = gru(x_t, h)[1].item()  # z = 0, so h_t = n
        g = lstm(x_t, (h, zero))[1][1].item()  # c_{t-1} = 0, so c_t = g
        drafts.append((n, g))
    n, g = zip(*drafts, strict=True)
    print(f"x = {x:.0f}, GRU:  n = {n[0]:5.2f} or {n[1]:5.2f}")
    print(f"x = {x:.0f}, LSTM: g = {g[0]:5.2f} or {g[1]:5.2f}")
