import torch
from torch import nn

torch.manual_seed(0)
time_first = nn.GRU(input_size=10, hidden_size=20)
batch_first = nn.GRU(input_size=10, hidden_size=20, batch_first=True)
batch_first.load_state_dict(time_first.state_dict())

x = torch.randn(5, 3, 10)  # (time, batch, input_size)
states = []
for name, gru, given in [
    ("time first  ", time_first, x),
    ("batch first ", batch_first, x.transpose(0, 1)),
    ("one sequence", batch_first, x[:, 0]),
]:
    _, h_n = gru(given)
    states.append(h_n)
    print(name, tuple(given.shape), "-> h_n", tuple(h_n.shape))
print("same h_n:", torch.allclose(states[0], states[1], atol=1e-6))
print("same row:", torch.allclose(states[0][:, 0], states[2], atol=1e-6))
