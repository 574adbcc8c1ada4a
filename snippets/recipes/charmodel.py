from collections import Counter
from itertools import pairwise
from lzma import compress
from math import log, log2

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

# >>> texts: name -> text to train on, text to score
texts, SCORED, GAP = {}, 9, "\n\n\n"  # 8 to choose settings
for name in "plays", "poems":
    with open(f"{name}.txt", encoding="utf-8") as f:
        pieces = [s + GAP for s in f.read().split(GAP)]
    b = "".join(pieces[SCORED::10])
    del pieces[9::10], pieces[8::9]  # eight of ten train
    a = "".join(pieces)
    assert b, "fewer than ten pieces"
    both = max({*a.split("\n")} & {*b.split("\n")}, key=len)
    assert len(both) < 24, f"in two parts: {both}"
    n = Counter(a)
    rare = {ord(s): "□" for s in a + b if n[s] < 2}
    texts[name] = a.translate(rare), b.translate(rare)
# <<<
RATES, HIDDEN, DROP = (0.01, 0.01, 0.008, 0.001), 128, 0.2
STREAMS, CHUNK, SIZE, HEAT = 32, 32, 150, 0.7
device = "cuda" if torch.cuda.is_available() else "cpu"


class CharModel(nn.Module):
    def __init__(self, train: str) -> None:
        super().__init__()
        self.signs = "".join(sorted({*train, "□"}))
        self.embed = nn.Embedding(len(self.signs), HIDDEN)
        nn.init.normal_(self.embed.weight, 0, 0.1)
        self.gru = nn.GRU(HIDDEN, HIDDEN)
        self.drop = nn.Dropout(DROP)

    def forward(self, x: list, h: Tensor | None) -> tuple:
        ids = [[*map(self.signs.index, row)] for row in x]
        t = torch.tensor(ids, device=device).T
        out, h = self.gru(self.drop(self.embed(t[:-1])), h)
        z = self.drop(out) @ self.embed.weight.T
        return z.flatten(0, 1), t[1:].flatten(), h


def gru(train: str, seed: int) -> CharModel:
    torch.manual_seed(seed)
    net = CharModel(train).to(device)
    adam = torch.optim.Adam(net.parameters())
    n = (len(train) - 1) // STREAMS
    rows = [train[k * n :][: n + 1] for k in range(STREAMS)]
    for rate in RATES:  # one for each epoch
        adam.param_groups[0]["lr"] = rate
        h = None  # every stream begins with zeros
        for i in range(0, n, CHUNK):
            x = [row[i : i + CHUNK + 1] for row in rows]
            z, y, h = net(x, h)
            h = h.detach()  # the state goes on, no gradient
            adam.zero_grad()
            cross_entropy(z, y).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1)
            adam.step()
    return net.eval().requires_grad_(False)


def sample(net: CharModel, train: str) -> str:
    s, h = "\n", None
    while len(s) < SIZE:
        z, _, h = net([s[-1] + "\n"], h)
        s += net.signs[(z / HEAT).softmax(1).multinomial(1)]
    ends = range(SIZE + 1)
    runs = (s[i:j] for j in ends for i in range(j + 1))
    copied = max((r for r in runs if r in train), key=len)
    return f"{s.strip()}\n-- copied: {copied!r}\n"


def run(seed: int, show: bool = False) -> dict:
    packed, pairs, nets = {}, {}, {}
    for name, (a, b) in texts.items():
        c = [len(compress(s.encode())) for s in (a, a + b)]
        packed[name] = 8 * (c[1] - c[0]) / len(b)
        one, two = Counter(a), Counter(pairwise(a))
        p = (
            (two[r, s] + 99 * (one[s] + 1) / len(a))
            / (one[r] + 99)
            for r, s in pairwise(b)
        )
        pairs[name] = -sum(map(log2, p)) / len(b)
        net = gru(a, seed)
        z, y, _ = net([b], None)
        nets[name] = cross_entropy(z, y).item() / log(2)
        if show:
            print(sample(net, a))
    return {"lzma": packed, "bigrams": pairs, "GRU": nets}


if __name__ == "__main__":
    for m, row in run(0, True).items():
        print(m, *(f"{k} {v:.3f}" for k, v in row.items()))
