import torch
from torch import nn

gru, x = nn.GRU(10, 20), torch.ones(5, 3, 10)
for call in (
    lambda: gru(x.double()),
    lambda: gru(x.long()),
    lambda: gru.to(torch.int64),
):
    try:
        call()
    except (TypeError, ValueError) as e:
        print(f"{type(e).__name__}: {e}")
