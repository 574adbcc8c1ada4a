import torch
from torch import nn

gru, cell = nn.GRU(10, 20), nn.GRUCell(10, 20)
for call in (
    lambda: gru(torch.randn(3, 1, 5, 10)),
    lambda: cell(torch.randn(3, 5, 10)),
):
    try:
        call()
    except ValueError as e:
        print(f"{type(e).__name__}: {e}")
