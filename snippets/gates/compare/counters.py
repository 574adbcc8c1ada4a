import torch
from torch import nn

STEP = 1e-8
lstm = nn.LSTM(2, 1).requires_grad_(False)
gru = nn.GRU(2, 1).requires_grad_(False)
for p in [*lstm.parameters(), *gru.parameters()]:
    p.zero_()
# i = f = o = 1
lstm.bias_ih_l0[:] = torch.tensor([100.0, 100, 0, 100])
# c + 1 or c - 1
lstm.weight_ih_l0[2] = torch.tensor([100.0, -100])
# r = 1, z = 0
gru.bias_ih_l0[:2] = torch.tensor([100.0, -100])
# tanh(h + STEP) or ...
gru.weight_ih_l0[2] = torch.tensor([STEP, -STEP])
gru.weight_hh_l0[2] = 1


# the first steps t at which h_t < below
def ends(net, n, below):
    # (time, features): a is 10, b is 01
    x = torch.zeros(2 * n, 2)
    x[:n, 0], x[n:, 1] = 1, 1
    h, _ = net(x)
    t = (h[:, 0] < below).nonzero()[:, 0].add(1)
    return t.tolist()[:2]


for n in (10, 100, 10000):
    found = ends(lstm, n, 0.46), ends(gru, n, STEP / 2)
    print("n = {}: LSTM {}, GRU {}".format(n, *found))
for p in [*lstm.parameters(), *gru.parameters()]:
    p *= 0.999
found = ends(lstm, n, 0.46), ends(gru, n, STEP / 2)
print("n = {}, 0.999 W: LSTM {}, GRU {}".format(n, *found))
