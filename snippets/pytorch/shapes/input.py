import torch
from torch import nn

torch.manual_seed(0)
time_first = nn.GRU(input_size=10, hidden_size=20)
batch_first = nn.GRU(10, 20, batch_first=True)
batch_first.load_state_dict(time_first.state_dict())

x = torch.randn(5, 3, 10)  # (time, batch, input_size)
states = []
for gru, given in (
    (time_first, x),
    (batch_first, x.transpose(0, 1)),
    (batch_first, x[:, 0]),
):
    _, h_n = gru(given)
    states.append(h_n)
    print(tuple(given.shape), "-> h_n", tuple(h_n.shape))
a, b, c = states
print(f"{torch.allclose(a, b, atol=1e-6) = }")
print(f"{torch.allclose(a[:, 0], c, atol=1e-6) = }")
