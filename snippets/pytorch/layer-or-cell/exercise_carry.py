import torch
from torch.nn.functional import layer_norm

# f = 1; i = 1 in unit 1, i = 0 in the others
start = torch.tensor([0.5, 0.0, -1.0, 2.0])
new = torch.tensor([0.0, 1.0, 0.0, 0.0])
kept = normed = start
for _ in range(10):
    kept = kept + new
    normed = layer_norm(normed + new, (4,))
for c in (start, kept, normed):
    print(*(f"{value:6.3f}" for value in c))
