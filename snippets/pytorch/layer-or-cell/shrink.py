import torch
from torch import nn
from torch.nn.utils.prune import l1_unstructured

torch.manual_seed(0)
x, fc = torch.randn(7, 3, 5), nn.Linear(8, 1)
lstm, keep = nn.LSTM(5, 8), torch.tensor([0, 2, 5, 6, 7])
with torch.no_grad():  # nothing reads the other units
    for w in lstm.weight_hh_l0, fc.weight:
        w[:, [1, 3, 4]] = 0
rows = torch.cat([keep + 8 * k for k in range(4)])  # GRU: 3
new = {k: w[rows] for k, w in lstm.state_dict().items()}
new["weight_hh_l0"] = new["weight_hh_l0"][:, keep]
small, head = nn.LSTM(5, 5), nn.Linear(5, 1)
small.load_state_dict(new)
new = {"weight": fc.weight[:, keep], "bias": fc.bias}
head.load_state_dict(new)
a, b = fc(lstm(x)[0]), head(small(x)[0])
print(torch.allclose(a, b, atol=1e-6))

l1_unstructured(lstm, "weight_hh_l0", amount=0.9)
for net in lstm, small:
    w = net.weight_hh_l0
    n = sum(p.numel() for p in net.parameters())
    print(*w.shape, n, f"{(w == 0).float().mean():.2f}")
