import torch
from torch import nn

lstm = nn.LSTM(input_size=2, hidden_size=1)
lstm.requires_grad_(False)
for p in lstm.parameters():
    p.zero_()
# g = 1 or -1
lstm.weight_ih_l0[2] = torch.tensor([100.0, -100])

print("  b  n = 10  n = 100  n = 1000  n = 10000")
for bias in (10, 17, 20, 100):
    # i, f, g, o
    lstm.bias_ih_l0[:] = torch.tensor([bias, bias, 0, 100])
    right = []
    for n in (10, 100, 1000, 10000):
        x = torch.zeros(2 * n, 2)  # (time, features)
        x[:n, 0], x[n:, 1] = 1, 1
        h, _ = lstm(x)
        t = (h[:, 0] < 0.46).nonzero()[:, 0].add(1)
        right.append(str(t.tolist() == [2 * n]))
    row = "{:3} {:>7} {:>8} {:>9} {:>10}"
    print(row.format(bias, *right))

c = torch.tensor(2.0**24)
print(f"c = {c:.0f}, c + 1 = {c + 1:.0f}")
