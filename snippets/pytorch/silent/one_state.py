import torch
from torch import nn

torch.manual_seed(0)
lstm = nn.LSTM(3, 8).requires_grad_(False)
x, z = torch.randn(5, 2, 3), torch.zeros(1, 2, 8)
h, c = torch.randn(2, 1, 2, 8)
states = {"z, z": (z, z), "h, c": (h, c), "c, c": (c, c)}
for example in (z, z), (z, z.clone()):
    exported = torch.export.export(lstm, (x, example))
    program = exported.module()
    for name, state in states.items():
        far = program(x, state)[0] - lstm(x, state)[0]
        print(f"({name}) {far.abs().max():.3f}")
