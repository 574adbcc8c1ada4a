import warnings

import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(4, 6, 10)  # (batch, time, input_size)
h = torch.ones(4, 6, 2000)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    nets = {
        n: nn.GRU(10, 20, n, dropout=0.5, batch_first=True)
        for n in (1, 2)
    }

for layers, gru in nets.items():
    same = torch.equal(gru.train()(x)[0], gru.eval()(x)[0])
    print(f"{layers = }: {same = }")
zeros = (nets[2].train()(x)[0] == 0).sum().item()
print(f"{zeros = }")

dropped = nn.Dropout(0.5)(h)
print(f"{(dropped == 0).float().mean() = :.2f}")
print(f"{dropped.max() = :.0f}")
print(f"{torch.equal(dropped[:, 0], dropped[:, 1]) = }")
