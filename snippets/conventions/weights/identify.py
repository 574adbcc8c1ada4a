from collections.abc import Iterator
from itertools import permutations, product

import torch
from torch import Tensor, nn


def gru(x, h, W, R, b_i, b_h, after, keeps):
    r, z = (
        (x @ W[k] + h @ R[k] + b_i[k] + b_h[k]).sigmoid()
        for k in "rz"
    )
    x_n = x @ W["n"] + b_i["n"]
    if after:
        h_n = r * (h @ R["n"] + b_h["n"])
    else:
        h_n = (r * h) @ R["n"] + b_h["n"]
    n = (x_n + h_n).tanh()
    if keeps:
        return (z * h + (1 - z) * n,)
    return ((1 - z) * h + z * n,)


def lstm(x, h, c, W, R, b_i, b_h, forget):
    i, f, g, o = (
        x @ W[k] + h @ R[k] + b_i[k] + b_h[k]
        for k in "ifgo"
    )
    c = (f + forget).sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


def identify(
    x: Tensor, y: Tensor, W: Tensor, R: Tensor, b: Tensor
) -> Iterator[tuple[str, dict]]:
    (*_, D), H = x.shape, y.shape[-1]
    names = {3: "rzn", 4: "ifgo"}[W.numel() // (D * H)]
    if len(R) != H:
        W, R = W.T, R.T
    b = b.reshape(-1, len(names) * H)
    b_i, b_h = b if len(b) == 2 else (b[0], 0 * b[0])
    zero = torch.zeros(x.shape[1], H)
    if names == "rzn":
        step, start = gru, [zero]
        forms = product((True, False), repeat=2)
        forms = [dict(after=a, keeps=k) for a, k in forms]
    else:
        step, start = lstm, [zero, zero]
        forms = [dict(forget=bias) for bias in (0.0, 1.0)]
    for order in permutations(names):
        cut = []
        for w in W, R, b_i, b_h:
            blocks = w.chunk(len(order), -1)
            cut += [dict(zip(order, blocks, strict=True))]
        for form in forms:
            state, far = start, 0.0
            for x_t, y_t in zip(x, y, strict=True):
                state = step(x_t, *state, *cut, **form)
                off = (state[0] - y_t).abs().max().item()
                far = max(far, off)
            if far < 1e-4:
                yield "".join(order), form


def reorder(w: Tensor, order: list[int]) -> Tensor:
    blocks = w.chunk(len(order))
    return torch.cat([blocks[k] for k in order])


torch.manual_seed(0)
x = torch.randn(6, 2, 5)
for rnn, order in (
    (nn.GRU(5, 8), [1, 0, 2]),
    (nn.LSTM(5, 8), [0, 3, 1, 2]),
):
    weights = [w.detach() for w in rnn.parameters()]
    W, R, *b = (reorder(w, order) for w in weights)
    arrays = W.T, R.T, torch.cat(b)
    for found in identify(x, rnn(x)[0], *arrays):
        print(type(rnn).__name__, *found)
