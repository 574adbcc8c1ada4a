import copy

import torch
from torch import nn

model = nn.GRU(10, 20)
out, model.h = model(torch.randn(5, 3, 10))
try:
    copy.deepcopy(model)
except RuntimeError as e:
    print(f"{type(e).__name__}: {e}")
