import torch
from torch import nn

x = torch.randn(5, 3, 10)
for net in nn.Sequential(nn.GRU(10, 20)), nn.GRU(10, 20):
    try:
        out, h_n = torch.jit.script(net)(x)
        print(out.shape)
    except AttributeError as e:
        print(f"{type(e).__name__}: {e}")
