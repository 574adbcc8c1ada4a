import torch
from torch import nn


def reach(detach):
    torch.manual_seed(0)
    gru = nn.GRU(1, 20, batch_first=True)
    # (batch, time, input)
    x = torch.randn(8, 40, 1, requires_grad=True)
    h = None
    for chunk in x.split(10, dim=1):
        if detach and h is not None:
            h = h.detach()
        out, h = gru(chunk, h)
    out[:, -1].sum().backward()
    return int(x.grad.abs().sum((0, 2)).count_nonzero())


print(f"{reach(detach=False) = }")
print(f"{reach(detach=True) = }")
