"""Records what other people's code gives for the cells of gates/family.md, in other_hands.json.

The packages are no part of the tests' environment. In a folder of its own:

    pip install --no-deps --target others minGRU-pytorch==0.2.1 xlstm==2.0.6 mambapy==1.2.0

and beside them `fast_transformers/` of github.com/idiap/fast-transformers, at commit 2ad36b9; then

    PYTHONPATH=others .venv/bin/python -m tests.other_hands

minGRU-pytorch, mambapy and fast_transformers are under the MIT licence, xlstm under Apache 2.0.
"""

import json
from pathlib import Path

import torch
from torch.nn.functional import softplus

FILE = Path(__file__).with_suffix(".json")
STEPS, SIZE = 7, 4


def min_gru():
    from minGRU_pytorch.minGRU import minGRU

    return _minimal(minGRU(SIZE), ["W_n", "W_z"])


def min_lstm():
    from minGRU_pytorch.minLSTM import minLSTM

    return _minimal(minLSTM(SIZE), ["W_n", "W_f", "W_i"])


def _minimal(cell, blocks):
    x = torch.randn(STEPS, SIZE)
    (weight,) = cell.parameters()
    weights = dict(zip(blocks, weight.chunk(len(blocks)), strict=True))
    return weights | {"x": x, "out": cell(x[None])[0]}


def s_lstm():
    from xlstm.blocks.slstm.src.vanilla.slstm import slstm_forward_pointwise

    x, W = torch.randn(STEPS, 3), torch.randn(4 * SIZE, 3)
    R, b = torch.randn(4 * SIZE, SIZE), torch.randn(4 * SIZE)
    state, out = torch.zeros(4, 1, SIZE), []
    for x_t in x:
        state, _ = slstm_forward_pointwise(
            (W @ x_t)[None], (R @ state[0, 0])[None], b[None], state, {}
        )
        out.append(state[0, 0])
    return {"x": x, "W": W, "R": R, "b": b, "out": torch.stack(out)}


def m_lstm():
    from xlstm.blocks.mlstm.backends import recurrent_step_stabilized_simple

    x, W = torch.randn(STEPS, 3), torch.randn(4 * SIZE, 3)
    w_i, w_f = torch.randn(2, 3)
    C, n, m = torch.zeros(1, 1, SIZE, SIZE), torch.zeros(1, 1, SIZE, 1), torch.zeros(1, 1, 1, 1)
    m, out = m - torch.inf, []
    for x_t in x:
        q, k, v, o = (W @ x_t).view(4, 1, 1, 1, SIZE)
        i, f = (w_i @ x_t).view(1, 1, 1, 1), (w_f @ x_t).view(1, 1, 1, 1)
        h, (C, n, m) = recurrent_step_stabilized_simple(C, n, m, q, k, v, i, f, eps=0)
        out.append(torch.sigmoid(o.flatten()) * h.flatten())  # o, which the package has elsewhere
    return {"x": x, "W": W, "w_i": w_i, "w_f": w_f, "out": torch.stack(out)}


def linear_attention():
    from fast_transformers.recurrent.attention.self_attention.linear_attention import (
        RecurrentLinearAttention,
    )

    q, k, v = torch.randn(3, STEPS, SIZE)
    cell, state, out = RecurrentLinearAttention(SIZE, eps=0), None, []
    for row in zip(q, k, v, strict=True):
        h, state = cell(*(part[None, None] for part in row), state)
        out.append(h.flatten())
    return {"q": q, "k": k, "v": v, "out": torch.stack(out)}


def s6():
    from mambapy.mamba import MambaBlock

    states = 3
    x, W_d, b_d = torch.randn(STEPS, SIZE), torch.randn(SIZE, SIZE), torch.randn(SIZE)
    W_k, W_q = torch.randn(2, states, SIZE)
    A, D = -torch.rand(SIZE, states), torch.randn(SIZE)
    k, q, delta = x @ W_k.T, x @ W_q.T, softplus(x @ W_d.T + b_d)
    out = MambaBlock.selective_scan_seq(_Sizes, x[None], delta[None], A, k[None], q[None], D)
    weights = {"W_d": W_d, "b_d": b_d, "W_k": W_k, "W_q": W_q, "A": A, "D": D}
    return weights | {"x": x, "out": out[0]}


class _Sizes:
    """What selective_scan_seq reads of its block."""

    class config:
        d_inner, d_state = SIZE, 3


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)
    cells = (min_gru, min_lstm, s_lstm, m_lstm, linear_attention, s6)
    found = {cell.__name__: cell() for cell in cells}
    lines = [
        f'  "{cell}": {json.dumps({name: part.tolist() for name, part in parts.items()})}'
        for cell, parts in found.items()
    ]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n")
