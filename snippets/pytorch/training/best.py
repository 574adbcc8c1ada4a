import copy

import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(10, 20)
best = gru.state_dict()
kept = copy.deepcopy(best)
with torch.no_grad():
    for p in gru.parameters():
        p += 1
for name, state in {"best": best, "kept": kept}.items():
    off = gru.bias_ih_l0 - state["bias_ih_l0"]
    print(f"|bias - {name}| {off.abs().max():.3f}")
gru.load_state_dict(kept)
same = torch.equal(gru.bias_ih_l0, kept["bias_ih_l0"])
print(f"load_state_dict(kept): {same = }")
