import torch
from torch import nn
from torch.nn.utils.rnn import pad_sequence

torch.manual_seed(0)
gru = nn.GRU(1, 8, batch_first=True)
lengths = torch.tensor([2, 5, 12])
parts = [torch.randn(n, 1) for n in lengths]
# (batch, hidden)
alone = torch.stack([gru(p)[0].amax(0) for p in parts])

# (batch, time, hidden)
out, _ = gru(pad_sequence(parts, batch_first=True))
steps = torch.arange(out.size(1), device=out.device)
pad = steps >= lengths.to(out.device)[:, None]
masked = out.masked_fill(pad[..., None], -torch.inf)
for name, each in {"out": out, "masked": masked}.items():
    off = (each.amax(1) - alone).abs().amax(-1).tolist()
    print(f"{name:6}", *[f"{value:.2f}" for value in off])
