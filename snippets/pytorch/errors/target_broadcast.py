import warnings

import torch
from torch import nn

answer = torch.tensor([[0.0], [1.0]])
target = torch.tensor([0.0, 1.0])
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    print(f"{nn.MSELoss()(answer, target) = }")
print(f"{caught[0].category.__name__}: {caught[0].message}")
