import torch
from torch.utils.data import DataLoader

sequences = [torch.randn(5, 10), torch.randn(3, 10)]
loader = DataLoader(sequences, batch_size=2)
try:
    next(iter(loader))
except RuntimeError as e:
    print(f"{type(e).__name__}: {e}")
