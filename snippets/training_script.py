import copy

import torch
from statsmodels.datasets import sunspots
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
from tqdm import tqdm


class GRUModel(nn.Module):
    def __init__(self, input_size, hidden_size, num_layers, output_size):
        super().__init__()
        self.gru = nn.GRU(
            input_size, hidden_size, num_layers, batch_first=True
        )
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x):  # x: (batch, time, input_size)
        return self.fc(self.gru(x)[1][-1])  # (batch, output_size)


def windows(first, last):
    years = range(max(first, 1700 + WINDOW), last + 1)
    cut = [series[y - 1700 - WINDOW : y - 1700 + 1] for y in years]
    both = torch.stack(cut).unsqueeze(-1)  # (window, time + 1, 1)
    return both[:, :-1], both[:, -1]


def rmse(inputs, targets):
    model.eval()
    with torch.no_grad():
        error = model(inputs.to(device)) - targets.to(device)
    return scale * error.square().mean().sqrt().item()


WINDOW = 20
device = "cuda" if torch.cuda.is_available() else "cpu"
torch.manual_seed(0)
numbers = sunspots.load_pandas().data["SUNACTIVITY"].to_numpy()
series = torch.tensor(numbers, dtype=torch.float32)  # 1700-2008
scale, centre = series[:221].std().item(), series[:221].mean().item()
series = (series - centre) / scale
train, valid, test = (
    windows(0, 1920),
    windows(1921, 1955),
    windows(1956, 2008),
)

loader = DataLoader(TensorDataset(*train), batch_size=32, shuffle=True)
model = GRUModel(1, 20, 2, 1).to(device)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
best, patience = float("inf"), 15
for epoch in (bar := tqdm(range(100))):
    model.train()
    for inputs, targets in loader:
        outputs = model(inputs.to(device))
        loss = nn.functional.mse_loss(outputs, targets.to(device))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
    error = rmse(*valid)
    bar.set_description(f"validation RMSE {error:.1f}")
    if error < best:
        best, best_epoch = error, epoch
        kept = copy.deepcopy(model.state_dict())
    elif epoch - best_epoch == patience:
        break
bar.close()

model.load_state_dict(kept)
print("stopped early:", epoch - best_epoch == patience)
late = scale * (test[0][:, -1] - test[1]).square().mean().sqrt().item()
print(f"test RMSE: like last year {late:.0f}")
print("the GRU is better:", rmse(*test) < 0.75 * late)
