import torch
from torch import nn

torch.manual_seed(0)
s = torch.sin(torch.arange(2000) / 5)
s = (s + 0.3 * torch.randn(2000)).unfold(0, 21, 1)
x, y = s[:, :20, None], s[:, 20]
q = torch.tensor([0.05, 0.5, 0.95])
gru, fc = nn.GRU(1, 16, batch_first=True), nn.Linear(16, 3)
net = nn.ModuleList([gru, fc])
adam = torch.optim.Adam(net.parameters(), 0.01)
for _ in range(100):
    d = y[:900, None] - fc(gru(x[:900])[1][-1])
    loss = torch.maximum(q * d, (q - 1) * d).mean()
    adam.zero_grad()
    loss.backward()
    adam.step()

p = fc(gru(x)[1][-1]).detach()
band = p[:, [0, 2]]  # or the middle and past errors:
errors = (y - p[:, 1])[920:1400].quantile(q[[0, 2]])
for low, high in band.T, p[:, 1] + errors[:, None]:
    inside = ((low < y) & (y < high))[1420:].float()
    print(f"{inside.mean():.2f} / {len(inside)}")
