import torch
from torch import nn

gru = nn.GRU(3, 1)
with torch.no_grad():
    for p in gru.parameters():
        p.zero_()
    r, z, n = gru.weight_ih_l0.chunk(3)
    # columns: a letter, “, ”
    z[:] = torch.tensor([100.0, -100, -100])
    n[:] = torch.tensor([0.0, 100, 0])


def read(text):
    index = ["a“”".index(sign) for sign in text]
    # x: (time, 3)
    x = torch.eye(3)[index]
    # out: (time, 1)
    out, h_n = gru(x)
    return out.flatten().tolist()


text = "aa“aaaaa”aa"
print(*text)
print(*(f"{h:.0f}" for h in read(text)))
print(f"{read('“' + 'a' * 1000)[-1]:.3f}")
