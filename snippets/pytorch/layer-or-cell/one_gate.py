import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(3, 4)
with torch.no_grad():
    # three blocks of (4, 3): r, z, n
    r, z, n = gru.weight_ih_l0.chunk(3)
    z.zero_()
    gru.weight_hh_l0.chunk(3)[1].zero_()
    gru.bias_ih_l0.chunk(3)[1].fill_(2)
    gru.bias_hh_l0.chunk(3)[1].zero_()

for weight in gru.parameters():
    mask = torch.ones_like(weight)
    mask.chunk(3)[1].zero_()
    weight.register_hook(
        lambda grad, mask=mask: grad * mask
    )


def moved(weight_decay: float) -> list[bool]:
    weights = list(gru.parameters())
    before = [w.clone().chunk(3) for w in weights]
    optimizer = torch.optim.AdamW(
        weights, lr=0.01, weight_decay=weight_decay
    )
    for _ in range(5):
        optimizer.zero_grad()
        gru(torch.randn(6, 2, 3))[0].sum().backward()
        optimizer.step()
    pairs = zip(weights, before, strict=True)
    same = [
        [
            torch.equal(a, b)
            for a, b in zip(w.chunk(3), old, strict=True)
        ]
        for w, old in pairs
    ]
    return [
        not all(block) for block in zip(*same, strict=True)
    ]


print(moved(weight_decay=0.0))
print(moved(weight_decay=0.1))
