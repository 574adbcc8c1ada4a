import torch
from torch import nn

embedding = nn.Embedding(100, 10)
try:
    embedding(torch.tensor([[1.0, 2.0]]))
except RuntimeError as e:
    print(f"{type(e).__name__}: {e}")
