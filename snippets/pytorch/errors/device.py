import torch
from torch import nn

gru, x = nn.GRU(10, 20), torch.randn(5, 3, 10)
elsewhere = torch.device("meta")
for call in (
    lambda: gru(x, torch.zeros(1, 3, 20, device=elsewhere)),
    lambda: gru(x.to(elsewhere)),
):
    try:
        call()
    except RuntimeError as e:
        print(f"{type(e).__name__}: {e}")
