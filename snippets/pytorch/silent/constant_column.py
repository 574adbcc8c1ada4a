import torch

x = torch.tensor([[1.0, 5.0], [2.0, 5.0], [4.0, 5.0]])
mean, std = x.mean(0), x.std(0)
print(std)
print((x - mean) / std)
std[std == 0] = 1
print((x - mean) / std)
