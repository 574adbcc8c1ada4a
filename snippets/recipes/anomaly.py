from importlib.resources import files

import numpy as np
import torch
from pandas import DataFrame, read_csv
from sklearn.metrics import average_precision_score
from torch import Tensor, nn

# >>> values (time, streams, D), labels; TRAIN, VALID, LATE
mit = files("sktime") / "datasets/data/mitdb/mitdb.csv"
ecg = read_csv(mit)["data"].values.reshape(-1, 4).mean(1)
TRAIN, VALID, END, LATE = 825, 1275, 1734, 36
size = dict(spike=1, shift=73, flat=36, fast=73, skip=15)
values = np.tile(ecg[:, None, None], (100, 1))
labels = np.zeros(values.shape[:2], "U5")
labels[END:-17] = "early"
rng, std = np.random.default_rng(0), ecg[:TRAIN].std()
for k, kind in enumerate([*size] * 20):
    i, x = rng.integers(VALID, END - 146), values[:, k, 0]
    i += (kind == "skip") * (x[i : i + 73].argmax() - 7)
    j = i + size[kind]
    change = dict(flat=x[i], fast=x[i : 2 * j - i : 2])
    change["skip"] = np.linspace(x[i], x[j], j - i)
    x[i:j] = change.get(kind, x[i:j] + std)
    labels[i : min(j + LATE, END), k] = kind
# <<<
HIDDEN, RATE, EPOCHS, SPAN = 32, 0.01, 200, 292
FAR, SHARE, LAG, EPS = 8.0, 0.0, 36, 0.05
device = "cuda" if torch.cuda.is_available() else "cpu"
nll = nn.GaussianNLLLoss(reduction="none")


class Detector(nn.Module):
    def __init__(self, D: int) -> None:
        super().__init__()
        self.gru = nn.GRU(D, HIDDEN, batch_first=True)
        self.fc = nn.Linear(HIDDEN, 2 * D)

    def forward(self, x: Tensor, h: Tensor | None) -> tuple:
        out, h = self.gru(x, h)
        move, log = self.fc(out).chunk(2, -1)
        return x + move, log.clamp(-8, 4).exp(), h

    @torch.no_grad()
    def step(self, x: Tensor, state: tuple | None) -> tuple:
        zero = torch.zeros_like(x)  # (streams, D)
        mean, var, h = state or (zero, zero + 1, None)
        score = nll(mean, x, var).nansum(1)
        far = FAR * var.sqrt()
        x = mean + (x - mean).clamp(-far, far).nan_to_num()
        mean, var, h = self(x[:, None], h)
        return score, (mean[:, 0], var[:, 0], h)


def baselines(x: Tensor) -> dict[str, Tensor]:
    x = torch.cat([x[:1].expand(LAG, -1, -1), x])
    w = x.transpose(0, 1).unfold(1, LAG + 1, 1)
    std, mean = torch.std_mean(w[..., LAG // 2 : -1], -1)
    z = ((w[..., -1] - mean).abs() / (std + EPS)).sum(2)
    w = nn.LayerNorm(LAG, EPS, False)(w[..., 1:]).flatten(2)
    d = [torch.cdist(s, w[0, LAG:TRAIN]).amin(1) for s in w]
    return {"z-score": z.T, "nearest": torch.stack(d, 1)}


def run(seed: int) -> dict[str, dict[str, float]]:
    assert SPAN < TRAIN < VALID < len(values), "too short"
    torch.manual_seed(seed)
    one = DataFrame(values[:TRAIN, 0])
    std = one.std().where(one.nunique() > 1, 1).values
    x = (values - one.mean().values) / std
    x = torch.tensor(x).to(device)
    w = x[:TRAIN, 0].nan_to_num().unfold(0, SPAN, 9).mT
    net, state = Detector(x.shape[2]).to(x), None
    adam = torch.optim.Adam(net.parameters(), RATE)
    for _ in range(EPOCHS):
        mean, var, _ = net(w[:, :-1], None)
        adam.zero_grad()
        nll(mean, w[:, 1:], var)[:, LAG:].mean().backward()
        adam.step()
    found = baselines(x.nan_to_num())
    found["GRU"] = torch.empty(x.shape[:2])
    for t, now in enumerate(x):
        found["GRU"][t], state = net.step(now, state)
    quiet = labels[VALID:] == ""
    for model, s in found.items():
        s, row = DataFrame(s.cpu().numpy()), {}
        limit = s[0][TRAIN:VALID].quantile(1 - SHARE)
        for kind in np.unique(labels[VALID:][~quiet]):
            hit = ((s > limit) & (labels == kind)).any()
            row[kind] = hit[(labels == kind).any(0)].mean()
        s = s.rolling(LATE, 1).max()[VALID - 1 :].values
        new = (s[1:] > limit) & (s[:-1] <= limit) & quiet
        row["false"] = 1000 * new.sum() / quiet.sum()
        row["AP"] = average_precision_score(~quiet, s[1:])
        found[model] = row
    return found


if __name__ == "__main__":
    print(DataFrame(run(seed=0)).T.round(2))
