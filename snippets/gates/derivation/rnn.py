import torch
from torch import nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
D, H, T = 3, 4, 6
net = nn.RNN(D, H)
W_ih, W_hh, b_ih, b_hh = net.parameters()
x, v = torch.randn(T, D), torch.randn(T, H)


def same(name, ours, theirs):
    assert ours.shape == theirs.shape, name
    assert (ours - theirs).abs().max() < 1e-12, name
    shapes[name] = tuple(ours.shape)


# forward
L, kept, h = 0, [], torch.zeros(H)
for t in range(T):
    h_old = h
    a = W_ih @ x[t] + b_ih + W_hh @ h_old + b_hh
    h = torch.tanh(a)
    L = L + v[t] @ h
    a.retain_grad(), h.retain_grad()
    kept.append((h_old, a, h))
L.backward()

# backward
shapes, d_h = {}, 0
d_W_ih = d_W_hh = d_b = 0
for t in reversed(range(T)):
    h_old, a, h = kept[t]
    d_h = v[t] + d_h
    d_a = d_h * (1 - h**2)
    same("d_h", d_h, h.grad)
    same("d_a", d_a, a.grad)
    d_W_ih = d_W_ih + torch.outer(d_a, x[t])
    d_W_hh = d_W_hh + torch.outer(d_a, h_old)
    d_b = d_b + d_a
    d_h = W_hh.T @ d_a

net.zero_grad()
(net(x)[0] * v).sum().backward()
same("d_W_ih", d_W_ih, W_ih.grad)
same("d_W_hh", d_W_hh, W_hh.grad)
same("d_b_ih", d_b, b_ih.grad)
same("d_b_hh", d_b, b_hh.grad)
for name, shape in shapes.items():
    print(f"{name:6} {shape}")
