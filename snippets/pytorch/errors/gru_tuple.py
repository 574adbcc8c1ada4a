import torch
from torch import nn

gru, x = nn.GRU(10, 20), torch.randn(5, 3, 10)
h0, c0 = torch.zeros(2, 1, 3, 20)
for call in (
    lambda: gru(x, (h0, c0)),
    lambda: gru(x.numpy()),
):
    try:
        call()
    except AttributeError as e:
        print(f"{type(e).__name__}: {e}")
