import torch
from torch import nn

gru = nn.GRU(10, 20, num_layers=2, batch_first=True)
x, h0 = torch.randn(3, 5, 10), torch.zeros(2, 3, 20)
for call in (
    lambda: gru(x, h0.transpose(0, 1)),
    lambda: gru(x[:2], h0),
):
    try:
        call()
    except RuntimeError as e:
        print(f"{type(e).__name__}: {e}")
