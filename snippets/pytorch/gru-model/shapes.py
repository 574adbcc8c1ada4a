import torch
from torch import nn

torch.manual_seed(0)
batch, time, input_size = 3, 5, 10
hidden_size, num_layers = 20, 2
gru = nn.GRU(
    input_size, hidden_size, num_layers, batch_first=True
)

x = torch.randn(batch, time, input_size)
out, h_n = gru(x)
print("x      ", tuple(x.shape))
print("out    ", tuple(out.shape))
print("h_n    ", tuple(h_n.shape))
print("h_n[-1]", tuple(h_n[-1].shape))
equal = torch.equal(out[:, -1], h_n[-1])
print("out[:, -1] == h_n[-1]:", equal)
