import copy

import torch
from statsmodels.datasets import sunspots
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
from tqdm import tqdm

# >>> one series (time,), and where training and validation end
series = sunspots.load_pandas().data["SUNACTIVITY"]
# 1700-1920, 1921-1955, 1956-2008
TRAIN, VALID, WINDOW = 221, 256, 20
# <<<


class GRUModel(nn.Module):
    def __init__(
        self,
        input_size,
        hidden_size,
        num_layers,
        output_size,
    ):
        super().__init__()
        self.gru = nn.GRU(
            input_size,
            hidden_size,
            num_layers,
            batch_first=True,
        )
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x):  # x: (batch, time, input_size)
        # (batch, output_size)
        return self.fc(self.gru(x)[1][-1])


def windows(first, last):
    start = max(first - WINDOW, 0)
    cut = series[start:last].unfold(0, WINDOW + 1, 1)
    # (window, time, 1), (window, 1)
    return cut[:, :-1, None], cut[:, -1:]


def rmse(inputs, targets):
    model.eval()
    with torch.no_grad():
        error = model(inputs.to(device)) - targets.to(
            device
        )
    return scale * error.square().mean().sqrt().item()


series = torch.tensor(
    series.to_numpy(), dtype=torch.float32
)
missing = (~series.isfinite()).sum().item()
if missing:
    raise ValueError(
        f"missing: {missing} of {len(series)} values"
    )
centre, scale = (
    series[:TRAIN].mean().item(),
    series[:TRAIN].std().item(),
)
series = (series - centre) / scale
train, valid = windows(0, TRAIN), windows(TRAIN, VALID)
test = windows(VALID, len(series))

torch.manual_seed(0)
device = "cuda" if torch.cuda.is_available() else "cpu"
loader = DataLoader(
    TensorDataset(*train), batch_size=32, shuffle=True
)
model = GRUModel(1, 20, 2, 1).to(device)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
best, best_epoch, patience = float("inf"), 0, 15
for epoch in (bar := tqdm(range(100))):
    model.train()
    for inputs, targets in loader:
        outputs = model(inputs.to(device))
        loss = nn.functional.mse_loss(
            outputs, targets.to(device)
        )
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
print(
    f"epoch - best_epoch == patience: {epoch - best_epoch == patience}"
)
last = (
    scale
    * (test[0][:, -1] - test[1])
    .square()
    .mean()
    .sqrt()
    .item()
)
print(
    f"last {last:.0f}, model < 0.75 * last: {rmse(*test) < 0.75 * last}"
)
