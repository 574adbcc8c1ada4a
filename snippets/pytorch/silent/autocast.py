import torch
from torch import nn

torch.backends.mkldnn.enabled = False
x = torch.randn(5, 3, 10)
with torch.autocast("cpu", dtype=torch.bfloat16):
    for kind in nn.RNN, nn.GRU, nn.LSTM:
        print(kind.__name__, kind(10, 20)(x)[0].dtype)
