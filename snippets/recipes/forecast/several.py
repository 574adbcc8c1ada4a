import numpy as np
import torch
from torch import nn

# >>> of each store (time, features); [:, 0] is to forecast
draw = np.random.default_rng(0)
week = np.array([0, 0, 0, 0, 1, 3, 2])[:, None]
stores = {
    name: level
    * draw.normal(5 + week[np.arange(n) % 7], 0.5)
    for name, level, n in [
        ("north", 90, 300),
        ("south", 9, 270),
    ]
}
stores["south"][50] = np.nan
TEST, WINDOW, AHEAD, SEASON = 60, 28, 7, 7
# <<<

past, test, std = [], {}, {}  # of (x, y)
for k, (name, rows) in enumerate(stores.items()):
    train = rows[:-TEST]
    assert len(train) >= WINDOW + AHEAD, (
        f"{name}: too short"
    )
    low, high = np.nanmin(train, 0), np.nanmax(train, 0)
    std[name] = np.where(low < high, np.nanstd(train, 0), 1)
    rows = (rows - np.nanmean(train, 0)) / std[name]
    which = np.eye(len(stores))[[k] * len(rows)]
    x = np.hstack([np.nan_to_num(rows), which])
    ends = range(WINDOW, len(rows) - AHEAD + 1)
    pairs = [
        (x[i - WINDOW : i], rows[i : i + AHEAD, 0])
        for i in ends
    ]
    past += pairs[: len(train) - WINDOW - AHEAD + 1]
    test[name] = pairs[len(train) - WINDOW :]


class Net(nn.Module):
    def __init__(self, D: int) -> None:
        super().__init__()
        self.gru = nn.GRU(D, 16, batch_first=True)
        self.fc = nn.Linear(16, AHEAD)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc(self.gru(x)[1][-1])


def tensors(pairs: list) -> list[torch.Tensor]:
    return [
        torch.tensor(np.array(p))
        for p in zip(*pairs, strict=True)
    ]


torch.manual_seed(0)
x, y = tensors([p for p in past if np.isfinite(p[1]).all()])
net = Net(x.shape[2]).double()
adam = torch.optim.Adam(net.parameters(), 0.01)
for _ in range(100):
    loss = nn.functional.mse_loss(net(x), y)
    adam.zero_grad()
    loss.backward()
    adam.step()

for name, pairs in test.items():
    x, y = tensors(pairs)
    ago = x[:, -SEASON + np.arange(AHEAD) % SEASON, 0]
    for model, f in dict(GRU=net(x), seasonal=ago).items():
        e = (f - y).square().nanmean().sqrt() * std[name][0]
        print(f"{name} {model:8} {e.item():5.1f}")
