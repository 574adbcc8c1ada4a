import torch
from torch import nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
D, H, T = 3, 4, 6
net = nn.LSTM(D, H)
W_i, W_h, b_i, b_h = net.parameters()  # order i, f, g, o
x, v = torch.randn(T, D), torch.randn(T, H)


def back(d_h, d_c, c_old, c, i, f, g, o):
    d_c = d_c + d_h * o * (1 - torch.tanh(c) ** 2)
    d_o = d_h * torch.tanh(c)
    d_f = d_c * c_old
    d_i = d_c * g
    d_g = d_c * i
    d_a_i = d_i * i * (1 - i)
    d_a_f = d_f * f * (1 - f)
    d_a_g = d_g * (1 - g**2)
    d_a_o = d_o * o * (1 - o)
    d_a = torch.cat([d_a_i, d_a_f, d_a_g, d_a_o])
    return d_c, d_i, d_f, d_g, d_o, d_a


def same(name, ours, theirs):
    assert ours.shape == theirs.shape, name
    assert (ours - theirs).abs().max() < 1e-12, name
    shapes[name] = tuple(ours.shape)


# forward
L, kept = 0, []
h, c = torch.zeros(2, H)
for t in range(T):
    h_old, c_old = h, c
    a = W_i @ x[t] + b_i + W_h @ h_old + b_h
    a_i, a_f, a_g, a_o = a.chunk(4)
    i, f = torch.sigmoid(a_i), torch.sigmoid(a_f)
    g, o = torch.tanh(a_g), torch.sigmoid(a_o)
    c = f * c_old + i * g
    h = o * torch.tanh(c)
    L = L + v[t] @ h
    kept.append((h_old, c_old, h, c, i, f, g, o, a))
    for q in kept[t][2:]:
        q.retain_grad()
L.backward()

# backward
shapes, d_h, d_c = {}, 0, 0
d_W_i = d_W_h = d_b = 0
for t in reversed(range(T)):
    h_old, c_old, h, c, i, f, g, o, a = kept[t]
    d_h = v[t] + d_h
    same("d_h", d_h, h.grad)
    d = back(d_h, d_c, c_old, c, i, f, g, o)
    for k, name in enumerate("cifgoa"):
        same(f"d_{name}", d[k], kept[t][3 + k].grad)
    d_c, d_a = d[0], d[-1]
    d_W_i = d_W_i + torch.outer(d_a, x[t])
    d_W_h = d_W_h + torch.outer(d_a, h_old)
    d_b = d_b + d_a
    d_h, d_c = W_h.T @ d_a, f * d_c

net.zero_grad()
(net(x)[0] * v).sum().backward()
same("d_W_i", d_W_i, W_i.grad)
same("d_W_h", d_W_h, W_h.grad)
same("d_b_i", d_b, b_i.grad)
same("d_b_h", d_b, b_h.grad)
for name, shape in shapes.items():
    print(f"{name:5} {shape}")
