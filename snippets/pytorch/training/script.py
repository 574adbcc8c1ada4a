import copy

import torch
from statsmodels.datasets import sunspots
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset
from tqdm import tqdm

# >>> a series (time,), where training and validation end
series = sunspots.load_pandas().data["SUNACTIVITY"]
# 1700-1920, 1921-1955, 1956-2008
TRAIN, VALID, WINDOW = 221, 256, 20
# <<<


class GRUModel(nn.Module):
    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int,
        output_size: int,
    ):
        super().__init__()
        self.gru = nn.GRU(
            input_size,
            hidden_size,
            num_layers,
            batch_first=True,
        )
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x: Tensor) -> Tensor:
        # x: (batch, time, input_size)
        # h_n: (num_layers, batch, hidden_size)
        _, h_n = self.gru(x)
        return self.fc(h_n[-1])  # (batch, output_size)


def windows(first: int, last: int) -> tuple:
    start = max(first - WINDOW, 0)
    cut = series[start:last].unfold(0, WINDOW + 1, 1)
    # (window, time, 1), (window, 1)
    return cut[:, :-1, None], cut[:, -1:]


def rmse(inputs: Tensor, targets: Tensor) -> float:
    model.eval()
    with torch.no_grad():
        forecast = model(inputs.to(device))
        error = forecast - targets.to(device)
    return scale * error.square().mean().sqrt().item()


series = torch.tensor(series.to_numpy()).float()
missing = (~series.isfinite()).sum().item()
if missing:
    raise ValueError(
        f"missing: {missing} of {len(series)} values"
    )
centre = series[:TRAIN].mean().item()
scale = series[:TRAIN].std().item()
series = (series - centre) / scale
train, valid = windows(0, TRAIN), windows(TRAIN, VALID)
test = windows(VALID, len(series))

torch.manual_seed(0)
device = "cuda" if torch.cuda.is_available() else "cpu"
data = TensorDataset(*train)
loader = DataLoader(data, batch_size=32, shuffle=True)
model = GRUModel(1, 20, 2, 1).to(device)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
best, best_epoch, patience = float("inf"), 0, 15
for epoch in (bar := tqdm(range(100))):
    model.train()
    for inputs, targets in loader:
        outputs = model(inputs.to(device))
        targets = targets.to(device)
        loss = nn.functional.mse_loss(outputs, targets)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(
            model.parameters(), 1.0, error_if_nonfinite=True
        )
        optimizer.step()
    error = rmse(*valid)
    bar.set_description(f"RMSE {error:.1f}")
    if error < best:
        best, best_epoch = error, epoch
        kept = copy.deepcopy(model.state_dict())
    elif epoch - best_epoch == patience:
        break
bar.close()

model.load_state_dict(kept)
stopped = epoch - best_epoch == patience
print(f"epoch - best_epoch == patience: {stopped}")
inputs, targets = test
error = inputs[:, -1] - targets
last = scale * error.square().mean().sqrt().item()
better = rmse(*test) < 0.75 * last
print(f"last {last:.0f}, model < 0.75 * last: {better}")
