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
moved = (best["bias_ih_l0"] - kept["bias_ih_l0"]).max().item()
print("state_dict() has moved by", round(moved, 3))
gru.load_state_dict(kept)
print(
    "after load_state_dict(kept):",
    torch.equal(gru.bias_ih_l0, kept["bias_ih_l0"]),
)
