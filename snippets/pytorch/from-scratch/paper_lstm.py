import torch
from torch import nn


def run(x, V, keep_all, W_i, W_h, b_i, b_h):
    V_i, V_f, V_o = V  # each (hidden,)
    h, c = torch.zeros(2, x.shape[1], W_h.shape[1]).double()
    out = []
    for i_t in x @ W_i.T + b_i:
        i, f, g, o = (i_t + h @ W_h.T + b_h).chunk(4, -1)
        i = torch.sigmoid(i + V_i * c)
        f = 1 if keep_all else torch.sigmoid(f + V_f * c)
        c = f * c + i * torch.tanh(g)
        o = torch.sigmoid(o + V_o * c)
        h = o * torch.tanh(c)
        out.append(h)
    return torch.stack(out)


def far(V, keep_all):
    ours = run(x, V, keep_all, *weights)
    theirs, _ = lstm(x)
    return (ours - theirs).abs().max().item()


torch.manual_seed(0)
lstm = nn.LSTM(5, 8).double().requires_grad_(False)
weights = [w.clone() for w in lstm.parameters()]
# (time, batch, features)
x = torch.randn(20, 3, 5).double()
none = torch.zeros(3, 8).double()
bound = 8**-0.5
some = torch.empty(3, 8).double().uniform_(-bound, bound)
print(f"V = 0:          {far(none, False):.3f}")
print(f"V:              {far(some, False):.3f}")
print(f"V = 0, f = 1:   {far(none, True):.3f}")

for w in lstm.parameters():
    w[8:16] = 0  # f
lstm.bias_ih_l0[8:16] = 100
print(f"nn.LSTM, f = 1: {far(none, True):.3f}")
