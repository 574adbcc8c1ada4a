import torch
from torch import nn

torch.manual_seed(0)
# (time, features)
x = torch.randint(2, (10000, 1)).float()
odd = x[:, 0].cumsum(0) % 2 == 1
start = -torch.ones(1, 1)
gru, lstm = nn.GRU(1, 1), nn.LSTM(1, 1)
for net in gru, lstm:
    for p in net.requires_grad_(False).parameters():
        p.zero_()

# r = 1, z = 1 - x, n = -h
gru.bias_ih_l0[:] = torch.tensor([100.0, 100, 0])
gru.weight_ih_l0[1] = -200
gru.weight_hh_l0[2] = -100
h, _ = gru(x, start)
wrong = ((h[:, 0] > 0) != odd).sum().item()
print(f"gru:  {wrong = }")

# i = x, f = 1 - x, g = -h, o = 1
lstm.bias_ih_l0[:] = torch.tensor([-100.0, 100, 0, 100])
lstm.weight_ih_l0[:2, 0] = torch.tensor([200.0, -200])
lstm.weight_hh_l0[2] = -100
h, _ = lstm(x, (start, start))
wrong = ((h[:, 0] > 0) != odd).sum().item()
print(f"lstm: {wrong = }")
