import torch
from torch import nn

lstm = nn.LSTM(input_size=2, hidden_size=1)
lstm.requires_grad_(False)
for p in lstm.parameters():
    p.zero_()
# i = f = o = 1
lstm.bias_ih_l0[:] = torch.tensor([100.0, 100, 0, 100])
# g = 1 at a, -1 at b
lstm.weight_ih_l0[2] = torch.tensor([100.0, -100])


def ends(n_a, n_b):  # the steps t with c_t = 0
    # (time, features): a is 10, b is 01
    x = torch.zeros(n_a + n_b, 2)
    x[:n_a, 0], x[n_a:, 1] = 1, 1
    # h = tanh(c), so c < 0.5 shows as h < tanh(0.5)
    h, _ = lstm(x)
    return (h[:, 0] < 0.46).nonzero()[:, 0].add(1).tolist()


for n in (1, 2, 10, 100, 1000, 10000):
    print(f"a^{n} b^{n}: {ends(n, n)}")
print(f"a^100 b^99: {ends(100, 99)}")
