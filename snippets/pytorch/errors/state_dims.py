import torch
from torch import nn

gru = nn.GRU(10, 20)
x, h0 = torch.randn(5, 3, 10), torch.zeros(1, 3, 20)
for call in (
    lambda: gru(x[:, 0], h0),
    lambda: gru(x, h0[0]),
):
    try:
        call()
    except RuntimeError as e:
        print(f"{type(e).__name__}: {e}")
