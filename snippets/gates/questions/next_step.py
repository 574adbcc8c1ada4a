import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

H = 128
torch.backends.mkldnn.enabled = False


def operations(step):
    counter = FlopCounterMode(display=False)
    with counter, torch.no_grad():
        step()
    return counter.get_total_flops()


x = torch.randn(1, H)
gru, lstm = nn.GRU(H, H), nn.LSTM(H, H)
q, k, v, out = (nn.Linear(H, H) for _ in range(4))
attention = nn.functional.scaled_dot_product_attention

for t in 10, 1000, 10_000:
    past = torch.randn(2, t - 1, H)

    def attend():
        keys = torch.cat([past[0], k(x)])[None]
        values = torch.cat([past[1], v(x)])[None]
        out(attention(q(x)[None], keys, values)[0])

    for name, step, carried in (
        ("GRU", lambda: gru(x), H),
        ("LSTM", lambda: lstm(x), 2 * H),
        ("attention", attend, 2 * t * H),
    ):
        n = operations(step)
        print(f"{t:6} {name:9} {n:12,} {carried:12,}")
