import torch
from torch import nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
D, H, T = 3, 4, 6
net = nn.GRU(D, H)
W_i, W_h, b_i, b_h = net.parameters()  # order r, z, n
x, v = torch.randn(T, D), torch.randn(T, H)


def back(d_h, h_old, n, z, m, r):
    d_n = d_h * (1 - z)
    d_z = d_h * (h_old - n)
    d_a_n = d_n * (1 - n**2)
    d_m = d_a_n * r
    d_r = d_a_n * m
    d_a_r = d_r * r * (1 - r)
    d_a_z = d_z * z * (1 - z)
    return d_n, d_z, d_a_n, d_m, d_r, d_a_r, d_a_z


def same(name, ours, theirs):
    assert ours.shape == theirs.shape, name
    assert (ours - theirs).abs().max() < 1e-12, name
    shapes[name] = tuple(ours.shape)


# forward
L, kept, h = 0, [], torch.zeros(H)
for t in range(T):
    h_old = h
    i_r, i_z, i_n = (W_i @ x[t] + b_i).chunk(3)
    h_r, h_z, m = (W_h @ h_old + b_h).chunk(3)
    a_r, a_z = i_r + h_r, i_z + h_z
    r, z = torch.sigmoid(a_r), torch.sigmoid(a_z)
    a_n = i_n + r * m
    n = torch.tanh(a_n)
    h = (1 - z) * n + z * h_old
    L = L + v[t] @ h
    kept.append((h_old, h, n, z, a_n, m, r, a_r, a_z))
    for q in kept[t][1:]:
        q.retain_grad()
L.backward()

# backward
shapes, d_h = {}, 0
d_W_i = d_W_h = d_b_i = d_b_h = 0
for t in reversed(range(T)):
    h_old, h, n, z, a_n, m, r, a_r, a_z = kept[t]
    d_h = v[t] + d_h
    same("d_h", d_h, h.grad)
    d = back(d_h, h_old, n, z, m, r)
    names = ("n", "z", "a_n", "m", "r", "a_r", "a_z")
    for k, name in enumerate(names):
        same(f"d_{name}", d[k], kept[t][2 + k].grad)
    _, _, d_a_n, d_m, _, d_a_r, d_a_z = d
    d_i = torch.cat([d_a_r, d_a_z, d_a_n])
    d_r_z_m = torch.cat([d_a_r, d_a_z, d_m])
    d_W_i = d_W_i + torch.outer(d_i, x[t])
    d_W_h = d_W_h + torch.outer(d_r_z_m, h_old)
    d_b_i, d_b_h = d_b_i + d_i, d_b_h + d_r_z_m
    d_h = z * d_h + W_h.T @ d_r_z_m

net.zero_grad()
(net(x)[0] * v).sum().backward()
same("d_W_i", d_W_i, W_i.grad)
same("d_W_h", d_W_h, W_h.grad)
same("d_b_i", d_b_i, b_i.grad)
same("d_b_h", d_b_h, b_h.grad)
for name, shape in shapes.items():
    print(f"{name:5} {shape}")
