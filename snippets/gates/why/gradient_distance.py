import torch
from torch import nn

torch.manual_seed(0)
print("      d = 10  d = 50")
for cell in (nn.RNN, nn.GRU, nn.LSTM):
    net = cell(input_size=8, hidden_size=64)
    x = torch.randn(51, 1, 8, requires_grad=True)
    out, _ = net(x)  # (time, batch, hidden)
    (out[-1] @ torch.randn(64)).sum().backward()
    # size[d]: d steps back
    size = x.grad.norm(dim=(1, 2)).flip(0)
    left = (size / size[0]).tolist()
    per_step = (left[50] / left[10]) ** (1 / 40)
    print(f"{cell.__name__:4} {left[10]:7.0e}", end=" ")
    print(f"{left[50]:7.0e}  * {per_step:.2f}")
