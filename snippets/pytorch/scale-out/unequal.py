import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(4, 8, batch_first=True)
x = torch.randn(8, 5, 4)  # (batch, time, input_size)


def gradient(inputs):
    gru.zero_grad()
    gru(inputs)[0].pow(2).mean().backward()
    grads = [p.grad.flatten() for p in gru.parameters()]
    return torch.cat(grads)


whole = gradient(x)
for sizes in ((4, 4), (6, 2), (7, 1)):
    parts = [gradient(part) for part in x.split(sizes)]
    mean = sum(parts) / len(parts)
    off = (mean - whole).norm() / whole.norm()
    print(f"{sizes = }, {off = :.0%}")
