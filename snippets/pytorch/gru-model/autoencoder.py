import torch
from torch import nn

torch.manual_seed(0)
t = 0.3 * torch.arange(20)[:, None]
x = 3 * torch.sin(6 * torch.rand(64, 1, 1) + t)
print(f"x {x.square().mean():.1f}")
for width in 16, 1:
    enc = nn.LSTM(1, 16, batch_first=True)
    dec = nn.LSTM(16, width, batch_first=True)
    fc = nn.Linear(16, 1) if width > 1 else nn.Identity()
    net = nn.ModuleList([enc, dec, fc])
    adam = torch.optim.Adam(net.parameters(), 0.02)
    for _ in range(200):
        h = enc(x)[1][0][-1]  # (batch, hidden)
        h = h[:, None].expand(-1, x.size(1), -1)
        answer = fc(dec(h)[0])
        loss = (answer - x).square().mean()
        adam.zero_grad()
        loss.backward()
        adam.step()
    print(type(fc).__name__, f"{loss:.0f}")
