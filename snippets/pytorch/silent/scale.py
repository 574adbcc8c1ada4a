import torch
from torch import nn

wave = torch.sin(0.3 * torch.arange(120))
for factor, lr in (1, 0.03), (1, 0.00001), (1000, 0.03):
    x = factor * wave.unfold(0, 20, 1)[:-1, :, None]
    y = wave[20:, None]  # (N, 1)
    torch.manual_seed(0)
    lstm = nn.LSTM(1, 16, batch_first=True)
    fc = nn.Linear(16, 1)
    weights = [*lstm.parameters(), *fc.parameters()]
    optimizer = torch.optim.Adam(weights, lr=lr)
    for _ in range(60):
        out, _ = lstm(x)
        answer = fc(out[:, -1])  # (N, 1)
        loss = (answer - y).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    full = (out.abs() > 0.99).float().mean()
    setting = f"x * {factor:4}, lr={lr:.5f}"
    print(f"{setting}: loss {loss:.2f},", end=" ")
    print(f"std {answer.std():.2f}, |h| > 0.99: {full:.1f}")
print(f"y.std() {y.std():.2f}")
