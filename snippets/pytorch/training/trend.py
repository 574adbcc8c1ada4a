import torch
from statsmodels.datasets import co2
from torch import Tensor, nn


class Forecaster(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(1, 16, batch_first=True)
        self.fc = nn.Linear(16, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc(self.lstm(x)[0][:, -1])


def rmse(series: Tensor, train=360, window=24) -> Tensor:
    centre = series[:train].mean()
    scale = series[:train].std()
    scaled = (series - centre) / scale
    cut = scaled.unfold(0, window + 1, 1)
    # (window, time, 1), (window, 1)
    x, y = cut[:, :-1, None], cut[:, -1:]
    known = train - window
    torch.manual_seed(0)
    model = Forecaster()
    weights = model.parameters()
    optimizer = torch.optim.Adam(weights, lr=0.02)
    for _ in range(100):
        answer = model(x[:known])
        loss = nn.functional.mse_loss(answer, y[:known])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        error = model(x[known:]) - y[known:]
    return scale * error.square().mean().sqrt()


weekly = co2.load_pandas().data["co2"]
print(weekly.isna().sum(), len(weekly))
monthly = weekly.interpolate().resample("MS").mean()
level = torch.tensor(monthly.to_numpy()).float()
print(f"{level[:360].max():.0f} {level[360:].max():.0f}")
change = level.diff()
last = change[360:].square().mean().sqrt()
print(f"last    {last:.1f}")
print(f"level   {rmse(level):.1f}")
print(f"change  {rmse(change[1:], 359):.1f}")
