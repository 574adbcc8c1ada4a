import torch
from torch import nn

torch.manual_seed(0)
for orthogonal in (False, True):
    rnn = nn.RNN(input_size=8, hidden_size=64)
    if orthogonal:
        nn.init.orthogonal_(rnn.weight_hh_l0)
    x = torch.randn(51, 1, 8, requires_grad=True)
    out, _ = rnn(x)
    (out[-1] @ torch.randn(64)).sum().backward()
    size = x.grad.norm(dim=(1, 2)).flip(0)
    per_step = ((size[50] / size[10]) ** (1 / 40)).item()
    print(f"orthogonal={orthogonal!s:5}  * {per_step:.2f}")
