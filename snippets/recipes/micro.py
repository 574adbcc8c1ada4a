import numpy as np
import torch
from numpy import ndarray as Array
from sktime.datasets import load_japanese_vowels as load
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, dropout
from torch.nn.utils.rnn import pack_sequence

# >>> train, valid, test: [(array (steps, F), class)]
D = [(np.stack(s, 1), c) for *s, c in load(None, 0).values]
train = [r for k, r in enumerate(D[:270]) if k % 30 < 24]
valid = [r for k, r in enumerate(D[:270]) if k % 30 > 23]
test = scored = D[270:]
# <<<
H, DROP, RATE, EPOCHS = 16, 0.3, 0.02, 300
MEAN = np.vstack([s for s, _ in train]).mean(0)
STD = np.vstack([s for s, _ in train]).std(0) + 1e-9
CLASSES, y = np.unique([c for _, c in train], False, True)


class Nets(nn.Module):
    def __init__(self, F: int, C: int) -> None:
        super().__init__()
        self.gru, self.fc = nn.GRU(F, H), nn.Linear(H, C)
        self.logistic = nn.Linear(3 * F, C)

    def forward(self, x: list, p: float) -> list[Tensor]:
        f = torch.tensor([[*few(s)] for s in x]) / 32
        x = [dropout(torch.tensor(s) / 32, p) for s in x]
        h = self.gru(pack_sequence(x, False))[1][-1]
        return [self.fc(dropout(h, p)), self.logistic(f)]


def read(s: Array) -> Array:  # 32 is one deviation
    assert s.shape[1:] == MEAN.shape, f"(T, F)? {s.shape}"
    x = (s - MEAN) / STD * 32
    return x.round().clip(-128, 127).astype(int)


def few(x: Array) -> Array:
    return np.concatenate([x.sum(0) // len(x), x[0], x[-1]])


def integer(w: Array, b: Array, bits: int) -> tuple:
    k = int(np.log2(127 / abs(w).max()))
    w = np.rint(w * 2.0**k).astype(int)
    b = (b + 1 / 512) * 2.0 ** (k + bits)
    return w, b.astype(int), k + bits - 8


def affine(w: Array, b: Array, s: int, x: Array) -> Array:
    return (w @ x + b) >> s  # 256 is 1


def sigmoid(a: Array) -> Array:  # a table of 256 numbers
    a = (a >> 4).clip(-128, 127) + 0.5
    return (32767 / (1 + np.exp(-a / 16))).astype(int)


def gru(net: list, x: Array) -> Array:
    h = np.zeros(H, int)  # 32768 is 1
    for now in x:
        i, j = affine(*net[0], now), affine(*net[1], h >> 8)
        r, z = np.split(sigmoid((i + j)[: 2 * H]), 2)
        a = i[2 * H :] + (r * j[2 * H :] >> 15)
        n = 2 * sigmoid(2 * a) - 32767
        h = n + (z * (h - n) >> 15)
    return affine(*net[2], h >> 8)


def run(seed: int, file: str = "") -> dict[str, dict]:
    torch.manual_seed(seed)
    x = [read(s) for s, _ in train]
    net = Nets(len(MEAN), len(CLASSES))
    adam = torch.optim.AdamW(net.parameters(), RATE)
    for _ in range(EPOCHS):
        adam.zero_grad()
        for a in net(x, DROP):
            cross_entropy(a, torch.tensor(y)).backward()
        adam.step()
    if file:
        torch.save([*net.parameters()], file)
    w = [p.detach().numpy() for p in net.parameters()]
    order = (0, 2, 5), (1, 3, 7), (4, 5, 7), (6, 7, 5)
    *q, lr = (integer(w[k], w[m], n) for k, m, n in order)
    new = [read(s) for s, _ in scored]
    found = {"majority": len(new) * [np.bincount(y)]}
    found["logistic"] = [affine(*lr, few(s)) for s in new]
    found["GRU"] = net(new, 0)[0].tolist()
    found["GRU_int8"] = [gru(q, s) for s in new]
    for model, a in found.items():
        said = CLASSES[np.argmax(a, 1)]
        right = said == [c for _, c in scored]
        found[model] = {"accuracy": right.mean().item()}
    return found


if __name__ == "__main__":
    for model, row in run(0, "micro.pt").items():
        print(f"{model:8} {row['accuracy']:.3f}")
