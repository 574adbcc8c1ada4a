import torch
from torch import nn

lstm = nn.LSTM(4, 1)
with torch.no_grad():
    for p in lstm.parameters():
        p.zero_()
    i, f, g, o = lstm.weight_ih_l0.chunk(4)
    # columns: a letter, “, ”, a full stop
    i[:] = torch.tensor([-100.0, 100, -100, -100])
    f[:] = torch.tensor([100.0, -100, -100, 100])
    g[:] = torch.tensor([0.0, 100, 0, 0])
    o[:] = torch.tensor([-100.0, -100, -100, 100])


def read(text):
    state = torch.zeros(1, 1), torch.zeros(1, 1)
    for sign in text:
        # x: (1, 4)
        x = torch.eye(4)["a“”.".index(sign)][None]
        _, state = lstm(x, state)
        yield state


text = "aa.“aa.aa”a."
print(*text)
states = list(read(text))
print(*(f"{c.item():.0f}" for h, c in states))
print(*(f"{h.item():.0f}" for h, c in states))
*_, (h, c) = read("“" + "a" * 1000)
print(f"{c.item():.3f}")
