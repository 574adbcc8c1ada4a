import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(1, 8, batch_first=True)
lengths = torch.tensor([2, 5, 12])
x = torch.randn(3, 12, 1)  # (batch, time, features)
steps = torch.arange(12, device=x.device)
# (batch, time)
mask = steps < lengths.to(x.device)[:, None]
out, _ = gru(x * mask[..., None])

total = (out * mask[..., None]).sum(1)
mean = total / mask.sum(1, keepdim=True)
print("out.mean(1) mean")
for i, n in enumerate(lengths):
    alone = gru(x[i, :n])[0].mean(0)
    off = (out[i].mean(0) - alone).abs().max()
    off_mean = (mean[i] - alone).abs().max()
    print(f"{off:11.2f} {off_mean:.2f}")
