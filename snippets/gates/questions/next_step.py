import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

H = 128
torch.backends.mkldnn.enabled = False
x = torch.randn(1, H)
gru, lstm = nn.GRU(H, H), nn.LSTM(H, H)
q, k, v, out = (nn.Linear(H, H) for _ in range(4))


def attention(keys, values):
    keys = torch.cat([keys, k(x)])[None]
    values = torch.cat([values, v(x)])[None]
    seen = nn.functional.scaled_dot_product_attention(
        q(x)[None], keys, values
    )
    return out(seen[0])


def flops(step, *inputs):
    counter = FlopCounterMode(display=False)
    with counter, torch.no_grad():
        step(*inputs)
    return counter.get_total_flops()


for t in 10, 1000, 10_000:
    past = torch.randn(2, t - 1, H)
    for name, n, carried in (
        ("GRU", flops(gru, x), H),
        ("LSTM", flops(lstm, x), 2 * H),
        ("attention", flops(attention, *past), 2 * t * H),
    ):
        print(f"{t:6} {name:9} {n:12,} {carried:12,}")
