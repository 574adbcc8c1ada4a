import torch
from torch import nn

B = 100.0  # a gate wide open


def counter(K):  # K bits for the a, K bits for the b
    gru = nn.GRU(2, 2 * K).requires_grad_(False)
    for p in gru.parameters():
        p.zero_()
    W_ih, W_hh, b_ih, _ = gru.parameters()  # rows r, z, n
    r, z, n = torch.arange(6 * K).view(3, 2, K)
    b_ih[r] = B  # r = 1
    for symbol in range(2):
        for i in range(K):
            W_ih[z[symbol, i], symbol] = -2 * B
            W_hh[z[symbol, i], r[symbol, :i]] = -B
            b_ih[z[symbol, i]] = B * (i + 1)
            W_hh[n[symbol, i], r[symbol, i]] = -B  # n = -h
    return gru


def ends(gru, n):  # the first steps t with as many b as a
    x = torch.zeros(2 * n, 2)  # (time, features): a is 10
    x[:n, 0], x[n:, 1] = 1, 1
    h, _ = gru(x, -torch.ones(1, gru.hidden_size))
    bits = (h > 0).long().view(2 * n, 2, -1)
    place = 2 ** torch.arange(bits.shape[2])  # 1, 2, 4, ...
    a, b = (bits * place).sum(2).T
    return (a == b).nonzero()[:, 0].add(1).tolist()[:2]


noise = 0.003
for K, n in (4, 15), (4, 16), (14, 10000):
    gru = counter(K)
    torch.manual_seed(0)
    for p in gru.parameters():
        p *= 1 + noise * torch.randn_like(p)
        p += noise * torch.randn_like(p)
    H, t = gru.hidden_size, ends(gru, n)
    print(f"{H = }, {noise = :.1%}, {n = }: {t = }")
