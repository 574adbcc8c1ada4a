from itertools import pairwise

import torch
from torch import Tensor, nn


class Stack(nn.Module):
    def __init__(
        self, sizes: list[int], dropout: float = 0.0
    ):
        super().__init__()
        self.layers = nn.ModuleList(
            nn.GRU(i, h, batch_first=True)
            for i, h in pairwise(sizes)
        )
        self.dropout = nn.Dropout(dropout)

    def forward(
        self, x: Tensor, states: list[Tensor] | None = None
    ) -> tuple[Tensor, list[Tensor]]:
        states = states or [None] * len(self.layers)
        new = []
        for k, gru in enumerate(self.layers):
            x, h = gru(
                self.dropout(x) if k else x, states[k]
            )
            new.append(h)
        return x, new


torch.manual_seed(0)
model = Stack([10, 64, 32, 8])
x = torch.randn(3, 5, 10)
out, states = model(x)
print(tuple(out.shape), [tuple(h.shape) for h in states])

same = nn.GRU(10, 20, num_layers=2, batch_first=True)
model = Stack([10, 20, 20])
for k, gru in enumerate(model.layers):
    for name, weight in gru.named_parameters():
        other = getattr(same, name.replace("l0", f"l{k}"))
        weight.data.copy_(other)
print(torch.allclose(model(x)[0], same(x)[0], atol=1e-6))
