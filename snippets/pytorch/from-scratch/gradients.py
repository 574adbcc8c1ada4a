import torch
from torch import nn


def gru_layer(x, h, W_i, W_h, b_i, b_h):
    i = x @ W_i.T + b_i  # (time, batch, 3 * hidden)
    out = []
    for i_t in i:
        # each (batch, hidden)
        i_r, i_z, i_n = i_t.chunk(3, -1)
        h_r, h_z, h_n = (h @ W_h.T + b_h).chunk(3, -1)
        r = torch.sigmoid(i_r + h_r)
        z = torch.sigmoid(i_z + h_z)
        n = torch.tanh(i_n + r * h_n)
        h = (1 - z) * n + z * h
        out.append(h)
    return torch.stack(out), h


torch.manual_seed(0)
gru = nn.GRU(5, 8).double()
x = torch.randn(20, 3, 5).double().requires_grad_()
h_0 = torch.randn(1, 3, 8).double().requires_grad_()
target = torch.randn(20, 3, 8).double()

ours, _ = gru_layer(x, h_0[0], *gru.parameters())
theirs, _ = gru(x, h_0)
wanted = dict(gru.named_parameters(), x=x, h_0=h_0)
grads = []
for out in ours, theirs:
    loss = nn.functional.mse_loss(out, target)
    grads.append(torch.autograd.grad(loss, wanted.values()))
for name, a, b in zip(wanted, *grads, strict=True):
    equal = torch.allclose(a, b, rtol=0, atol=1e-12)
    print(f"{name:12} {tuple(a.shape)!s:10} {equal = }")
