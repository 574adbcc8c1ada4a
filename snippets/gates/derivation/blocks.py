import torch
from torch import nn
from torch.autograd.functional import jacobian

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
D, H = 3, 4
net = nn.LSTM(D, H).requires_grad_(False)
W_i, W_h, b_i, b_h = net.parameters()  # order i, f, g, o
W_hi, W_hf, W_hg, W_ho = W_h.chunk(4)
x = torch.randn(2, D)
diag, tanh = torch.diag, torch.tanh


def run(x, s):  # s: h and c, (2H,)
    h, c = s.chunk(2)
    _, (h, c) = net(x, (h[None], c[None]))
    return torch.cat([h[0], c[0]])


def J(x, s):
    h, c_old = s.chunk(2)
    a = W_i @ x + b_i + W_h @ h + b_h
    i, f, g, o = a.chunk(4)
    i, f, o = torch.sigmoid(torch.stack([i, f, o]))
    g = tanh(g)
    c = f * c_old + i * g
    slope = diag(o * (1 - tanh(c) ** 2))
    c_h = diag(c_old * f * (1 - f)) @ W_hf
    c_h += diag(g * i * (1 - i)) @ W_hi
    c_h += diag(i * (1 - g**2)) @ W_hg
    h_h = slope @ c_h + diag(tanh(c) * o * (1 - o)) @ W_ho
    h_c = slope @ diag(f)
    of_h = torch.cat([h_h, h_c], 1)
    of_c = torch.cat([c_h, diag(f)], 1)
    return torch.cat([of_h, of_c])  # (2H, 2H)


c_0, o_0 = torch.randn(H), torch.rand(H)
s_0 = torch.cat([o_0 * tanh(c_0), c_0])
s_1 = run(x[:1], s_0)
J_1, J_2 = J(x[0], s_0), J(x[1], s_1)
J_12 = jacobian(lambda s: run(x, s), s_0)
assert (J_2 @ J_1 - J_12).abs().max() < 1e-12
print("J_2 J_1:", tuple(J_12.shape))

# d c_t / d c_{t-1}, through h_{t-1} too
o_1 = s_1[:H] / tanh(s_1[H:])
slope_0 = diag(o_0 * (1 - tanh(c_0) ** 2))
slope_1 = diag(o_1 * (1 - tanh(s_1[H:]) ** 2))
from_c_0 = torch.cat([slope_0, torch.eye(H)])
from_c_1 = torch.cat([slope_1, torch.eye(H)])
alone = (J_2[H:] @ from_c_1) @ (J_1[H:] @ from_c_0)
pair = (J_12 @ from_c_0)[H:]
off = (alone - pair).norm() / pair.norm()
print(f"|alone - pair| / |pair| = {off:.3f}")
