import numpy as np
import torch
from sktime.datasets import load_japanese_vowels as load
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pack_sequence

D = load(None, 0).to_numpy()
y = torch.tensor([int(c) - 1 for *_, c in D])
x = [torch.tensor(np.stack(s, 1)).float() for *s, _ in D]
std, mean = torch.std_mean(torch.cat(x[:270]), 0)
x = [(s - mean) / std for s in x]
train, test = (
    pack_sequence(s, False) for s in (x[:270], x[270:])
)
torch.manual_seed(0)
gru, fc = nn.GRU(12, 16), nn.Linear(16, 9)
both = [*gru.parameters(), *fc.parameters()]
adam = torch.optim.Adam(both, 0.02)


def answer(x: Tensor) -> Tensor:
    return fc(gru(x)[1][-1])


for _ in range(100):
    adam.zero_grad()
    cross_entropy(answer(train), y[:270]).backward()
    adam.step()


def rounded(w: Tensor, bits: int, dim: tuple) -> Tensor:
    most = w.abs().amax(dim, keepdim=True)
    step = most / (2 ** (bits - 1) - 1)
    return (w / step).round() * step


torch.set_grad_enabled(False)
exact = answer(test)
weights = [(p, p.clone()) for p in both if p.dim() == 2]


def show(name: str, a: Tensor) -> None:
    error = (a - exact).norm() / exact.norm()
    right = (a.argmax(1) == y[270:]).float().mean()
    print(f"{name:8} {error:.4f} {right:.3f}")


show("exact", exact)
for bits in 8, 6, 4:
    for name, dim in {
        "matrix": (0, 1),
        "row": (1,),
    }.items():
        for p, w in weights:
            p.copy_(rounded(w, bits, dim))
        show(f"{bits} {name}", answer(test))
