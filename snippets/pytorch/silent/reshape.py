import torch

x = torch.arange(6).reshape(2, 3)  # (batch, time)
print(x)
print(x.reshape(3, 2))
print(x.transpose(0, 1))
