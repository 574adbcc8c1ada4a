import torch
from torch import nn

embedding = nn.Embedding(100, 10)
try:
    embedding(torch.tensor([[1, 100]]))
except IndexError as e:
    print(f"{type(e).__name__}: {e}")
