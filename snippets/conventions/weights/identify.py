from itertools import permutations, product

import torch
from torch import nn


def gru(x, h, W, R, b_i, b_h, after, keeps):
    r = torch.sigmoid(
        x @ W["r"] + h @ R["r"] + b_i["r"] + b_h["r"]
    )
    z = torch.sigmoid(
        x @ W["z"] + h @ R["z"] + b_i["z"] + b_h["z"]
    )
    x_n = x @ W["n"] + b_i["n"]
    h_n = (
        r * (h @ R["n"] + b_h["n"])
        if after
        else (r * h) @ R["n"] + b_h["n"]
    )
    n = torch.tanh(x_n + h_n)
    return (
        z * h + (1 - z) * n
        if keeps
        else (1 - z) * h + z * n,
    )


def lstm(x, h, c, W, R, b_i, b_h, forget):
    i, f, g, o = (
        x @ W[k] + h @ R[k] + b_i[k] + b_h[k]
        for k in "ifgo"
    )
    c = torch.sigmoid(f + forget) * c + torch.sigmoid(
        i
    ) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


def identify(x, y, W, R, b):
    (*_, D), H = x.shape, y.shape[-1]
    names = {3: "rzn", 4: "ifgo"}[W.numel() // (D * H)]
    if len(R) != H:
        W, R = W.T, R.T
    b = b.reshape(-1, len(names) * H)
    b_i, b_h = (
        b if len(b) == 2 else (b[0], torch.zeros_like(b[0]))
    )
    if names == "rzn":
        step, options = (
            gru,
            {
                "after": (True, False),
                "keeps": (True, False),
            },
        )
    else:
        step, options = lstm, {"forget": (0.0, 1.0)}
    for order in permutations(names):
        cut = [
            dict(
                zip(
                    order,
                    w.chunk(len(order), -1),
                    strict=True,
                )
            )
            for w in (W, R, b_i, b_h)
        ]
        for values in product(*options.values()):
            state = [torch.zeros(x.shape[1], H)] * (
                len(names) - 2
            )
            far = 0.0
            for x_t, y_t in zip(x, y, strict=True):
                state = step(x_t, *state, *cut, *values)
                far = max(
                    far, (state[0] - y_t).abs().max().item()
                )
            if far < 1e-4:
                yield (
                    "".join(order),
                    dict(zip(options, values, strict=True)),
                )


torch.manual_seed(0)
x = torch.randn(6, 2, 5)
for rnn, order in (
    (nn.GRU(5, 8), [1, 0, 2]),
    (nn.LSTM(5, 8), [0, 3, 1, 2]),
):
    blocks = (
        [w.chunk(len(order))[k] for k in order]
        for w in rnn.parameters()
    )
    W, R, *b = (torch.cat(list(w)).detach() for w in blocks)
    for found in identify(
        x, rnn(x)[0], W.T, R.T, torch.cat(b)
    ):
        print(type(rnn).__name__, *found)
