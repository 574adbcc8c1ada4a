import torch
from torch import nn

wave = torch.sin(0.3 * torch.arange(120))
x, y = wave.unfold(0, 20, 1)[:-1, :, None], wave[20:]
for name, shape in ("(N,)", (-1,)), ("(N, 1)", (-1, 1)):
    torch.manual_seed(0)
    lstm = nn.LSTM(1, 16, batch_first=True)
    fc = nn.Linear(16, 1)
    weights = [*lstm.parameters(), *fc.parameters()]
    optimizer = torch.optim.Adam(weights, lr=0.03)
    for _ in range(60):
        answer = fc(lstm(x)[0][:, -1])  # (N, 1)
        loss = (answer - y.reshape(shape)).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    std = answer.std()
    print(f"y {name:6}  loss {loss:.2f}  std {std:.2f}")
